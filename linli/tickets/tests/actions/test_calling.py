"""Ringing back after the third urge and after a broken promise."""

from datetime import timedelta

import pytest

from linli.core.actor import system
from linli.core.errors import BadInput, LostRace, NotAllowed, NotFound
from linli.core.times import moment
from linli.matters.models import Entry
from linli.notices.models import Notice
from linli.tickets.actions import (
    call_back_reporter,
    claim_ticket,
    finish_ticket,
    miss_promises,
    promise_ticket,
    refuse_ticket,
    urge_ticket,
)
from linli.tickets.actions.drafts import Proof
from linli.tickets.clock import notice_missed_promises
from linli.tickets.models import Promise
from linli.tickets.queries.callers import open_tickets_of_number
from linli.tickets.queries.lists import to_call_back
from linli.tickets.tests.conftest import NOW, TODAY

NUMBER = "13800000001"


def urged_thrice(town):
    ticket = town.dispatched()
    for hours in (2, 4, 6):
        urge_ticket(actor=town.who.resident.at(NOW + timedelta(hours=hours)), ticket=ticket)
    return ticket


def promised(town, days=1):
    ticket = claim_ticket(actor=town.who.repairman, ticket=town.dispatched())
    promise_ticket(actor=town.who.repairman, ticket=ticket, words="明天装好", due_at=NOW + timedelta(days=days))
    return ticket


def told_to_ring(town):
    return list(Notice.objects.filter(title__startswith="请今天回电话").values_list("person_id", flat=True))


def test_third_urge_asks_the_secretary_to_ring_the_same_day(town):
    ticket = urged_thrice(town)
    assert town.again(ticket).call_back_at == moment(TODAY + timedelta(days=1))
    assert told_to_ring(town) == [town.who.secretary.person_id]
    assert list(to_call_back(town.who.secretary)) == [ticket.matter]
    assert not to_call_back(town.who.desk).exists()


def test_fourth_urge_asks_nobody_twice(town):
    ticket = urged_thrice(town)
    urge_ticket(actor=town.who.resident.at(NOW + timedelta(hours=8)), ticket=ticket)
    assert len(told_to_ring(town)) == 1


def test_call_back_is_noted_once_and_leaves_the_list(town):
    ticket = urged_thrice(town)
    late = town.again(ticket)
    call_back_reporter(actor=town.who.secretary, ticket=ticket, note="说明了原因")
    assert (town.again(ticket).call_back_at, ticket.matter.contacted_at) == (None, NOW)
    assert Entry.objects.filter(matter=ticket.matter, verb="ticket.called_back").count() == 1
    with pytest.raises(LostRace):
        call_back_reporter(actor=town.who.officer, ticket=late, note="我也打了")
    with pytest.raises(NotAllowed):
        call_back_reporter(actor=town.who.secretary, ticket=town.again(ticket), note="再打")


def test_call_back_is_a_supervisors_and_needs_words(town):
    ticket = urged_thrice(town)
    with pytest.raises(NotAllowed):
        call_back_reporter(actor=town.who.desk, ticket=ticket, note="x")
    with pytest.raises(BadInput):
        call_back_reporter(actor=town.who.secretary, ticket=ticket, note=" ")
    hidden = town.dispatched(is_secret=True)
    with pytest.raises(NotFound):
        call_back_reporter(actor=town.who.next_desk, ticket=hidden, note="x")


def test_broken_promise_is_marked_once_and_the_secretary_rings(town):
    ticket = promised(town)
    assert notice_missed_promises(NOW) == 0
    late = NOW + timedelta(days=2)
    promises = list(Promise.objects.select_related("ticket__matter"))
    assert [notice_missed_promises(late), notice_missed_promises(late)] == [1, 0]
    assert miss_promises(actor=system(late), promises=promises) == 0
    assert Promise.objects.get().missed_at == late
    assert told_to_ring(town) == [town.who.secretary.person_id]
    assert "明天装好" in Notice.objects.get(title__startswith="请今天回电话").words
    assert town.again(ticket).call_back_at is not None


def test_kept_promise_is_never_missed(town):
    finish_ticket(actor=town.who.repairman, ticket=promised(town), proof=Proof("装好了"))
    assert notice_missed_promises(NOW + timedelta(days=2)) == 0


def test_promises_are_missed_by_the_clock_alone(town):
    promised(town)
    with pytest.raises(NotAllowed):
        miss_promises(actor=town.who.desk, promises=list(Promise.objects.all()))


def test_number_finds_its_own_open_reports_alone(town):
    own = town.file(actor=town.who.desk, reporter_phone=NUMBER, source="phone")
    town.file(actor=town.who.desk, reporter_phone="13800000002", source="phone")
    closed = town.file(actor=town.who.desk, reporter_phone=NUMBER, source="phone", words="另一件")
    refuse_ticket(actor=town.who.desk, ticket=closed, reason="court", note="请找法院")
    assert [ticket.pk for ticket in open_tickets_of_number(town.who.desk, NUMBER)] == [own.pk]
    assert open_tickets_of_number(town.who.next_desk, NUMBER) == []
