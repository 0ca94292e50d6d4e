"""When something is due (B.3.2, DLB-020)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction

from linli.charters.rules.days import (
    OfficeHours,
    WorkingCalendar,
    add_days,
    add_working_days,
    add_working_minutes,
)
from linli.charters.rules.words import Span
from linli.core import times


def next_meeting_day(raised_at: datetime, days: Iterable[int], cutoff_hours: int = 24) -> date:
    """The first fixed day that begins at least ``cutoff_hours`` after ``raised_at`` (DLB-020). Days are 1 to 28."""
    fixed = sorted(days)
    if not fixed or not 1 <= fixed[0] <= fixed[-1] <= 28:
        raise ValueError("meeting days are days of the month from 1 to 28")
    earliest = times.local(raised_at) + timedelta(hours=cutoff_hours)
    first = earliest.date() if earliest == times.moment(earliest.date()) else earliest.date() + timedelta(1)
    for day in fixed:
        if day >= first.day:
            return first.replace(day=day)
    following = first.replace(day=1) + timedelta(32)
    return following.replace(day=fixed[0])


def due_at(
    span: Span | None,
    start: datetime,
    hours: OfficeHours,
    calendar: WorkingCalendar,
    meeting_days: Iterable[int] = (),
    *,
    cutoff_hours: int = 24,
) -> datetime | None:
    """The moment at which ``span`` from ``start`` ends; None where there is none, or a law sets it case by case."""
    match span:
        case Span(amount, "minutes" | "hours" as unit):
            end = start + timedelta(minutes=float(amount * (60 if unit == "hours" else 1)))
        case Span(amount, "working_hours"):
            end = add_working_minutes(start, int(amount * 60), hours, calendar)
        case Span(Fraction() as amount, "working_days"):
            end = add_working_minutes(start, int(amount * hours.minutes), hours, calendar)
        case Span(amount, "working_days"):
            end = add_working_days(start, int(amount), calendar)
        case Span(amount, "days"):
            end = add_days(start, int(amount), calendar)
        case Span(_, "same_day"):
            here = times.local(start)
            is_late = here.time() > hours.same_day_until
            end = here + timedelta(hours=24) if is_late else times.end_of_day(here.date())
        case Span(_, "next_meeting") if meeting_days:
            end = times.end_of_day(next_meeting_day(start, meeting_days, cutoff_hours))
        case _:
            return None
    return end


def resumed_due_at(
    resumed_at: datetime, minutes_left: int, hours: OfficeHours, calendar: WorkingCalendar, *, until_midnight: bool
) -> datetime:
    """The new due moment of what was paused with ``minutes_left`` of office time (SRQ-041).

    ``until_midnight`` for what was due at 24:00 of a day: it is again, at the end of the day where the minutes run out.
    """
    due = add_working_minutes(resumed_at, minutes_left, hours, calendar)
    return times.end_of_day(times.day_of(due)) if until_midnight else due
