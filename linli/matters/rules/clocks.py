"""The two clocks of a matter: when their alarms sound, what a pause keeps, what is urgent. Times are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from linli.charters.rules import add_working_days, add_working_minutes, resumed_due_at, working_minutes_between
from linli.core.flow import Phase
from linli.core.times import day_of, end_of_day, local
from linli.matters.states import Level

if TYPE_CHECKING:
    from linli.charters.rules import Charter

FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for "no clock runs" where rows are ordered by urgency."""
SUPERVISION_DAYS = 5


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the alarms of a matter depend on. ``is_resting``: the case clock does not warn in this state."""

    phase: str
    is_resting: bool = False
    step_due_at: datetime | None = None
    is_step_told: bool = False
    due_from_at: datetime | None = None
    due_at: datetime | None = None
    alarm_no: int = 0
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What a pause keeps of a clock: working minutes, and whether it ended with a day."""

    minutes: int
    is_by_day: bool


def urgent_at(step_due_at: datetime | None, due_at: datetime | None) -> datetime:
    """The moment by which a matter stands in the list of what is urgent."""
    return min(step_due_at or FAR, due_at or FAR)


def part_of_time(share: int, start: datetime, due: datetime, charter: Charter) -> datetime:
    """The moment at which ``share`` percent of the time from ``start`` to ``due`` is over.

    Spans of more than a day count working minutes, so that nobody is reminded of a holiday; shorter ones count
    every minute, for these are the urgent ones.
    """
    if share >= 100 or due <= start:
        return due
    if due - start > timedelta(days=1):
        minutes = working_minutes_between(start, due, charter.hours, charter.calendar)
        if minutes:
            return min(due, add_working_minutes(start, minutes * share // 100, charter.hours, charter.calendar))
    return start + (due - start) * share / 100


def alarms(clocks: Clocks, reminders: tuple[int, ...], charter: Charter | None) -> list[tuple[datetime, Level]]:
    """The alarms still to sound, earliest first.

    A paused matter waits for its resumption alone. What waits for a check or an answer is not late by the case clock
    (SRQ-010). ``charter`` may be left out where no case clock runs.
    """
    if clocks.phase == Phase.DONE:
        return []
    if clocks.paused_until:
        return [(clocks.paused_until, Level.RESUMED)]
    found = [] if clocks.is_step_told or not clocks.step_due_at else [(clocks.step_due_at, Level.STEP)]
    if clocks.due_at and not clocks.is_resting and charter:
        start = clocks.due_from_at or clocks.due_at
        found += [
            (part_of_time(share, start, clocks.due_at, charter), Level(share))
            for share in reminders
            if share > clocks.alarm_no
        ]
        if clocks.alarm_no < Level.SUPERVISION:
            found.append((add_working_days(clocks.due_at, SUPERVISION_DAYS, charter.calendar), Level.SUPERVISION))
    return sorted(found)


def next_alarm(clocks: Clocks, reminders: tuple[int, ...], charter: Charter | None) -> datetime | None:
    """When the next alarm sounds."""
    found = alarms(clocks, reminders, charter)
    return found[0][0] if found else None


def sounding(found: list[tuple[datetime, Level]], now: datetime) -> list[Level]:
    """The alarms that sound now. Of several shares of the case clock that are over, only the greatest speaks."""
    over = [level for at, level in found if at <= now]
    shares = [level for level in over if level >= Level.HALF]
    return [level for level in over if level < Level.HALF] + ([max(shares)] if shares else [])


def alarm_no_after(
    clocks: Clocks, due_at: datetime, reminders: tuple[int, ...], charter: Charter, now: datetime
) -> int:
    """The alarms that count as sounded once the case clock ends at ``due_at`` instead.

    A later end lets them sound again; an earlier one silences none.
    """
    start = clocks.due_from_at or due_at
    over = [share for share in reminders if part_of_time(share, start, due_at, charter) <= now]
    return min(clocks.alarm_no, max(over, default=0))


def ends_with_day(due: datetime) -> bool:
    """Whether a clock ends at 24:00."""
    return local(due).time() == time(0, 0)


def left_of(due: datetime | None, now: datetime, charter: Charter) -> Left | None:
    """What is left of a clock at ``now``; an overdue one has nothing left."""
    if due is None:
        return None
    minutes = working_minutes_between(now, due, charter.hours, charter.calendar) if due > now else 0
    return Left(minutes, is_by_day=ends_with_day(due))


def due_after(left: Left | None, now: datetime, charter: Charter) -> datetime | None:
    """When a clock that was paused ends, now that it runs again."""
    if left is None:
        return None
    if not left.minutes:
        return now
    return resumed_due_at(now, left.minutes, charter.hours, charter.calendar, until_midnight=left.is_by_day)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes by the wall clock."""
    return max(0, int((end - start).total_seconds() // 60))


def recounted(due: datetime, start: datetime, minutes: int, now: datetime, charter: Charter) -> datetime:
    """The end of a clock of ``minutes`` from ``start`` under the calendar as it is now.

    What was not over is not made so: an end that would have passed becomes the end of today.
    """
    counted = resumed_due_at(start, minutes, charter.hours, charter.calendar, until_midnight=ends_with_day(due))
    return counted if counted > now or due <= now else end_of_day(day_of(now))


def urgency(urgent_at: datetime, phase: str, now: datetime) -> str:
    """The heading under which a matter stands in my day: late, today, later, or waiting for others."""
    if phase == Phase.WAITING and urgent_at > now:
        return "waiting"
    if urgent_at <= now:
        return "late"
    return "today" if urgent_at <= end_of_day(day_of(now)) else "later"
