from datetime import timedelta

import pytest

from linli.core.errors import BadInput, NotAllowed, WrongState
from linli.matters.clock import tick_matters
from linli.tickets.actions import (
    answer_question,
    ask_reporter,
    bring_back,
    extend_ticket,
    pause_ticket,
    resume_ticket,
    send_to_meeting,
    take_ticket,
)


def in_days(actor, days):
    return actor.at(actor.now + timedelta(days=days))


def in_hand(town, **draft):
    return take_ticket(actor=town.who.manager, ticket=town.dispatched(**draft))


def test_ask_reporter_stops_the_clocks_until_the_answer(town):
    ticket = in_hand(town, category_code="greening")
    due = ticket.matter.due_at
    ask_reporter(actor=town.who.manager, ticket=ticket, words="几楼？")
    assert (ticket.matter.state, ticket.matter.due_at) == ("AWAITING_REPORTER", None)
    answer_question(actor=town.who.resident, ticket=ticket, words="三楼")
    assert (ticket.matter.state, ticket.matter.due_at) == ("IN_PROGRESS", due)
    assert ticket.questions.get().answer == "三楼"


def test_ask_reporter_stops_the_clocks_only_once(town):
    ticket = in_hand(town, category_code="greening")
    ask_reporter(actor=town.who.manager, ticket=ticket, words="几楼？")
    answer_question(actor=town.who.resident, ticket=ticket, words="三楼")
    with pytest.raises(WrongState):
        ask_reporter(actor=town.who.manager, ticket=ticket, words="几点？")


def test_ask_reporter_lets_an_urgent_clock_run(town):
    ticket = in_hand(town, category_code="lift_trap")
    due = ticket.matter.due_at
    ask_reporter(actor=town.who.manager, ticket=ticket, words="几楼？")
    assert (ticket.matter.state, ticket.matter.due_at) == ("IN_PROGRESS", due)


def test_ask_reporter_without_an_answer_is_put_away_and_can_come_back(town):
    from linli.tickets.actions import reopen_ticket

    ticket = in_hand(town, category_code="greening")
    ask_reporter(actor=town.who.manager, ticket=ticket, words="几楼？")
    silent = in_days(town.clock, 9)
    tick_matters(silent.now)
    ticket = town.again(ticket)
    assert ticket.matter.state == "WITHDRAWN"
    reopen_ticket(actor=in_days(town.who.resident, 12), ticket=ticket, note="是三楼")
    assert ticket.matter.state == "IN_PROGRESS"


def test_answer_question_by_a_stranger_is_refused(town):
    ticket = in_hand(town, category_code="greening")
    ask_reporter(actor=town.who.manager, ticket=ticket, words="几楼？")
    with pytest.raises(NotAllowed):
        answer_question(actor=town.who.stranger, ticket=ticket, words="我来答")


def test_pause_ticket_needs_a_supervisor_a_reason_and_a_day(town):
    ticket = in_hand(town, category_code="greening")
    until = in_days(town.clock, 20).now
    with pytest.raises(NotAllowed):
        pause_ticket(actor=town.who.manager, ticket=ticket, reason="season_weather", until=until, note="等天暖")
    with pytest.raises(BadInput):
        pause_ticket(actor=town.who.secretary, ticket=ticket, reason="tired", until=until, note="等天暖")
    pause_ticket(actor=town.who.secretary, ticket=ticket, reason="season_weather", until=until, note="等天暖")
    assert (ticket.matter.state, ticket.matter.paused_reason) == ("PAUSED", "season_weather")


def test_pause_ticket_r05_of_an_urgent_matter_is_refused(town):
    ticket = in_hand(town, category_code="lift_trap")
    until = in_days(town.clock, 2).now
    with pytest.raises(WrongState):
        pause_ticket(actor=town.who.secretary, ticket=ticket, reason="season_weather", until=until, note="等天暖")


def test_resume_ticket_r04_gives_the_time_back_and_keeps_the_gross(town):
    ticket = in_hand(town, category_code="greening")
    until = in_days(town.clock, 20).now
    before = ticket.matter.due_at
    pause_ticket(actor=town.who.secretary, ticket=ticket, reason="season_weather", until=until, note="等天暖")
    resume_ticket(actor=in_days(town.who.secretary, 1), ticket=ticket)
    assert ticket.matter.due_at > before
    assert ticket.matter.paused_minutes == 24 * 60


def test_paused_ticket_goes_on_by_itself_on_its_day(town):
    ticket = in_hand(town, category_code="greening")
    until = in_days(town.clock, 3).now
    pause_ticket(actor=town.who.secretary, ticket=ticket, reason="season_weather", until=until, note="等天暖")
    tick_matters(until)
    assert town.again(ticket).matter.state == "IN_PROGRESS"


def test_extend_ticket_once_and_not_beyond_its_limit(town):
    ticket = in_hand(town, category_code="greening")
    reason = "parts"
    from linli.tickets.queries import charter_for

    reason = charter_for(ticket.matter).reasons["extend"][0].code
    far, near = ticket.matter.due_at + timedelta(days=90), ticket.matter.due_at + timedelta(days=2)
    with pytest.raises(BadInput):
        extend_ticket(actor=town.who.secretary, ticket=ticket, until=far, reason=reason, note="配件在路上")
    extend_ticket(actor=town.who.secretary, ticket=ticket, until=near, reason=reason, note="配件在路上")
    assert (ticket.matter.due_at, ticket.extensions) == (near, 1)
    with pytest.raises(WrongState):
        extend_ticket(actor=town.who.secretary, ticket=ticket, until=near, reason=reason, note="还在路上")


def test_send_to_meeting_r11_puts_it_on_the_table(town):
    ticket = send_to_meeting(actor=town.who.desk, ticket=town.accepted(), note="要动公共收益")
    matter = ticket.matter
    assert (matter.state, matter.class_code, matter.is_for_table, matter.table_on.isoformat()) == (
        "AWAITING_MEETING", "B", True, "2026-09-25",
    )  # fmt: skip
    bring_back(actor=town.who.secretary, ticket=ticket, note="大家同意换", due_at=in_days(town.clock, 30).now)
    assert (matter.state, matter.is_for_table) == ("ACCEPTED", False)


def test_send_to_meeting_is_not_the_units_to_do(town):
    with pytest.raises(NotAllowed):
        send_to_meeting(actor=town.who.repairman, ticket=in_hand(town), note="上会吧")
