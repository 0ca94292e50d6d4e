"""Whom an act on a report does not concern cannot do it: a neighbour without a post, or anybody but the clock."""

import pytest

from linli.core.errors import NotAllowed, NotFound
from linli.matters.actions import forget_person
from linli.tickets import actions
from linli.tickets.actions import Part
from linli.tickets.actions.lapsing import shrink_words
from linli.tickets.actions.merging import merge_voice

NOTE = {"note": "试试"}
DESK_OR_WORKER = {
    "add_cost": {"what": "灯泡", "amount_fen": 1000},
    "add_photos": {"uploads": [], "kind": "after"},
    "ask_reporter": {"words": "哪一层？"},
    "bring_back": NOTE | {"due_at": None},
    "decide_return": NOTE | {"is_upheld": True},
    "decide_review": NOTE | {"verdict": "uphold"},
    "extend_ticket": NOTE | {"until": None, "reason": "parts"},
    "fail_check": NOTE,
    "hand_up_ticket": NOTE,
    "note_ticket": {"words": "试试"},
    "promise_ticket": {"words": "明天修", "due_at": None},
    "reclassify_ticket": NOTE | {"category_code": "greening"},
    "refuse_ticket": NOTE | {"reason": "no_duty"},
    "release_ticket": {"words": "试试"},
    "resume_ticket": {},
    "split_ticket": {"parts": [Part("树枝")]},
    "take_ticket": {},
    "transfer_ticket": NOTE | {"to": "供电局"},
    "unmerge_ticket": {},
}
REPORTER = {"ask_review": NOTE, "reopen_ticket": NOTE}


@pytest.mark.parametrize("name", [*DESK_OR_WORKER, *REPORTER])
@pytest.mark.parametrize("who", ["stranger", "next_desk"])
def test_act_on_a_report_is_refused_to_whom_it_does_not_concern(town, name, who):
    words = (DESK_OR_WORKER | REPORTER)[name]
    act = getattr(actions, name)
    shown, secret = town.file(), town.file(is_secret=True)
    with pytest.raises(NotAllowed):
        act(actor=getattr(town.who, who), ticket=shown, **words)
    with pytest.raises(NotFound):
        act(actor=getattr(town.who, who), ticket=secret, **words)


def test_reports_lapse_and_raters_are_reminded_by_the_clock_alone(town):
    for act in (shrink_words, actions.remind_raters):
        with pytest.raises(NotAllowed):
            act(actor=town.who.desk, tickets=[town.file()])


def test_voice_is_put_with_another_by_its_own_reporter_alone(town):
    master, mine = town.dispatched(actor=town.who.neighbour), town.file()
    with pytest.raises(NotAllowed):
        merge_voice(actor=town.who.stranger, ticket=mine, master=master)
    assert merge_voice(actor=town.who.resident, ticket=mine, master=master).matter.voices == 2


def test_follower_who_left_is_forgotten_by_the_clock_alone(town):
    person = town.who.person["resident"]
    with pytest.raises(NotAllowed):
        forget_person(actor=town.who.resident, person_uid=person.uid)
    ticket = town.file()
    assert forget_person(actor=town.clock, person_uid=person.uid) == 1
    assert not ticket.matter.followers.exists()
