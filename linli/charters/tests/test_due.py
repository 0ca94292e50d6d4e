from datetime import date, datetime
from fractions import Fraction

import pytest

from linli.charters.rules import OfficeHours, Span, WorkingCalendar, due_at, next_meeting_day, official_calendar
from linli.charters.rules.official import read_days
from linli.core.times import ZONE

FIVES = (5, 15, 25)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def due(span: Span | None, start: str) -> datetime | None:
    return due_at(span, at(start), OfficeHours(), official_calendar(), FIVES)


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (Span(0, "same_day"), "2026-11-17T10:00", "2026-11-18T00:00"),  # R01
        (Span(0, "same_day"), "2026-11-17T18:00", "2026-11-18T00:00"),
        (Span(0, "same_day"), "2026-11-17T19:30", "2026-11-18T19:30"),  # R02
        (Span(5, "working_days"), "2026-09-24T16:00", "2026-10-10T00:00"),  # R03
        (Span(Fraction(1, 2), "working_days"), "2026-11-20T16:00", "2026-11-23T10:45"),
        (Span(4, "working_hours"), "2026-11-20T16:00", "2026-11-23T11:00"),
        (Span(30, "minutes"), "2026-11-21T23:50", "2026-11-22T00:20"),
        (Span(24, "hours"), "2026-11-21T10:00", "2026-11-22T10:00"),
        (Span(15, "days"), "2026-11-01T10:00", "2026-11-17T00:00"),
        (Span(0, "next_meeting"), "2026-05-04T18:00", "2026-05-16T00:00"),  # R11
    ],
)
def test_due_at(span, start, end):
    assert due(span, start) == at(end)


def test_general_matter_is_due_later_where_the_region_keeps_the_tibetan_new_year():
    """Dispatched on 14 February 2026, a make-up working day: the country's calendar, and a region's layer upon it."""
    nation = official_calendar()
    region = read_days('[2026]\nrest = ["02-15/02-26 藏历新年"]')
    layered = WorkingCalendar(
        [*{**nation.days, **{day.on: day for day in region.days}}.values()], nation.official_years
    )
    five, start = Span(5, "working_days"), at("2026-02-14T10:00")
    assert due_at(five, start, OfficeHours(), nation) == at("2026-03-01T00:00")
    assert due_at(five, start, OfficeHours(), layered) == at("2026-03-05T00:00")


@pytest.mark.parametrize("span", [None, Span(0, "by_law")])
def test_due_at_is_open_where_a_law_says_it(span):
    assert due(span, "2026-11-17T10:00") is None


@pytest.mark.parametrize(
    ("raised", "day"),
    [
        ("2026-05-04T18:00", date(2026, 5, 15)),  # R11
        ("2026-05-04T00:00", date(2026, 5, 5)),
        ("2026-05-03T23:59", date(2026, 5, 5)),
        ("2026-12-24T00:01", date(2027, 1, 5)),
    ],
)
def test_next_meeting_day(raised, day):
    assert next_meeting_day(at(raised), FIVES) == day


def test_next_meeting_day_refuses_days_that_some_months_lack():
    with pytest.raises(ValueError, match="28"):
        next_meeting_day(at("2026-05-04T18:00"), (31,))
