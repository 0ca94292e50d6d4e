from datetime import UTC, datetime

import pytest

from linli.audit.actions import record_act, record_acts, record_look
from linli.audit.models import AuditRecord
from linli.audit.queries import acts_on, looks_at
from linli.audit.rules import Record
from linli.core.actor import Actor

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
GRID_WORKER = Actor(
    now=NOW, account_id=3, account_uid="a" * 32, person_id=9, person_uid="b" * 32, hat="网格员", address="10.0.0.7"
)
DOLMA = "d" * 32


@pytest.mark.django_db
def test_look_is_told_to_the_person_it_was_at():
    record_look(actor=GRID_WORKER, person_uid=DOLMA, fields=("phone",), purpose="回访")
    record_look(actor=GRID_WORKER, person_uid="e" * 32, fields=("phone",), purpose="回访")
    record_act(actor=GRID_WORKER, verb="person.corrected", person_uid=DOLMA)
    look = looks_at(DOLMA).get()
    assert (look.at, look.actor_uid, look.hat, look.fields, look.purpose) == (
        NOW, "b" * 32, "网格员", ["phone"], "回访",
    )  # fmt: skip


@pytest.mark.django_db
def test_acts_take_one_statement_however_many(django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, rows, release
        record_acts(actor=GRID_WORKER, records=[Record("ticket.accepted", subject=f"T{n}") for n in range(50)])
    assert acts_on("T7").count() == 1


@pytest.mark.django_db
def test_nobody_in_particular_has_no_looks():
    record_act(actor=GRID_WORKER, verb="person.looked")
    assert not looks_at("").exists()
    assert not acts_on("").exists()


@pytest.mark.django_db
def test_record_keeps_only_what_both_databases_can_give_back():
    records = [Record("x", purpose="a\x00b\ud800", detail={"n": 1, "f": 1.5, "t": ("a", None)})]
    record_acts(actor=GRID_WORKER, records=records)
    kept = AuditRecord.objects.get()
    assert kept.purpose == "ab?"
    assert kept.detail == {"n": 1, "f": "1.5", "t": ["a", None]}
