"""Putting right: place, body, ending; and taking a step back."""

from datetime import timedelta

import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed, NotFound, WrongState
from linli.matters.models import Entry
from linli.notices.models import Notice
from linli.tickets.actions import (
    Answer,
    check_ticket,
    finish_ticket,
    rate_ticket,
    redirect_ticket,
    refuse_ticket,
    reinstate_ticket,
    relocate_ticket,
    take_back_step,
    take_ticket,
)
from linli.tickets.actions.drafts import Proof, Sending
from linli.tickets.models import Assignment
from linli.tickets.queries.standing import Standing, standing_of
from linli.tickets.tests.conftest import NOW

LATER = NOW + timedelta(hours=3)


def test_relocate_ticket_changes_the_place_and_no_clock(town):
    ticket = town.dispatched()
    due = ticket.matter.due_at
    relocate_ticket(actor=town.who.desk, ticket=ticket, place=town.place.other, note="是3号楼")
    matter = town.again(ticket).matter
    assert (matter.place, matter.building_id, matter.due_at) == (town.place.other, town.place.other.pk, due)
    assert matter.title.startswith("雪莲苑 3号楼")
    assert Notice.objects.filter(kind="ticket.relocated", person_id=town.who.resident.person_id).exists()


def test_relocate_ticket_stays_in_the_desks_own_area(town):
    ticket = town.file()
    with pytest.raises(NotFound):
        relocate_ticket(actor=town.who.desk, ticket=ticket, place=town.place.far, note="隔壁")
    with pytest.raises(BadInput):
        relocate_ticket(actor=town.who.desk, ticket=ticket, place=town.place.other, note="")
    with pytest.raises(NotAllowed):
        relocate_ticket(actor=town.who.repairman, ticket=ticket, place=town.place.other, note="x")


def redirected(town, ticket, **more):
    sending = Sending(town.body.lift, note="是电梯的灯", **more)
    return redirect_ticket(actor=town.who.desk.at(LATER), ticket=ticket, sending=sending)


def test_redirect_ticket_charges_the_desk_and_gives_the_right_body_the_whole_time(town):
    ticket = town.dispatched()
    first_due = ticket.matter.due_at
    take_ticket(actor=town.who.repairman, ticket=ticket)
    redirected(town, ticket)
    wrong, right = Assignment.objects.order_by("pk")
    assert (wrong.was_wrong, wrong.charged_minutes, right.was_wrong) == (True, 150, False)
    again = town.again(ticket)
    assert (again.matter.holder_body, again.due_from_at) == (town.body.lift, LATER)
    assert again.matter.due_at >= first_due
    told = Notice.objects.get(title__startswith="派错了")
    assert (told.body_id, told.words) == (town.body.company.pk, "是电梯的灯")


def test_redirect_ticket_needs_another_body_a_reason_and_a_unit(town):
    ticket = town.dispatched()
    with pytest.raises(BadInput):
        redirect_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(town.body.company, note="x"))
    with pytest.raises(BadInput):
        redirect_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(town.body.lift))
    with pytest.raises(WrongState):
        redirect_ticket(actor=town.who.desk, ticket=town.accepted(), sending=Sending(town.body.lift, note="x"))
    with pytest.raises(NotAllowed):
        redirect_ticket(actor=town.who.manager, ticket=ticket, sending=Sending(town.body.lift, note="x"))


def test_redirect_ticket_loses_the_race_to_who_finished(town):
    ticket = town.dispatched()
    late = town.again(ticket)
    finish_ticket(actor=town.who.repairman, ticket=ticket, proof=Proof("好了"))
    with pytest.raises(LostRace):
        redirected(town, late)


def test_reinstate_ticket_gives_back_the_time_that_was_left_and_charges_the_rest(town):
    ticket = town.finished()
    rate_ticket(actor=town.who.resident, ticket=check_ticket(actor=town.who.desk, ticket=ticket), answer=Answer("yes"))
    due = ticket.matter.due_at
    late = town.again(ticket)
    reinstate_ticket(actor=town.who.desk.at(LATER), ticket=ticket, note="没有真的修好")
    matter = town.again(ticket).matter
    assert (matter.state, matter.closed_at, matter.solved, matter.due_at > due) == ("IN_PROGRESS", None, "", True)
    assert Entry.objects.get(verb="ticket.reinstated").figures["charged_minutes"] == 150
    with pytest.raises(LostRace):
        reinstate_ticket(actor=town.who.secretary.at(LATER), ticket=late, note="x")
    with pytest.raises(WrongState):
        reinstate_ticket(actor=town.who.desk, ticket=town.again(ticket), note="x")


def test_reinstate_ticket_is_the_desks_and_tells_the_reporter(town):
    ticket = refuse_ticket(actor=town.who.desk, ticket=town.file(), reason="court", note="请找法院")
    with pytest.raises(NotAllowed):
        reinstate_ticket(actor=town.who.resident, ticket=ticket, note="x")
    reinstate_ticket(actor=town.who.desk, ticket=ticket, note="看错了，归社区办")
    assert town.again(ticket).matter.state == "ACCEPTED"
    assert Notice.objects.get(kind="ticket.reinstated").words == "看错了，归社区办"


def stepped(town):
    """A refusal just made, and where the report stood before, as the page keeps it."""
    ticket = town.file()
    before = standing_of(ticket, NOW)
    refuse_ticket(actor=town.who.desk, ticket=ticket, reason="court", note="请找法院")
    return ticket, Standing.of(before.told())


def test_take_back_step_puts_everything_back(town):
    ticket, before = stepped(town)
    take_back_step(actor=town.who.desk.at(NOW + timedelta(seconds=29)), ticket=ticket, before=before)
    again = town.again(ticket)
    assert (again.matter.state, again.matter.closed_at, again.state_before) == ("SUBMITTED", None, "")
    assert not Notice.objects.filter(kind="ticket.refused").exists()


def test_take_back_step_is_ones_own_and_in_time(town):
    ticket, before = stepped(town)
    with pytest.raises(NotFound):
        take_back_step(actor=town.who.secretary, ticket=ticket, before=before)
    with pytest.raises(WrongState):
        take_back_step(actor=town.who.desk.at(NOW + timedelta(seconds=31)), ticket=ticket, before=before)
    with pytest.raises(NotAllowed):
        take_back_step(actor=town.who.neighbour, ticket=ticket, before=before)


def test_take_back_step_not_once_somebody_was_told(town):
    ticket, before = stepped(town)
    Notice.objects.filter(kind="ticket.refused").update(expanded_at=NOW)
    with pytest.raises(WrongState):
        take_back_step(actor=town.who.desk, ticket=ticket, before=before)
    assert town.again(ticket).matter.state == "NOT_ACCEPTED"
