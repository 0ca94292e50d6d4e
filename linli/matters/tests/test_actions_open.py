"""Opening matters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from linli.core.errors import NotAllowed
from linli.matters.actions import Follow, Opening, draw_numbers, open_matters
from linli.matters.models import Entry, Matter, Note, SearchText
from linli.matters.rules.numbers import clean_number
from linli.matters.signals import matter_moved
from linli.matters.tests.conftest import MORNING


def test_matter_opens_with_number_story_search_and_follower(town, cast, lamp):
    matter = lamp(
        cast.resident,
        note="五楼的灯",
        words="晚上看不见",
        followers=[Follow(person_id=cast.resident.person_id, role="reporter")],
        figures={"photos": 2},
        step_due_at=MORNING + timedelta(hours=4),
    )
    matter.refresh_from_db()
    assert clean_number(matter.number) == matter.number
    assert (matter.state, matter.phase, matter.opened_at) == ("REPORTED", "open", MORNING)
    assert (matter.community_id, matter.building_id) == (town.here.pk, town.building.pk)
    assert matter.urgent_at == matter.next_alarm_at == matter.step_due_at
    entry = matter.entries.get()
    assert (entry.verb, entry.to_state, entry.station, entry.figures) == (
        "lamp.opened", "REPORTED", "REPORTED", {"photos": 2},
    )  # fmt: skip
    assert entry.note.words == "五楼的灯"
    assert matter.followers.get().role == "reporter"


def test_matter_opens_in_five_inserts(cast, town, django_assert_num_queries):
    opening = Opening(
        kind="lamp", title="灯", place=town.building, note="一句话", words="一句话",
        followers=[Follow(receipt_digest="d")], step_due_at=MORNING + timedelta(hours=4),
    )  # fmt: skip
    with django_assert_num_queries(1):
        numbered = draw_numbers(actor=cast.stranger, openings=[opening])
    with django_assert_num_queries(5 + 2):  # and the savepoint that stands for the transaction
        open_matters(actor=cast.stranger, openings=numbered)


def test_matters_open_many_at_once(cast, town):
    openings = [Opening(kind="lamp", title=f"灯 {no}", place=town.building, note="话") for no in range(300)]
    matters = open_matters(actor=cast.desk, openings=openings)
    assert len({matter.number for matter in matters}) == 300
    assert [model.objects.count() for model in (Matter, Entry, Note, SearchText)] == [300, 300, 300, 300]
    assert matters[-1].number[14:20] == "000300"


def test_matter_of_an_import_is_closed_and_has_no_clock(cast, lamp):
    matter = lamp(
        cast.desk, state="CLOSED", opened_at=MORNING - timedelta(days=400), closed_at=MORNING - timedelta(days=399),
        due_at=MORNING - timedelta(days=398), fields={"on_time": "yes"},
    )  # fmt: skip
    matter.refresh_from_db()
    assert (matter.phase, matter.on_time, matter.next_alarm_at) == ("done", "yes", None)
    assert matter.number[9:13] == "2025"
    assert matter.entries.get().at == matter.opened_at


def test_matter_without_community_is_numbered_by_its_district(cast, town, lamp):
    matter = lamp(cast.clock, place=town.district)
    assert (matter.district_id, matter.community_id) == (town.district.pk, None)
    assert matter.number.startswith(number_prefix("540102000000"))


def number_prefix(code):
    from linli.matters.rules.numbers import short_code

    return short_code(code)


def test_matter_of_a_sealed_kind_tells_nothing_by_its_number(cast, town):
    matter = open_matters(actor=cast.stranger, openings=[Opening(kind="secret", title="家事", place=town.building)])[0]
    assert matter.audience == "sealed"
    assert clean_number(matter.number) == matter.number
    assert len(matter.number) == len("CLMD-8A5Q-RDJA-L")


def test_matter_is_not_opened_by_who_may_not(cast, town):
    from dataclasses import replace

    api = replace(cast.neighbour, channel="api")
    with pytest.raises(NotAllowed):
        open_matters(actor=api, openings=[Opening(kind="lamp", title="灯", place=town.building)])
    assert not Matter.objects.exists()


def test_opening_is_announced_with_its_entry(cast, lamp):
    heard = []
    matter_moved.connect(
        lambda **news: heard.append((news["matter"].uid, news["entry"].uid)), weak=False, dispatch_uid="t"
    )
    matter = lamp()
    matter_moved.disconnect(dispatch_uid="t")
    assert heard == [(matter.uid, matter.entries.get().uid)]


def test_numbers_drawn_leave_a_gap_when_nothing_is_opened(cast, town, lamp):
    opening = Opening(kind="lamp", title="灯", place=town.building)
    draw_numbers(actor=cast.stranger, openings=[opening, opening])
    assert lamp().number[14:20] == "000003"
    assert connection.in_atomic_block
