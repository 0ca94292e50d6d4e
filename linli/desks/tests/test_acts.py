"""Every act through the web: it works, who may not, when it may not, and that nothing typed is lost."""

from datetime import date, timedelta

import pytest

from linli.core.times import moment
from linli.desks.tests.test_desk import page
from linli.desks.views.doing import ACTS
from linli.tickets.actions import (
    Answer,
    ask_reporter,
    ask_review,
    check_ticket,
    claim_ticket,
    explain_ticket,
    merge_tickets,
    pause_ticket,
    rate_ticket,
    refuse_ticket,
    return_ticket,
    send_to_meeting,
    urge_ticket,
)
from linli.tickets.models import Assignment
from linli.tickets.tests.conftest import NOW

TYPED = "这是刚才写的字"


def filed(town):
    return town.file()


def merged(town):
    child = town.file()
    merge_tickets(actor=town.who.desk, master=town.file(), children=[child])
    return child


def returned(town):
    ticket = town.dispatched()
    return_ticket(actor=town.who.repairman, ticket=ticket, reason="not_our_duty", note="归路灯所")
    return ticket


def paused(town):
    ticket = town.dispatched()
    pause_ticket(actor=town.who.secretary, ticket=ticket, reason="season_weather",
                 until=moment(date(2026, 10, 20)), note="下雨")  # fmt: skip
    return ticket


def asked(town):
    ticket = town.dispatched()
    ask_reporter(actor=town.who.desk, ticket=ticket, words="几楼？")
    return ticket


def claimed(town):
    return claim_ticket(actor=town.who.repairman, ticket=town.dispatched())


def checked(town):
    return check_ticket(actor=town.who.desk, ticket=town.finished())


def urged_thrice(town):
    ticket = town.dispatched()
    for hours in (2, 4, 6):
        urge_ticket(actor=town.who.resident.at(NOW + timedelta(hours=hours)), ticket=ticket)
    return ticket


def closed(town):
    ticket = checked(town)
    rate_ticket(actor=town.who.resident, ticket=ticket, answer=Answer("yes", 5))
    return ticket


def at_meeting(town):
    return send_to_meeting(actor=town.who.desk, ticket=town.accepted(), note="人多")


def in_review(town):
    ticket = refuse_ticket(actor=town.who.desk, ticket=town.file(), reason="court", note="请找法院")
    ask_review(actor=town.who.resident, ticket=ticket, note="不对")
    return ticket


WORKS = {
    "accept": (filed, "desk", {"hands": "captain", "cost_yuan": "0", "households": "1"}, "ACCEPTED"),
    "dispatch": (filed, "desk", {"body": "company"}, "DISPATCHED"),
    "ask": (filed, "desk", {"words": TYPED}, "AWAITING_REPORTER"),
    "send_to_meeting": (lambda t: t.accepted(), "desk", {"note": TYPED}, "AWAITING_MEETING"),
    "refuse": (filed, "desk", {"reason": "court", "note": TYPED}, "NOT_ACCEPTED"),
    "transfer": (filed, "desk", {"to": "路灯所", "note": TYPED}, "TRANSFERRED"),
    "decide_return": (returned, "desk", {"verdict": "no", "note": TYPED}, "IN_PROGRESS"),
    "reclassify": (filed, "desk", {"category_code": "greening", "note": TYPED}, "SUBMITTED"),
    "relocate": (filed, "desk", {"place": "other", "note": TYPED}, "SUBMITTED"),
    "redirect": (lambda t: t.dispatched(), "desk", {"body": "lift", "note": TYPED}, "DISPATCHED"),
    "reinstate": (closed, "desk", {"note": TYPED}, "IN_PROGRESS"),
    "override": (filed, "desk", {"size": "small", "reason": "simple", "note": TYPED}, "SUBMITTED"),
    "split": (lambda t: t.accepted(), "desk", {"words_1": TYPED, "category_1": "greening"}, "ACCEPTED"),
    "hand_up": (lambda t: t.accepted(), "desk", {"note": TYPED}, "ACCEPTED"),
    "pause": (
        lambda t: t.dispatched(), "secretary",
        {"reason": "season_weather", "until": "2026-10-20", "note": TYPED}, "PAUSED",
    ),
    "resume": (paused, "secretary", {"note": ""}, "DISPATCHED"),
    "extend": (
        lambda t: t.dispatched(), "secretary",
        {"until": "2026-10-15", "reason": "parts", "note": TYPED}, "DISPATCHED",
    ),
    "release": (filed, "desk", {"words": TYPED, "is_answered": "on"}, "SUBMITTED"),
    "note": (filed, "desk", {"words": TYPED}, "SUBMITTED"),
    "promise": (claimed, "repairman", {"words": TYPED, "due_at": "2026-10-15"}, "IN_PROGRESS"),
    "contact": (claimed, "repairman", {"note": TYPED}, "IN_PROGRESS"),
    "answer": (asked, "desk", {"words": TYPED}, "DISPATCHED"),
    "record_answer": (
        lambda t: t.dispatched(), "desk", {"assignment": "lead", "answer": "taken", "words": TYPED}, "IN_PROGRESS",
    ),
    "urge": (lambda t: t.dispatched(), "desk", {"note": ""}, "DISPATCHED"),
    "call_back": (urged_thrice, "secretary", {"note": TYPED}, "DISPATCHED"),
    "unmerge": (merged, "desk", {"note": ""}, "SUBMITTED"),
    "bring_back": (at_meeting, "desk", {"note": TYPED, "due_at": "2026-10-15"}, "ACCEPTED"),
    "explain": (lambda t: t.dispatched(), "secretary", {"note": TYPED}, "CLOSED_EXPLAINED"),
    "reopen": (closed, "desk", {"note": TYPED}, "IN_PROGRESS"),
    "review": (in_review, "secretary", {"verdict": "overturn", "note": TYPED}, "ACCEPTED"),
    "claim": (lambda t: t.dispatched(), "repairman", {}, "IN_PROGRESS"),
    "take": (lambda t: t.dispatched(), "repairman", {}, "IN_PROGRESS"),
    "finish": (claimed, "repairman", {"words": TYPED}, "RESOLVED"),
    "return": (lambda t: t.dispatched(), "repairman", {"reason": "not_our_duty", "note": TYPED}, "RETURNED"),
    "add_cost": (claimed, "repairman", {"what": "灯泡", "quantity": "2", "amount": "12.50"}, "IN_PROGRESS"),
    "step_aside": (claimed, "repairman", {"note": TYPED}, "IN_PROGRESS"),
    "check": (lambda t: t.finished(), "desk", {}, "AWAITING_RATING"),
    "fail_check": (lambda t: t.finished(), "desk", {"note": TYPED}, "IN_PROGRESS"),
    "follow_up": (checked, "desk", {"solved": "yes", "stars": "5"}, "CLOSED"),
}  # fmt: skip
"""How a report comes there, who does it, with what, and where it stands then."""


def address_of(who, ticket, act):
    room = "work" if who == "repairman" else "desk"
    return f"/{room}/{ticket.matter.uid}/{act}/"


def press(client, address, given):
    """Send a form, and where its outcome is shown first, say yes to it."""
    answer = client.post(address, given)
    if answer.status_code == 200 and answer.context["rehearsal"]:
        answer = client.post(address, {**given, "sure": answer.context["sure"]})
    return answer


def given_of(town, given):
    if "assignment" in given:
        given = {**given, "assignment": Assignment.objects.values_list("pk", flat=True).last()}
    found = {**given, "body": getattr(town.body, given["body"]).uid} if "body" in given else given
    return {**found, "place": getattr(town.place, given["place"]).uid} if "place" in given else found


@pytest.mark.parametrize("act", WORKS)
def test_act_works(town, enter, act):
    comes, who, given, state = WORKS[act]
    ticket = comes(town)
    client = enter(getattr(town.who, who))
    assert client.get(address_of(who, ticket, act)).status_code == 200
    before = ticket.matter.entries.count()
    answer = press(client, address_of(who, ticket, act), given_of(town, given))
    assert answer.status_code == 302, page(answer)[-3000:]
    again = town.again(ticket)
    assert again.matter.state == state
    assert again.matter.entries.count() > before or act == "split"


@pytest.mark.parametrize("act", WORKS)
def test_act_is_not_there_for_strangers(town, enter, act):
    comes, whose, given, _state = WORKS[act]
    ticket = comes(town)
    state = town.again(ticket).matter.state
    for who in (town.who.next_desk, town.who.neighbour, town.who.lift_fitter):
        answer = enter(who).post(address_of(whose, ticket, act), given_of(town, given))
        assert (answer.status_code, town.again(ticket).matter.state) == (404, state)


WRONG_STATE = {name: closed for name in WORKS if name not in {"note", "release", "reopen", "reinstate"}}


@pytest.mark.parametrize("act", WRONG_STATE)
def test_act_too_late_says_where_it_stands(town, enter, act):
    _comes, who, given, _state = WORKS[act]
    ticket = closed(town)
    client = enter(getattr(town.who, who))
    assert client.get(address_of(who, ticket, act)).status_code in {403, 409}
    answer = client.post(address_of(who, ticket, act), given_of(town, given))
    assert answer.status_code in {403, 409, 422}
    assert town.again(ticket).matter.state == "CLOSED"
    if answer.status_code == 409 and TYPED in given.values():
        assert TYPED in page(answer)


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("refuse", {"note": TYPED}),
        ("transfer", {"note": TYPED}),
        ("merge", {"note": TYPED}),
        ("override", {"note": TYPED}),
        ("reclassify", {"note": TYPED}),
        ("split", {"words_2": TYPED}),
        ("dispatch", {"note": TYPED}),
    ],
)
def test_act_with_a_fault_keeps_what_was_typed(town, enter, act, given):
    ticket = town.file()
    answer = enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/{act}/", given)
    assert answer.status_code == 422
    assert TYPED in page(answer)
    assert town.again(ticket).matter.state == "SUBMITTED"


@pytest.mark.parametrize("act", ["ask", "note", "promise", "send_to_meeting", "hand_up"])
def test_act_without_words_says_so_beside_the_field(town, enter, act):
    ticket = town.accepted()
    who = town.who.repairman if act == "promise" else town.who.desk
    if act == "promise":
        ticket = claimed(town)
    answer = enter(who).post(address_of("repairman" if act == "promise" else "desk", ticket, act), {})
    assert answer.status_code == 422
    assert "请写几个字，让反映的人看得明白。" in page(answer)


def test_standard_reply_stands_where_nothing_else_was_written(town, enter):
    ticket = town.dispatched()
    enter(town.who.repairman).post(f"/work/{ticket.matter.uid}/finish/", {"reply": "done"})
    entry = ticket.matter.entries.order_by("id").last()
    assert entry.note.words.startswith("修好了")


def test_every_act_is_tried():
    assert set(ACTS) == {*WORKS, "merge", "photos"}


def test_merging_is_one_press(town, enter):
    master, child = town.file(), town.file()
    client = enter(town.who.desk)
    assert f'value="{master.matter.uid}"' in page(client.get(f"/desk/{child.matter.uid}/"))
    client.post(f"/desk/{child.matter.uid}/merge/", {"master": master.matter.uid})
    assert (town.again(child).matter.state, town.again(master).matter.voices) == ("MERGED", 2)


def test_merging_by_a_number_that_is_not_there_says_so(town, enter):
    ticket = town.file()
    answer = enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/merge/", {"number": "XYZ"})
    assert "没有找到这个编号" in page(answer)


def test_htmx_gets_a_place_to_go_and_faults_as_a_page(town, enter):
    ticket, client = town.file(), enter(town.who.desk)
    address = f"/desk/{ticket.matter.uid}/refuse/"
    wrong = client.post(address, {"note": TYPED}, headers={"HX-Request": "true"})
    assert (wrong.status_code, 'id="act"' in page(wrong)) == (200, True)
    right = client.post(address, {"reason": "court", "note": TYPED}, headers={"HX-Request": "true"})
    assert (right.status_code, right["HX-Redirect"]) == (204, "/desk/")


def test_explaining_after_the_meeting_hour_is_the_secretarys_alone(town, enter):
    ticket = town.dispatched()
    answer = enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/explain/", {"note": TYPED})
    assert answer.status_code == 403
    explain_ticket(actor=town.who.secretary, ticket=ticket, note=TYPED)
    assert town.again(ticket).matter.closed_at == NOW
