"""The move: table, compare-and-set, clocks, story."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from linli.core.errors import LostRace, NotAllowed, WrongState
from linli.matters.actions import Change, Telling, index_matter, move_matter, tell_matter
from linli.matters.models import Matter
from linli.matters.queries import search_matters
from linli.matters.tests.conftest import MORNING, later

DAY = timedelta(days=1)


def test_move_sets_state_holder_clocks_and_columns_together(cast, town, lamp):
    matter = lamp(step_due_at=MORNING + timedelta(hours=4))
    actor = later(cast.desk, hours=1)
    change = Change(
        note="已经派人去看", is_note_public=True, holder_body=town.company, holder_person=None,
        step_due_at=MORNING + DAY, due_at=MORNING + 5 * DAY, figures={"cost": 3}, files=["f1"],
        fields={"class_code": "G", "contacted_at": actor.now},
    )  # fmt: skip
    entry = move_matter(actor=actor, matter=matter, move="accept", change=change)
    stored = Matter.objects.get()
    assert (stored.state, stored.version, stored.holder_body_id) == ("ACCEPTED", 1, town.company.pk)
    assert (stored.step_due_at, stored.due_at, stored.due_from_at) == (MORNING + DAY, MORNING + 5 * DAY, actor.now)
    assert (stored.class_code, stored.contacted_at, stored.urgent_at) == ("G", actor.now, MORNING + DAY)
    assert (entry.verb, entry.from_state, entry.to_state, entry.station) == (
        "lamp.accepted", "REPORTED", "ACCEPTED", "ACCEPTED",
    )  # fmt: skip
    assert (entry.hat, entry.body_id, entry.person_uid, entry.note_audience) == (
        "desk", town.office.pk, cast.desk.person_uid, "public",
    )  # fmt: skip
    assert {name: getattr(matter, name) for name in ("state", "due_at", "next_alarm_at", "version")} == {
        name: getattr(stored, name) for name in ("state", "due_at", "next_alarm_at", "version")
    }


@pytest.mark.parametrize(("note", "count"), [("", 2), ("一句话", 3)])
def test_move_costs_two_statements_and_a_note_one_more(cast, lamp, django_assert_num_queries, note, count):
    matter = lamp()
    with django_assert_num_queries(count + 2):  # and the savepoint
        move_matter(actor=cast.desk, matter=matter, move="accept", change=Change(note=note))


def test_move_is_refused_to_others(cast, lamp):
    matter = lamp()
    for actor in (cast.neighbour, cast.stranger, cast.manager):
        with pytest.raises(NotAllowed):
            move_matter(actor=actor, matter=matter, move="accept")
    assert matter.entries.count() == 1


def test_move_is_open_to_holder_and_bearer_of_the_receipt(cast, town, lamp):
    from dataclasses import replace

    matter = lamp(holder_body_id=town.company.pk)
    move_matter(actor=cast.manager, matter=matter, move="accept")
    bearer = replace(cast.stranger, receipts=frozenset({matter.uid}))
    move_matter(actor=bearer, matter=matter, move="resolve")
    assert matter.state == "RESOLVED"


def test_move_that_the_table_has_not_is_refused(cast, lamp):
    with pytest.raises(WrongState):
        move_matter(actor=cast.desk, matter=lamp(), move="resolve")


def test_move_of_two_at_once_is_lost_by_the_second(cast, lamp):
    one = lamp()
    two = Matter.objects.get(pk=one.pk)
    move_matter(actor=cast.desk, matter=one, move="accept")
    with pytest.raises(LostRace):
        move_matter(actor=cast.captain, matter=two, move="accept")
    assert one.entries.count() == 2
    assert two.state == "REPORTED"


def test_step_clock_ends_with_its_step_and_the_case_clock_does_not(cast, lamp):
    matter = lamp(step_due_at=MORNING + DAY)
    move_matter(actor=cast.desk, matter=matter, move="accept", change=Change(due_at=MORNING + 5 * DAY))
    assert (matter.step_due_at, matter.due_at) == (None, MORNING + 5 * DAY)
    move_matter(actor=cast.desk, matter=matter, move="assign", change=Change(step_due_at=MORNING + 2 * DAY))
    move_matter(actor=cast.desk, matter=matter, move="assign")
    assert (matter.step_due_at, matter.due_at) == (MORNING + 2 * DAY, MORNING + 5 * DAY)


def test_matter_closes_and_is_taken_up_again(cast, lamp):
    matter = lamp()
    move_matter(actor=cast.desk, matter=matter, move="accept", change=Change(due_at=MORNING + DAY))
    move_matter(actor=later(cast.desk, hours=3), matter=matter, move="close")
    assert (matter.phase, matter.closed_at, matter.next_alarm_at) == ("done", MORNING + timedelta(hours=3), None)
    move_matter(actor=later(cast.desk, hours=4), matter=matter, move="reopen")
    assert (matter.phase, matter.closed_at, matter.due_at) == ("open", None, MORNING + DAY)
    assert matter.next_alarm_at is not None


def test_column_that_is_not_the_capabilitys_is_refused(cast, lamp):
    with pytest.raises(ValueError, match="state"):
        move_matter(actor=cast.desk, matter=lamp(), move="accept", change=Change(fields={"state": "CLOSED"}))


def test_matter_is_put_in_another_place(cast, town, lamp):
    matter = lamp()
    tell_matter(actor=cast.desk, matter=matter, telling=Telling("replaced", fields={"place": town.there}))
    matter.refresh_from_db()
    assert (matter.place_id, matter.community_id, matter.building_id) == (town.there.pk, town.there.pk, None)


def test_telling_adds_a_line_and_counts_without_reading(cast, lamp):
    matter = lamp(audience="public")
    telling = Telling("urged", note="三天了", fields={"voices": F("voices") + 1})
    entry = tell_matter(actor=cast.stranger, matter=matter, telling=telling)
    assert (entry.verb, entry.move, entry.note.words) == ("lamp.urged", "", "三天了")
    assert (matter.voices, matter.version) == (2, 0)


def test_telling_is_refused_to_who_may_not_know(cast, lamp):
    with pytest.raises(NotAllowed):
        tell_matter(actor=cast.stranger, matter=lamp(), telling=Telling("urged"))


def test_words_to_search_by_are_changed(cast, lamp):
    matter = lamp(words="看不见")
    index_matter(actor=cast.desk, matter=matter, words="", public_words="楼梯间很黑")
    assert list(search_matters(cast.desk, "楼梯")) == [matter]
    assert not search_matters(cast.desk, "看不见")
    with pytest.raises(NotAllowed):
        index_matter(actor=cast.neighbour, matter=matter, words="")
