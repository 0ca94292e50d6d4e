"""Pausing keeps what was left of both clocks, and gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.core.errors import LostRace, NotAllowed, WrongState
from linli.core.times import moment
from linli.matters.actions import Change, move_matter, pause_matter, resume_matter
from linli.matters.models import Matter
from linli.matters.tests.conftest import MORNING, later

DAY = timedelta(days=1)
FRIDAY_NIGHT = moment((MORNING + 5 * DAY).date())


@pytest.fixture
def running(cast, lamp):
    """Accepted on Monday at ten, step due at eleven, case due on Friday at 24:00."""
    matter = lamp()
    change = Change(step_due_at=MORNING + timedelta(hours=1), due_at=FRIDAY_NIGHT)
    move_matter(actor=cast.desk, matter=matter, move="accept", change=change)
    return matter


def test_pause_empties_the_clocks_and_keeps_what_is_left(cast, running):
    until = MORNING + 3 * DAY
    pause_matter(actor=later(cast.desk, minutes=20), matter=running, reason="third_party_works", until=until)
    stored = Matter.objects.get()
    assert (stored.state, stored.phase, stored.paused_reason) == ("PAUSED", "waiting", "third_party_works")
    assert (stored.step_due_at, stored.due_at, stored.next_alarm_at) == (None, None, until)
    assert (stored.step_left_minutes, stored.is_step_by_day) == (40, False)
    assert (stored.case_left_minutes, stored.is_case_by_day) == (4 * 450 + 430 - 20 - 40, True)


def test_resume_after_three_working_days_moves_the_end_by_three(cast, running):
    pause_matter(actor=cast.desk, matter=running, reason="season_weather", until=None)
    resume_matter(actor=later(cast.desk, days=3), matter=running)
    stored = Matter.objects.get()
    assert (stored.state, stored.phase, stored.paused_at) == ("ACCEPTED", "open", None)
    assert stored.due_at == FRIDAY_NIGHT + 5 * DAY  # Wednesday: a weekend lies between
    assert stored.step_due_at == MORNING + 3 * DAY + timedelta(hours=1)
    assert (stored.paused_minutes, stored.paused_working_minutes) == (3 * 24 * 60, 3 * 450)
    assert stored.next_alarm_at == stored.step_due_at


def test_resume_of_what_was_overdue_leaves_nothing(cast, running):
    pause_matter(actor=later(cast.desk, days=6), matter=running, reason="legal_procedure", until=None)
    resume_matter(actor=later(cast.desk, days=8), matter=running)
    assert running.due_at == MORNING + 8 * DAY


def test_pause_is_told_with_its_reason(cast, running):
    entry = pause_matter(actor=cast.desk, matter=running, reason="need_info", until=MORNING + DAY, note="等您回话")
    assert entry.figures == {"reason": "need_info", "until": (MORNING + DAY).isoformat()}
    assert (entry.move, entry.note.words, entry.note_audience) == ("pause", "等您回话", "parties")


def test_pause_is_refused(cast, running):
    with pytest.raises(NotAllowed):
        pause_matter(actor=cast.neighbour, matter=running, reason="need_info", until=None)
    with pytest.raises(WrongState):
        pause_matter(actor=cast.desk, matter=running, reason="need_info", until=MORNING - DAY)
    with pytest.raises(NotAllowed):
        resume_matter(actor=cast.neighbour, matter=running)
    with pytest.raises(WrongState):
        resume_matter(actor=cast.desk, matter=running)
    move_matter(actor=cast.desk, matter=running, move="close")
    with pytest.raises(WrongState):
        pause_matter(actor=cast.desk, matter=running, reason="need_info", until=None)


def test_pause_of_two_at_once_is_lost_by_the_second(cast, running):
    other = Matter.objects.get(pk=running.pk)
    pause_matter(actor=cast.desk, matter=running, reason="need_info", until=None)
    with pytest.raises(LostRace):
        pause_matter(actor=cast.desk, matter=other, reason="need_info", until=None)
    twin = Matter.objects.get(pk=running.pk)
    resume_matter(actor=cast.desk, matter=running)
    with pytest.raises(LostRace):
        resume_matter(actor=cast.desk, matter=twin)
