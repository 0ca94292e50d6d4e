from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from linli.audit.actions import empty_seals, record_act, seal_records
from linli.audit.models import AuditRecord, Seal
from linli.audit.queries import audit_head, chain_heads, has_head, unsealed_count, verdicts
from linli.audit.rules import SEAL_SIZE, START
from linli.core.actor import Actor, Grant, system
from linli.core.errors import NotAllowed

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CLERK = Actor(now=NOW, account_id=1, account_uid="a" * 32, grants=(Grant("desk", "community", 7),))

pytestmark = pytest.mark.django_db


def acts(count, community="540102001001", at=NOW):
    for number in range(count):
        record_act(actor=system(at), verb="ticket.accepted", subject=f"T{number}", community=community)


def seal(at=NOW, **options):
    return seal_records(actor=system(at + timedelta(hours=1)), **options)


def faults():
    return [verdict.fault for verdict in verdicts(NOW + timedelta(days=1)) if verdict.fault]


def by_hand(*statements):
    """What somebody with the database's password could do: take the guards away, then change things."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_auditrecord DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
        for statement, values in statements:
            cursor.execute(statement, values)


def test_chain_is_sound_and_counts_what_is_loose():
    acts(3)
    assert seal() == 3
    acts(2)
    [verdict] = verdicts(NOW + timedelta(days=1))
    assert (verdict.seals, verdict.records, verdict.fault, unsealed_count()) == (1, 3, None, 2)


def test_each_community_has_its_own_chain():
    acts(2)
    acts(1, community="540102001002")
    seal()
    acts(1)
    seal()
    assert {code: number for code, (number, _) in chain_heads().items()} == {"540102001001": 2, "540102001002": 1}
    first, second = Seal.objects.filter(community="540102001001").order_by("number")
    assert (first.previous, second.previous) == (START, first.head)


def test_young_records_wait_unless_all_are_asked_for():
    acts(1)
    assert seal_records(actor=system(NOW)) == 0
    assert seal_records(actor=system(NOW), is_all=True) == 1


def test_more_than_a_seal_takes_several_seals():
    AuditRecord.objects.bulk_create(
        AuditRecord(at=NOW, verb="x", community="1", channel="import") for _ in range(SEAL_SIZE + 1)
    )
    assert seal() == SEAL_SIZE + 1
    assert chain_heads()["1"][0] == 2
    assert faults() == []


def test_altered_record_is_named():
    acts(3)
    seal()
    victim = AuditRecord.objects.get(subject="T1")
    by_hand(("UPDATE audit_auditrecord SET purpose = %s WHERE id = %s", ["其他", victim.pk]))
    assert [(fault.what, fault.seal, fault.uid) for fault in faults()] == [("altered", 1, victim.uid)]


def test_removed_record_is_named():
    acts(3)
    seal()
    victim = AuditRecord.objects.get(subject="T2")
    by_hand(("DELETE FROM audit_auditrecord WHERE id = %s", [victim.pk]))
    assert [(fault.what, fault.uid) for fault in faults()] == [("removed", victim.uid)]


def test_record_put_in_is_named():
    acts(2)
    seal()
    acts(1)
    intruder = AuditRecord.objects.get(seal__isnull=True)
    by_hand(("UPDATE audit_auditrecord SET seal_id = %s WHERE id = %s", [Seal.objects.get().pk, intruder.pk]))
    assert [(fault.what, fault.uid) for fault in faults()] == [("put in", intruder.uid)]


def test_seal_remade_over_a_changed_record_breaks_the_next():
    acts(1)
    seal()
    acts(1)
    seal()
    by_hand(("UPDATE audit_seal SET head = %s WHERE number = 1", ["f" * 64]))
    assert [(fault.what, fault.seal) for fault in faults()] == [("seal altered", 1)]


def test_seal_removed_from_the_middle_is_named():
    for _ in range(3):
        acts(1)
        seal()
    gone = Seal.objects.get(number=2)
    by_hand(
        ("DELETE FROM audit_auditrecord WHERE seal_id = %s", [gone.pk]),
        ("DELETE FROM audit_seal WHERE id = %s", [gone.pk]),
    )
    assert [(fault.what, fault.seal) for fault in faults()] == [("seal removed", 2)]


def test_chain_cut_at_its_end_lacks_the_head_that_was_written_down():
    acts(1)
    seal()
    head = chain_heads()["540102001001"][1]
    whole = audit_head()
    assert has_head(head)
    by_hand(("DELETE FROM audit_auditrecord", []), ("DELETE FROM audit_seal", []))
    assert faults() == []
    assert not has_head(head)
    assert audit_head() != whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditrecord SET purpose = 'x'",
        "UPDATE audit_auditrecord SET seal_id = NULL",
        "DELETE FROM audit_auditrecord",
        "UPDATE audit_seal SET head = 'x'",
        "UPDATE audit_seal SET emptied_at = '2026-11-21 00:00:00+00:00'",
        "DELETE FROM audit_seal",
    ],
)
def test_database_itself_refuses(statement):
    acts(1)
    seal(at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert faults() == []


def test_emptying_the_whole_table_is_refused():
    acts(1)
    seal()
    words = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
    for table in ("audit_auditrecord", "audit_seal"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words.format(table))


def test_replacing_a_record_is_refused():
    acts(1)
    row = AuditRecord.objects.get()
    twin = AuditRecord(pk=row.pk, uid=row.uid, at=NOW, verb="y", channel="web")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditRecord.objects.bulk_create([twin])


def test_guards_stand_after_migrate():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'")
            assert cursor.fetchone() == (8,)
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'audit_%' AND tgenabled = 'O'")
            assert cursor.fetchone() == (4,)


def test_old_seals_are_emptied_whole_and_the_chain_stays_sound():
    acts(2, at=LONG_AGO)
    seal(at=LONG_AGO)
    acts(1)
    seal()
    assert empty_seals(actor=system(NOW)) == 1
    assert AuditRecord.objects.count() == 1
    assert Seal.objects.count() == 2
    assert faults() == []
    assert empty_seals(actor=system(NOW)) == 0


def test_row_put_back_into_an_emptied_seal_is_named():
    acts(1, at=LONG_AGO)
    seal(at=LONG_AGO)
    empty_seals(actor=system(NOW))
    acts(1)
    intruder = AuditRecord.objects.get()
    by_hand(("UPDATE audit_auditrecord SET seal_id = %s", [Seal.objects.get().pk]))
    assert faults()[0].what == "removed"
    assert intruder.pk


def test_nobody_else_seals_or_empties():
    for act in (seal_records, empty_seals):
        with pytest.raises(NotAllowed):
            act(actor=CLERK)
