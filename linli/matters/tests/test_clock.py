"""The tick: each alarm once, however many ticks there are and whatever a single row does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.core.errors import NotAllowed
from linli.core.times import moment
from linli.matters.actions import Change, defer_alarm, move_matter, pause_matter, sound_alarm
from linli.matters.clock import tick_matters
from linli.matters.models import Entry
from linli.matters.states import KINDS
from linli.matters.tests.conftest import HEARD, LAMP, MORNING

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def due(cast, lamp):
    """Accepted on Monday at ten, due on Friday at 24:00: five days less an hour of office time."""
    matter = lamp()
    move_matter(actor=cast.desk, matter=matter, move="accept", change=Change(due_at=moment((MORNING + 5 * DAY).date())))
    return matter


def heard(at):
    """What the capability hears when the tick comes by at ``at``."""
    HEARD.clear()
    tick_matters(at)
    return [level for _uid, level in HEARD]


def test_alarms_sound_at_half_most_and_the_end_and_five_days_later(due):
    assert heard(MORNING + DAY) == []
    assert heard(MORNING + 2 * DAY + 6 * HOUR) == [50]
    assert heard(MORNING + 2 * DAY + 7 * HOUR) == []
    assert heard(MORNING + 4 * DAY) == [80]
    assert heard(MORNING + 5 * DAY) == [100]
    assert heard(MORNING + 11 * DAY) == []
    assert heard(MORNING + 12 * DAY) == [200]
    assert heard(MORNING + 90 * DAY) == []
    told = Entry.objects.filter(matter=due, verb="matter.reminded").order_by("id")
    assert [(entry.figures["level"], entry.audience) for entry in told] == [
        (50, "staff"), (80, "staff"), (100, "staff"), (200, "staff"),
    ]  # fmt: skip


def test_alarms_that_were_slept_through_speak_once(due):
    assert heard(MORNING + 6 * DAY) == [100]


def test_step_s_end_sounds_once(cast, lamp):
    lamp(step_due_at=MORNING + HOUR)
    assert heard(MORNING + HOUR) == [1]
    assert heard(MORNING + 2 * HOUR) == []


def test_longer_term_lets_the_alarms_sound_again(cast, due):
    assert heard(MORNING + 4 * DAY + HOUR) == [80]
    actor = cast.desk.at(MORNING + 4 * DAY + HOUR)
    due.refresh_from_db()
    move_matter(actor=actor, matter=due, move="assign", change=Change(due_at=moment((MORNING + 19 * DAY).date())))
    assert due.alarm_no == 0
    assert heard(MORNING + 5 * DAY) == []
    assert heard(MORNING + 10 * DAY) == [50]


def test_work_reported_done_is_not_late(cast, due):
    move_matter(actor=cast.desk, matter=due, move="resolve")
    assert due.next_alarm_at is None
    assert heard(MORNING + 30 * DAY) == []
    move_matter(actor=cast.desk.at(MORNING + 30 * DAY), matter=due, move="rework")
    assert heard(MORNING + 30 * DAY) == [200]


def test_pause_ends_by_itself(cast, due):
    pause_matter(actor=cast.desk, matter=due, reason="need_info", until=MORNING + DAY)
    assert heard(MORNING + 23 * HOUR) == []
    assert heard(MORNING + DAY) == [2]
    due.refresh_from_db()
    assert (due.state, due.due_at) == ("ACCEPTED", moment((MORNING + 8 * DAY).date()))
    assert due.entries.order_by("id").last().move == "resume"


def test_bad_row_is_put_off_and_stops_no_other(cast, lamp, monkeypatch, caplog):
    bad, good = lamp(step_due_at=MORNING + HOUR), lamp(step_due_at=MORNING + 2 * HOUR)

    def fail(matter, level, actor):
        HEARD.append((matter.uid, int(level)))
        if matter.pk == bad.pk:
            raise RuntimeError("out of paper")

    monkeypatch.setitem(KINDS._records, "lamp", replace(LAMP, on_alarm=fail))
    tick_matters(MORNING + 3 * HOUR)
    assert [uid for uid, _level in HEARD] == [bad.uid, good.uid]
    bad.refresh_from_db()
    assert (bad.is_step_told, bad.next_alarm_at) == (False, MORNING + 3 * HOUR + timedelta(minutes=15))
    assert bad.entries.count() == 1
    assert "out of paper" in caplog.text
    monkeypatch.setitem(KINDS._records, "lamp", LAMP)
    assert heard(MORNING + 4 * HOUR) == [1]


def test_alarms_are_the_clock_s(cast, due):
    with pytest.raises(NotAllowed):
        sound_alarm(actor=cast.desk, matter=due)
    with pytest.raises(NotAllowed):
        defer_alarm(actor=cast.desk, matter=due)
