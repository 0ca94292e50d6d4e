"""The working calendar and office hours: which days are worked, and how working time is counted (GEN-003, GEN-004).

A calendar is unrolled once into flat arrays; every count after that is two look-ups, whatever the distance.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from linli.core import times

FIRST_DAY, LAST_DAY = date(1992, 1, 1), date(2079, 12, 31)
_BASE = FIRST_DAY.toordinal()
_MINUTE = 60_000_000
_TICK = timedelta(microseconds=1)


class DayKind(StrEnum):
    """What a day is in the calendar."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from its weekday: off (``is_work`` False) or worked, and why, in the announcement's words."""

    on: date
    is_work: bool
    name: str = ""
    source: str = ""


class WorkingCalendar:
    """Which days are worked from 1992 to 2079: Monday to Friday, changed by the announced days."""

    def __init__(self, days: Iterable[Day], official_years: Mapping[int, str]) -> None:
        self.days = {day.on: day for day in days}
        self.official_years = dict(official_years)
        length = LAST_DAY.toordinal() - _BASE + 1
        flags = bytearray((_BASE + number - 1) % 7 < 5 for number in range(length))
        for on, day in self.days.items():
            if FIRST_DAY <= on <= LAST_DAY:
                flags[on.toordinal() - _BASE] = day.is_work
        self._flags = bytes(flags)
        self._worked = array("i", (number for number, flag in enumerate(flags) if flag))
        self._before = array("i", [0])
        total = 0
        for flag in flags:
            total += flag
            self._before.append(total)

    def _number(self, day: date) -> int:
        """The day's place in the arrays. Raises `ValueError` outside 1992-2079."""
        number = day.toordinal() - _BASE
        if not 0 <= number < len(self._flags):
            raise ValueError(f"the working calendar goes from {FIRST_DAY} to {LAST_DAY}, not to {day}")
        return number

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is worked."""
        return bool(self._flags[self._number(day)])

    def is_official(self, year: int) -> bool:
        """Whether the days off of ``year`` have been announced; else only Monday to Friday is known."""
        return year in self.official_years

    def kind_of(self, day: date) -> DayKind:
        """What ``day`` is."""
        known = self.days.get(day)
        if known is None:
            return DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND
        return DayKind.MAKEUP if known.is_work else DayKind.HOLIDAY

    def name_of(self, day: date) -> str:
        """Why ``day`` is off or worked, as announced; "" for an ordinary day."""
        known = self.days.get(day)
        return known.name if known else ""

    def working_days_before(self, day: date) -> int:
        """How many working days lie before ``day``, counted from the calendar's first."""
        return self._before[self._number(day)]

    def nth_working_day_from(self, day: date, nth: int) -> date:
        """The ``nth`` working day (1 = the first) on or after ``day``. Raises `ValueError` beyond the end."""
        index = self.working_days_before(day) + nth - 1
        if not 0 <= index < len(self._worked):
            raise ValueError(f"the working calendar ends on {LAST_DAY}")
        return date.fromordinal(_BASE + self._worked[index])


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When the office works on a working day, and until when "the same day" can still be promised (B.3.2, class S)."""

    spans: tuple[tuple[time, time], ...] = ((time(9), time(12, 30)), (time(14), time(18)))
    same_day_until: time = time(18)
    micros: int = field(init=False)

    def __post_init__(self) -> None:
        total = sum(_minutes(end) - _minutes(start) for start, end in self.spans)
        object.__setattr__(self, "micros", total * _MINUTE)

    @property
    def minutes(self) -> int:
        """Working minutes of one working day."""
        return self.micros // _MINUTE

    def worked_until(self, micros: int) -> int:
        """Office microseconds gone by ``micros`` after midnight."""
        gone = 0
        for start, end in self.spans:
            gone += min(max(micros - _minutes(start) * _MINUTE, 0), (_minutes(end) - _minutes(start)) * _MINUTE)
        return gone

    def moment_after(self, worked: int) -> int:
        """Microseconds after midnight at which ``worked`` office microseconds (1 to `micros`) are full."""
        for start, end in self.spans:
            length = (_minutes(end) - _minutes(start)) * _MINUTE
            if worked <= length:
                return _minutes(start) * _MINUTE + worked
            worked -= length
        raise ValueError("more than one day's work")


def _position(at: datetime, hours: OfficeHours, calendar: WorkingCalendar) -> int:
    """Office microseconds from the calendar's first day until ``at``."""
    here = times.local(at)
    day = here.date()
    worked = calendar.working_days_before(day) * hours.micros
    if calendar.is_working(day):
        seconds = here.hour * 3600 + here.minute * 60 + here.second
        worked += hours.worked_until(seconds * 1_000_000 + here.microsecond)
    return worked


def add_working_minutes(start: datetime, minutes: int, hours: OfficeHours, calendar: WorkingCalendar) -> datetime:
    """The moment when ``minutes`` of office time have passed since ``start``; ``start`` itself for none."""
    if minutes <= 0:
        return start
    target = _position(start, hours, calendar) + minutes * _MINUTE
    full_days, rest = divmod(target - 1, hours.micros)
    day = calendar.nth_working_day_from(FIRST_DAY, full_days + 1)
    return times.moment(day) + timedelta(microseconds=hours.moment_after(rest + 1))


def working_minutes_between(start: datetime, end: datetime, hours: OfficeHours, calendar: WorkingCalendar) -> int:
    """Whole minutes of office time from ``start`` to ``end``; negative where ``end`` lies before ``start``."""
    micros = _position(end, hours, calendar) - _position(start, hours, calendar)
    return micros // _MINUTE if micros >= 0 else -(-micros // _MINUTE)


def is_office_time(at: datetime, hours: OfficeHours, calendar: WorkingCalendar) -> bool:
    """Whether the office works at a moment."""
    here = times.local(at)
    is_within = any(start <= here.time() < end for start, end in hours.spans)
    return is_within and calendar.is_working(here.date())


def starting_day(start: datetime) -> date:
    """The day that a period begins on and does not count (GEN-003); 0:00 is the 24:00 of the day that ends."""
    return times.day_of(start - _TICK)


def add_working_days(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """24:00 of the ``days``-th working day after the day of ``start``, which is not counted (GEN-003)."""
    if days <= 0:
        return start
    return times.end_of_day(calendar.nth_working_day_from(starting_day(start) + timedelta(1), days))


def add_days(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """24:00 of the ``days``-th day after that of ``start``, moved on to a working day (Civil Code art. 201, 203)."""
    if days <= 0:
        return start
    return times.end_of_day(calendar.nth_working_day_from(starting_day(start) + timedelta(days), 1))


def working_days_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """Working days after the day of ``start`` up to and with the day of ``end``; 0 where ``end`` is not later."""
    first, last = starting_day(start) + timedelta(1), starting_day(end) + timedelta(1)
    return max(calendar.working_days_before(last) - calendar.working_days_before(first), 0)
