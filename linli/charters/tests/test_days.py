from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.charters.rules import (
    Day,
    DayKind,
    OfficeHours,
    WorkingCalendar,
    add_days,
    add_working_days,
    add_working_minutes,
    official_calendar,
    resumed_due_at,
    working_days_between,
    working_minutes_between,
)
from linli.charters.rules.official import BadTable, read_days
from linli.core.times import ZONE, day_of

CALENDAR = official_calendar()
HOURS = OfficeHours()
moments = st.datetimes(datetime(2018, 1, 1), datetime(2026, 9, 1)).map(lambda at: at.replace(tzinfo=ZONE))
minutes = st.integers(1, 50_000)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


@pytest.mark.parametrize("year", range(2018, 2027))
def test_calendar_agrees_with_the_oracle_on_every_day(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(1)


def test_calendar_knows_which_years_are_official():
    assert CALENDAR.is_official(2026)
    assert not CALENDAR.is_official(2027)


def test_calendar_names_the_kinds_of_days():
    kinds = [CALENDAR.kind_of(date(2026, 2, day)) for day in (13, 14, 15, 8)]
    assert kinds == [DayKind.WORKDAY, DayKind.MAKEUP, DayKind.HOLIDAY, DayKind.WEEKEND]
    assert CALENDAR.name_of(date(2026, 2, 17)) == "春节"


def test_calendar_without_data_is_monday_to_friday():
    bare = WorkingCalendar([], {})
    for number in range(14):
        day = date(2031, 3, 3) + timedelta(number)
        assert bare.is_working(day) == (day.weekday() < 5)


def test_calendar_refuses_days_beyond_its_end():
    with pytest.raises(ValueError, match="1992"):
        CALENDAR.is_working(date(2080, 1, 1))


@given(moments, minutes)
def test_minutes_between_gives_back_what_was_added(start, amount):
    assert (
        working_minutes_between(start, add_working_minutes(start, amount, HOURS, CALENDAR), HOURS, CALENDAR) == amount
    )


@given(moments, minutes, minutes)
def test_added_minutes_are_monotonic_and_add_up(start, one, two):
    first = add_working_minutes(start, one, HOURS, CALENDAR)
    both = add_working_minutes(start, one + two, HOURS, CALENDAR)
    assert first < both
    assert add_working_minutes(first, two, HOURS, CALENDAR) == both


@given(moments, minutes)
def test_added_minutes_end_in_office_hours_of_a_working_day(start, amount):
    end = add_working_minutes(start, amount, HOURS, CALENDAR)
    assert CALENDAR.is_working(end.date())
    assert time(9) < end.time() <= time(12, 30) or time(14) < end.time() <= time(18)


@given(moments, moments)
def test_minutes_between_turns_its_sign(start, end):
    there = working_minutes_between(start, end, HOURS, CALENDAR)
    assert there == -working_minutes_between(end, start, HOURS, CALENDAR)
    assert (there > 0) <= (end > start)


@given(moments, st.integers(1, 200))
def test_working_days_between_gives_back_what_was_added(start, amount):
    end = add_working_days(start, amount, CALENDAR)
    assert working_days_between(start, end, CALENDAR) == amount
    assert CALENDAR.is_working(day_of(end - timedelta(seconds=1)))
    assert end <= add_working_days(start + timedelta(minutes=1), amount, CALENDAR)


def test_minutes_cross_lunch_night_and_makeup_days():
    add = lambda start, amount: add_working_minutes(at(start), amount, HOURS, CALENDAR)  # noqa: E731
    assert add("2026-11-20T12:00", 60) == at("2026-11-20T14:30")
    assert add("2026-11-20T17:30", 60) == at("2026-11-23T09:30")
    assert add("2026-02-13T17:30", 60) == at("2026-02-14T09:30")
    assert add("2026-11-20T09:00", 450) == at("2026-11-20T18:00")
    assert add("2026-11-20T09:00", 0) == at("2026-11-20T09:00")


def test_working_days_from_midnight_count_the_day_that_begins():
    friday_24 = at("2026-11-21T00:00")
    assert add_working_days(friday_24, 1, CALENDAR) == at("2026-11-24T00:00")
    assert add_working_days(at("2026-11-23T00:00"), 1, CALENDAR) == at("2026-11-24T00:00")


def test_days_end_on_a_working_day():
    assert add_days(at("2026-09-24T16:00"), 7, CALENDAR) == at("2026-10-09T00:00")
    assert add_days(at("2026-09-21T16:00"), 2, CALENDAR) == at("2026-09-24T00:00")


def test_regional_days_off_move_the_deadline_of_that_region():
    off = [Day(date(2026, 2, day), False, "藏历新年") for day in range(15, 27)]
    region = WorkingCalendar([*CALENDAR.days.values(), *off], CALENDAR.official_years)
    dispatched = at("2026-02-14T10:00")
    assert add_working_days(dispatched, 5, region) == at("2026-03-05T00:00")
    assert add_working_days(dispatched, 5, CALENDAR) == at("2026-03-01T00:00")


def test_pause_of_three_working_days_moves_the_due_day_by_three():  # R04
    due = add_working_days(at("2026-11-09T10:00"), 5, CALENDAR)
    left = working_minutes_between(at("2026-11-10T11:00"), due, HOURS, CALENDAR)
    resumed = resumed_due_at(at("2026-11-13T11:00"), left, HOURS, CALENDAR, until_midnight=True)
    assert working_days_between(due, resumed, CALENDAR) == 3


@pytest.mark.parametrize(
    "text", ["[2027]\nrest=['2-1']", "[x]\n", "[2027]\nfree=[]", "a=", "[2027]\nrest=['02-03/02-01']"]
)
def test_table_with_a_fault_is_refused(text):
    with pytest.raises(BadTable):
        read_days(text)
