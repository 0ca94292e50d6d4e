from datetime import timedelta

import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.files.actions import take_images
from linli.tickets.actions import (
    Proof,
    add_cost,
    add_photos,
    check_ticket,
    contact_reporter,
    explain_ticket,
    fail_check,
    finish_ticket,
    promise_ticket,
    take_ticket,
)
from linli.tickets.tests.actions.test_filing import picture


def test_contact_reporter_keeps_the_first_time(town):
    ticket = town.dispatched()
    contact_reporter(actor=town.who.repairman, ticket=ticket)
    first = ticket.matter.contacted_at
    contact_reporter(actor=town.who.repairman.at(first + timedelta(hours=1)), ticket=ticket)
    assert town.again(ticket).matter.contacted_at == first == town.who.repairman.now


def test_contact_reporter_by_another_body_is_refused(town):
    with pytest.raises(NotAllowed):
        contact_reporter(actor=town.who.lift_fitter, ticket=town.dispatched())


def test_add_photos_keeps_what_the_worker_saw(town):
    ticket = town.dispatched()
    taken = take_images(actor=town.who.repairman, uploads=[picture()])
    (photo,) = add_photos(actor=town.who.repairman, ticket=ticket, uploads=taken, kind="before")
    assert (photo.kind, photo.file.owner) == ("before", "tickets")
    assert ticket.matter.entries.last().files == [photo.file.uid]


def test_add_cost_sums_up(town):
    ticket = town.dispatched()
    add_cost(actor=town.who.repairman, ticket=ticket, what="灯泡", amount_fen=1250)
    add_cost(actor=town.who.repairman, ticket=ticket, what="开关", amount_fen=800)
    assert ticket.cost_fen == 2050
    with pytest.raises(BadInput):
        add_cost(actor=town.who.repairman, ticket=ticket, what="退", amount_fen=-1)


def test_promise_ticket_is_kept_by_finishing(town):
    ticket = town.dispatched()
    until = town.clock.now + timedelta(days=1)
    promise = promise_ticket(actor=town.who.repairman, ticket=ticket, words="明天上午来", due_at=until)
    with pytest.raises(BadInput):
        promise_ticket(actor=town.who.repairman, ticket=ticket, words="昨天来", due_at=town.clock.now)
    finish_ticket(actor=town.who.repairman, ticket=ticket, proof=Proof("换好了"))
    promise.refresh_from_db()
    assert promise.kept_at == town.who.repairman.now


def test_finish_ticket_says_whether_it_was_in_time(town):
    late, in_time = town.dispatched(), town.dispatched()
    finish_ticket(actor=town.who.repairman, ticket=in_time, proof=Proof("换好了"))
    worker = town.who.repairman.at(late.matter.due_at + timedelta(minutes=1))
    finish_ticket(actor=worker, ticket=late, proof=Proof("换好了"))
    assert (in_time.matter.on_time, late.matter.on_time) == ("yes", "no")


def test_finish_ticket_needs_words_and_the_unit(town):
    ticket = town.dispatched()
    with pytest.raises(BadInput):
        finish_ticket(actor=town.who.repairman, ticket=ticket, proof=Proof(" "))
    with pytest.raises(NotAllowed):
        finish_ticket(actor=town.who.resident, ticket=ticket, proof=Proof("我自己换了"))
    with pytest.raises(WrongState):
        finish_ticket(actor=town.who.desk, ticket=town.accepted(), proof=Proof("好了"))


def test_finish_ticket_of_an_old_reading_loses_the_race(town):
    ticket = town.dispatched()
    old = town.again(ticket)
    finish_ticket(actor=town.who.repairman, ticket=ticket, proof=Proof("换好了"))
    with pytest.raises(LostRace):
        finish_ticket(actor=town.who.mate, ticket=old, proof=Proof("我换好的"))


def test_check_ticket_is_not_for_who_did_it(town):
    ticket = town.finished()
    for name in ("repairman", "mate", "resident", "next_desk"):
        with pytest.raises(NotAllowed):
            check_ticket(actor=getattr(town.who, name), ticket=ticket)
    check_ticket(actor=town.who.captain, ticket=ticket)
    assert ticket.matter.state == "AWAITING_RATING"


def test_check_ticket_closes_an_anonymous_report_not_rated(town):
    from linli.core.actor import Actor

    nobody = Actor(now=town.clock.now)
    ticket = finish_ticket(actor=town.who.repairman, ticket=town.dispatched(actor=nobody), proof=Proof("换好了"))
    check_ticket(actor=town.who.desk, ticket=ticket)
    assert (ticket.matter.state, ticket.matter.solved, ticket.matter.stars) == ("CLOSED", "", None)


def test_fail_check_counts_as_a_rework(town):
    ticket = fail_check(actor=town.who.grid_worker, ticket=town.finished(), note="还是不亮")
    assert (ticket.matter.state, ticket.reworks, ticket.matter.on_time) == ("IN_PROGRESS", 1, "")


def test_explain_ticket_is_a_supervisors_word(town):
    ticket = take_ticket(actor=town.who.manager, ticket=town.dispatched())
    with pytest.raises(NotAllowed):
        explain_ticket(actor=town.who.desk, ticket=ticket, note="规划里没有")
    explain_ticket(actor=town.who.secretary, ticket=ticket, note="规划里没有")
    assert ticket.matter.state == "CLOSED_EXPLAINED"
