"""A year of the working calendar as one looks at it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from linli.charters.rules.days import DayKind, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off that follow one another under one name."""

    name: str
    first: date
    last: date
    days: int


def holidays_of(year: int, calendar: WorkingCalendar) -> list[Holiday]:
    """The announced days off of ``year``, each stretch once."""
    off = sorted(day.on for day in calendar.days.values() if day.on.year == year and not day.is_work)
    found = []
    numbered = enumerate(off)
    for _, run in groupby(numbered, key=lambda pair: (pair[1] - timedelta(pair[0]), calendar.name_of(pair[1]))):
        days = [day for _, day in run]
        found.append(Holiday(calendar.name_of(days[0]), days[0], days[-1], len(days)))
    return found


def makeup_days_of(year: int, calendar: WorkingCalendar) -> list[date]:
    """The weekend days of ``year`` that are worked."""
    return sorted(day.on for day in calendar.days.values() if day.on.year == year and day.is_work)


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks of days (None outside the month), and how many days are worked."""

    number: int
    weeks: list[list[tuple[int, DayKind] | None]]
    worked: int


def months_of(year: int, calendar: WorkingCalendar) -> Iterator[Month]:
    """The twelve months of ``year``, weeks from Monday."""
    for number in range(1, 13):
        weeks = [
            [(day.day, calendar.kind_of(day)) if day.month == number else None for day in week]
            for week in Calendar().monthdatescalendar(year, number)
        ]
        kinds = [cell[1] for week in weeks for cell in week if cell]
        worked = sum(kind in {DayKind.WORKDAY, DayKind.MAKEUP} for kind in kinds)
        yield Month(number, weeks, worked)
