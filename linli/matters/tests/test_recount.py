"""When the calendar changes, clocks in working time follow; none is shortened into the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.charters.actions import change_calendar
from linli.charters.queries import charter_of
from linli.core.errors import NotAllowed
from linli.core.times import moment
from linli.matters.actions import Change, mark_recount, move_matter, pause_matter, recount_clocks
from linli.matters.clock import tick_calendar
from linli.matters.tests.conftest import HEARD, MORNING, later

NEXT_MONDAY_NIGHT = moment(date(2026, 11, 24))
DAYS_OFF = '[2026]\nrest = ["11-18/11-19 雪顿节补假"]\n'


@pytest.fixture
def running(cast, town, lamp):
    """Class G, dispatched on Monday at ten: five working days; the step is two working hours of Wednesday."""
    matter = lamp()
    charter = charter_of(town.here.pk)
    change = Change(
        due_at=charter.finish_due_at("G", MORNING), fields={"class_code": "G"}, charter=charter,
        step_due_at=moment(date(2026, 11, 18), MORNING.time()), is_step_working=True,
    )  # fmt: skip
    move_matter(actor=cast.desk, matter=matter, move="accept", change=change)
    assert matter.due_at == NEXT_MONDAY_NIGHT
    return matter


def test_days_off_move_both_clocks_and_the_story_tells_it(cast, town, running):
    change_calendar(actor=cast.clock, text=DAYS_OFF, layer="540102")
    HEARD.clear()
    assert tick_calendar(later(cast.clock, hours=1).now) == 1
    running.refresh_from_db()
    assert running.due_at == NEXT_MONDAY_NIGHT + timedelta(days=2)
    assert running.step_due_at == moment(date(2026, 11, 20), MORNING.time())
    entry = running.entries.order_by("id").last()
    assert (entry.verb, set(entry.figures)) == ("matter.recounted", {"step_due_at", "due_at"})
    assert [(running.uid, 3)] == HEARD


def test_counting_twice_is_counting_once(cast, town, running):
    change_calendar(actor=cast.clock, text=DAYS_OFF, layer="540102")
    assert tick_calendar(MORNING) == 1
    mark_recount(actor=cast.clock, change_id=0, matter_id=0)
    running.refresh_from_db()
    before = running.due_at
    assert tick_calendar(MORNING) == 0
    assert tick_calendar(MORNING) == 0
    running.refresh_from_db()
    assert running.due_at == before
    assert running.entries.filter(verb="matter.recounted").count() == 1


def test_days_off_elsewhere_move_nothing(cast, town, running):
    change_calendar(actor=cast.clock, text=DAYS_OFF, layer="350881")
    assert tick_calendar(MORNING) == 0
    running.refresh_from_db()
    assert running.due_at == NEXT_MONDAY_NIGHT


def test_day_that_becomes_worked_shortens_but_never_into_the_past(cast, town, running):
    change_calendar(actor=cast.clock, text='[2026]\nwork = ["11-21", "11-22"]\n', layer="540102")
    sunday = later(cast.clock, days=6, hours=2)
    tick_calendar(sunday.now)
    running.refresh_from_db()
    assert running.due_at == moment(date(2026, 11, 23))  # counted to Saturday's end; today is Sunday


def test_clock_that_runs_through_stays(cast, town, lamp):
    matter = lamp(step_due_at=moment(date(2026, 11, 18), MORNING.time()))
    change_calendar(actor=cast.clock, text=DAYS_OFF, layer="540102")
    assert tick_calendar(MORNING) == 0
    matter.refresh_from_db()
    assert matter.step_due_at == moment(date(2026, 11, 18), MORNING.time())


def test_paused_matter_keeps_its_minutes(cast, town, running):
    pause_matter(actor=cast.desk, matter=running, reason="need_info", until=None)
    change_calendar(actor=cast.clock, text=DAYS_OFF, layer="540102")
    assert tick_calendar(MORNING) == 0
    running.refresh_from_db()
    assert running.step_minutes is not None
    assert running.case_left_minutes


def test_counting_anew_is_the_clock_s(cast, running):
    with pytest.raises(NotAllowed):
        recount_clocks(actor=cast.desk, matter=running)
    with pytest.raises(NotAllowed):
        mark_recount(actor=cast.desk, change_id=1, matter_id=1)
