from dataclasses import replace
from datetime import timedelta

import pytest

from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, TooMany, WrongState
from linli.matters.clock import tick_matters
from linli.notices.models import Notice
from linli.tickets.actions import (
    Answer,
    Proof,
    ask_review,
    check_ticket,
    decide_review,
    explain_ticket,
    finish_ticket,
    follow_up_rating,
    rate_ticket,
    refuse_ticket,
    reopen_ticket,
    urge_ticket,
    withdraw_ticket,
)
from linli.tickets.clock import remind_of_rating


def checked(town, **draft):
    return check_ticket(actor=town.who.desk, ticket=town.finished(**draft))


def again_done(town, ticket):
    finish_ticket(actor=town.who.repairman, ticket=ticket, proof=Proof("又换了"))
    return check_ticket(actor=town.who.desk, ticket=ticket)


def test_rate_ticket_is_the_reporters_alone(town):
    ticket = checked(town)
    for name in ("desk", "secretary", "repairman", "neighbour", "captain", "stranger"):
        with pytest.raises(NotAllowed):
            rate_ticket(actor=getattr(town.who, name), ticket=ticket, answer=Answer("yes", 5))


def test_rate_ticket_with_the_receipt(town):
    nobody = Actor(now=town.clock.now)
    ticket = checked(town, actor=town.who.desk, reporter_name="卓嘎", reporter_phone="13812345678", source="phone")
    bearer = replace(nobody, receipts=frozenset({ticket.matter.uid}))
    rate_ticket(actor=bearer, ticket=ticket, answer=Answer("yes", 4))
    assert ticket.matter.state == "CLOSED"


def test_rate_ticket_twice_is_told_kindly(town):
    ticket = checked(town)
    old = town.again(ticket)
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("yes", 5))
    with pytest.raises(LostRace):
        rate_ticket(actor=town.who.resident, ticket=old, answer=Answer("no", 1))
    with pytest.raises(WrongState):
        rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("no", 1))
    assert ticket.ratings.count() == 1


def test_rate_ticket_refuses_six_stars(town):
    with pytest.raises(BadInput):
        rate_ticket(actor=town.who.resident, ticket=checked(town), answer=Answer("yes", 6))


def test_rate_ticket_no_is_done_again_with_half_the_time(town):
    ticket = checked(town)
    whole = ticket.matter.due_at
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("no", 1, words="还是黑的"))
    assert (ticket.matter.state, ticket.reworks, ticket.matter.on_time) == ("IN_PROGRESS", 1, "")
    assert ticket.matter.due_at < whole
    assert ticket.matter.holder_body_id == town.body.company.pk


def test_rate_ticket_second_no_goes_to_a_supervisor_and_third_may_be_explained(town):
    ticket = checked(town)
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("no", 1))
    rate_ticket(actor=town.who.resident, ticket=again_done(town, ticket), answer=Answer("no", 1))
    assert ticket.matter.state == "UNDER_REVIEW"
    decide_review(actor=town.who.secretary, ticket=ticket, verdict="rework", note="请电梯公司一起看")
    rate_ticket(actor=town.who.resident, ticket=again_done(town, ticket), answer=Answer("no", 1))
    assert (ticket.matter.state, ticket.unhappy) == ("UNDER_REVIEW", 3)
    with pytest.raises(NotAllowed):
        explain_ticket(actor=town.who.desk, ticket=ticket, note="线路要整改")
    explain_ticket(actor=town.who.officer, ticket=ticket, note="整栋线路明年改造")
    assert ticket.matter.state == "CLOSED_EXPLAINED"


def test_follow_up_rating_is_not_for_the_handler(town):
    ticket = checked(town)
    with pytest.raises(NotAllowed):
        follow_up_rating(actor=town.who.repairman, ticket=ticket, answer=Answer("yes", 5))
    rating = follow_up_rating(actor=town.who.grid_worker, ticket=ticket, answer=Answer("partly", 3))
    assert (rating.is_by_phone, rating.asked_by_id) == (True, town.who.grid_worker.person_id)


def test_rating_lapses_after_seven_days_and_is_never_good(town):
    ticket = checked(town)
    tick_matters(town.clock.now + timedelta(days=9))
    matter = town.again(ticket).matter
    assert (matter.state, matter.solved, matter.stars) == ("CLOSED", "", None)


def test_rating_is_reminded_of_twice(town):
    checked(town)
    counts = [remind_of_rating(town.clock.now + timedelta(hours=hours)) for hours in (23, 24, 25, 72, 100)]
    assert counts == [0, 1, 0, 1, 0]
    mine = Notice.objects.filter(person_id=town.who.resident.person_id, kind="ticket.rating_reminder")
    assert mine.count() == 2


def test_reopen_ticket_within_fifteen_days_continues_with_the_same_unit(town):
    ticket = checked(town)
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("yes", 5))
    later = town.who.resident.at(town.clock.now + timedelta(days=10))
    reopen_ticket(actor=later, ticket=ticket, note="又不亮了")
    assert (ticket.matter.state, ticket.reopened, ticket.matter.closed_at) == ("IN_PROGRESS", 1, None)


def test_reopen_ticket_after_fifteen_days_is_a_new_report(town):
    ticket = checked(town)
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("yes", 5))
    with pytest.raises(WrongState):
        reopen_ticket(actor=town.who.resident.at(town.clock.now + timedelta(days=30)), ticket=ticket, note="又不亮了")


def test_urge_ticket_tells_the_unit_and_the_third_time_the_desk(town):
    ticket = town.dispatched()
    for hours in (2, 4, 6):
        urge_ticket(actor=town.who.resident.at(town.clock.now + timedelta(hours=hours)), ticket=ticket, note="快点")
    urged = Notice.objects.filter(title__startswith="催了第")
    assert urged.filter(body_id=town.body.company.pk).count() == 3
    assert urged.filter(body_id=town.body.office.pk).count() == 1


def test_urge_ticket_within_the_hour_is_too_many(town):
    ticket = urge_ticket(actor=town.who.resident, ticket=town.dispatched())
    with pytest.raises(TooMany):
        urge_ticket(actor=town.who.resident, ticket=ticket)
    with pytest.raises(NotAllowed):
        urge_ticket(actor=town.who.neighbour, ticket=ticket)


def test_withdraw_ticket_is_the_reporters_alone(town):
    ticket = town.dispatched()
    with pytest.raises(NotAllowed):
        withdraw_ticket(actor=town.who.desk, ticket=ticket)
    withdraw_ticket(actor=town.who.resident, ticket=ticket)
    assert ticket.matter.state == "WITHDRAWN"


def test_ask_review_once_of_a_refusal(town):
    ticket = town.file()
    refuse_ticket(actor=town.who.desk, ticket=ticket, reason="court", note="法院已经受理")
    ask_review(actor=town.who.resident, ticket=ticket, note="没有打官司")
    decide_review(actor=town.who.secretary, ticket=ticket, verdict="uphold", note="确实在打官司")
    assert ticket.matter.state == "NOT_ACCEPTED"
    with pytest.raises(WrongState):
        ask_review(actor=town.who.resident, ticket=ticket, note="再看一次")


def test_decide_review_may_take_it_up_after_all(town):
    ticket = town.file()
    refuse_ticket(actor=town.who.desk, ticket=ticket, reason="court", note="法院已经受理")
    ask_review(actor=town.who.resident, ticket=ticket, note="没有打官司")
    decide_review(actor=town.who.secretary, ticket=ticket, verdict="overturn", note="是我们弄错了")
    assert (ticket.matter.state, ticket.matter.closed_at) == ("ACCEPTED", None)
