"""What no message reaches is said by a person."""

from __future__ import annotations

import pytest

from linli.access.models import Account
from linli.audit.models import AuditRecord
from linli.core.errors import LostRace, NotAllowed, NotFound
from linli.knocks.actions import note_knock
from linli.knocks.models import Knock
from linli.knocks.queries import lines_of, notices_untold
from linli.notices.models import Notice
from linli.people.models import Person
from linli.tickets.actions import accept_ticket
from linli.tickets.tests.conftest import NOW


@pytest.fixture
def told(town, neighbour, expand):
    """The neighbour's report came in, was taken up; nobody told her."""
    ticket = town.file(actor=town.who.neighbour)
    accept_ticket(actor=town.who.desk, ticket=ticket)
    expand()
    return ticket


def test_the_newest_word_on_each_matter_waits_for_a_person(town, told):
    (line,) = lines_of(town.who.desk, list(notices_untold(town.who.desk)))
    assert line.person == town.who.person["neighbour"]
    assert line.matter == told.matter
    assert line.notice.kind == "ticket.accepted"
    assert line.where == "雪莲苑 2号楼101"


def test_who_reads_here_or_has_a_channel_is_not_on_the_list(town, neighbour, expand, settings):
    settings.LINLI_SMS = "console:"
    ticket = town.file(actor=town.who.neighbour)
    Person.objects.filter(pk=neighbour.person_id).update(phone="13900010001", channels=["sms"])
    accept_ticket(actor=town.who.desk, ticket=ticket)
    expand()
    assert not notices_untold(town.who.desk).filter(kind="ticket.accepted").exists()
    Notice.objects.all().delete()
    settings.LINLI_SMS = ""
    Account.objects.create(person_id=neighbour.person_id, opened_at=NOW)
    town.dispatched(actor=town.who.neighbour)
    expand()
    assert not notices_untold(town.who.desk).filter(person=neighbour.person_id).exists()


def test_a_bare_number_is_rung_where_the_report_stands(town, expand):
    ticket = town.file(actor=town.who.desk, reporter_name="张阿姨", reporter_phone="13900010001", source="phone")
    expand()
    assert [notice.subject for notice in notices_untold(town.who.desk)] == [ticket.matter.uid]
    assert not notices_untold(town.who.next_desk).exists()


def test_note_knock_takes_it_off_the_list_once(town, told):
    notice = notices_untold(town.who.desk).get()
    assert note_knock(actor=town.who.grid_worker, notice=notice, is_said=False).tries == 1
    knock = note_knock(actor=town.who.desk, notice=notice, is_said=True)
    assert knock.said_at == NOW
    assert not notices_untold(town.who.desk).exists()
    with pytest.raises(LostRace):
        note_knock(actor=town.who.desk, notice=notice, is_said=True)
    record = AuditRecord.objects.get(verb="knock.said")
    assert record.person_uid == town.who.neighbour.person_uid


def test_note_knock_is_refused(town, told):
    notice = notices_untold(town.who.desk).get()
    for who in ("resident", "repairman", "stranger"):
        with pytest.raises(NotAllowed):
            note_knock(actor=getattr(town.who, who), notice=notice, is_said=True)
    with pytest.raises(NotFound):
        note_knock(actor=town.who.next_desk, notice=notice, is_said=True)
    assert not Knock.objects.filter(said_at__isnull=False).exists()


def test_list_is_for_those_who_ring_and_shows_no_number(town, told, visit):
    Person.objects.filter(pk=town.who.neighbour.person_id).update(phone="13900010001")
    page = visit("desk", "/knocks/").content.decode()
    assert "社区接下了" in page
    assert "13900010001" not in page
    notice = notices_untold(town.who.desk).get()
    assert visit("resident", "/knocks/").status_code == 403
    assert visit("next_desk", f"/knocks/{notice.uid}/", {"is_said": "1"}, "post").status_code == 404
    assert visit("desk", f"/knocks/{notice.uid}/", {"is_said": "1"}, "post").status_code == 302
    assert "都说到了" in visit("desk", "/knocks/").content.decode()


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_list_asks_as_often_for_any_number(town, neighbour, expand, visit, rows, django_assert_max_num_queries):
    for _ in range(rows):
        town.accepted(actor=town.who.neighbour)
    expand()
    with django_assert_max_num_queries(8):
        assert visit("desk", "/knocks/").content.decode().count("<blockquote>") == rows
