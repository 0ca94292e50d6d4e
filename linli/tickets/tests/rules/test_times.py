"""The vectors R01-R08 and R11 (DOMAIN B.3.11), and the rules on pausing, returning and reopening."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from linli.charters.rules import Day, WorkingCalendar, next_meeting_day
from linli.charters.rules.profiles import national_charter
from linli.core.times import ZONE
from linli.matters.rules.clocks import due_after, left_of
from linli.tickets.rules import times


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def charter(monkeypatch):
    """The national profile over a table of days of the test's own."""
    from dataclasses import replace

    off = [date(2026, 9, day) for day in (25, 26, 27)] + [date(2026, 10, day) for day in range(1, 8)]
    days = [Day(day, is_work=False) for day in off] + [Day(date(2026, 9, 20), is_work=True)]
    return replace(national_charter(), calendar=WorkingCalendar(days, {2026: "test"}))


def test_due_r01_small_is_due_the_same_day_at_24(charter):
    reported = at("2026-09-22 10:00")
    assert times.finish_due_at("S", reported, reported, charter) == at("2026-09-23 00:00")


def test_due_r02_small_after_six_is_due_in_24_hours(charter):
    reported = at("2026-09-22 19:30")
    assert times.finish_due_at("S", reported, reported, charter) == at("2026-09-23 19:30")


def test_due_small_counts_from_the_report_however_late_it_is_sent(charter):
    reported = at("2026-09-22 10:00")
    assert times.finish_due_at("S", reported, at("2026-09-22 20:00"), charter) == at("2026-09-23 00:00")


def test_due_r03_general_is_due_after_five_working_days(charter):
    dispatched = at("2026-09-24 16:00")
    assert times.finish_due_at("G", at("2026-09-24 15:00"), dispatched, charter) == at("2026-10-10 00:00")


def test_due_r04_a_pause_of_three_working_days_moves_it_by_three(charter):
    due = times.finish_due_at("G", at("2026-09-07 10:00"), at("2026-09-07 10:00"), charter)
    assert due == at("2026-09-15 00:00")
    left = left_of(due, at("2026-09-08 10:00"), charter)
    assert due_after(left, at("2026-09-11 10:00"), charter) == at("2026-09-18 00:00")


@pytest.mark.parametrize("class_code", ["E0", "E1", "U", "S"])
def test_pause_r05_is_refused_for_urgent_and_small(charter, class_code):
    now = at("2026-09-22 10:00")
    assert times.pause_refusal(class_code, now + timedelta(days=2), now, timedelta(0), charter) == "never"


@pytest.mark.parametrize(
    ("days", "paused", "refusal"), [(60, 0, ""), (61, 0, "too_long"), (30, 31, "too_long"), (0, 0, "past")]
)
def test_pause_is_sixty_days_in_all(charter, days, paused, refusal):
    now = at("2026-09-22 10:00")
    assert times.pause_refusal("G", now + timedelta(days=days), now, timedelta(days=paused), charter) == refusal


@pytest.mark.parametrize(
    ("now", "is_named", "refusal"),
    [
        ("2026-09-24 23:59", False, ""),
        ("2026-09-25 00:00", False, ""),
        ("2026-09-28 09:00", False, "too_late"),
        ("2026-09-23 09:00", True, "named"),
    ],
)
def test_return_r06_r07_two_working_days_and_never_once_named(charter, now, is_named, refusal):
    dispatched = at("2026-09-22 10:00")
    assert times.return_refusal(dispatched, at(now), charter, is_named=is_named) == refusal


def test_merge_r08_earliest_due_counts():
    dues = [at(f"2026-09-0{day} 00:00") for day in (7, 5, 6)]
    assert times.merged_due_at([*dues, None]) == at("2026-09-05 00:00")
    assert times.merged_due_at([None]) is None


def test_meeting_r11_less_than_24_hours_before_is_the_next_one():
    assert next_meeting_day(at("2026-05-04 18:00"), (5, 15, 25), 24) == date(2026, 5, 15)


def test_rework_has_half_the_time_of_its_class(charter):
    now = at("2026-09-07 09:00")
    assert times.rework_due_at("U", now, charter) == now + timedelta(hours=12)
    assert times.rework_due_at("G", now, charter) < times.finish_due_at("G", now, now, charter)


def test_reopening_ends_after_fifteen_days(charter):
    closed = at("2026-09-01 10:00")
    assert times.may_still_reopen(closed, at("2026-09-16 23:00"), charter)
    assert not times.may_still_reopen(closed, at("2026-09-17 09:00"), charter)


def test_extension_is_given_as_often_as_the_class_allows(charter):
    due = at("2026-09-15 00:00")
    assert times.extension_limit("G", due, 0, charter) > due
    assert times.extension_limit("G", due, 1, charter) is None
    assert times.extension_limit("S", due, 0, charter) is None


def test_reminders_to_rate_come_after_24_and_72_hours():
    asked = datetime(2026, 9, 22, tzinfo=UTC)
    hours = {hour: times.reminders_over(asked, asked + timedelta(hours=hour)) for hour in (23, 24, 71, 72, 200)}
    assert hours == {23: 0, 24: 1, 71: 1, 72: 2, 200: 2}


def test_question_waits_five_working_days(charter):
    assert times.answer_until(at("2026-09-07 10:00"), charter) == at("2026-09-15 00:00")


def test_unknown_class_has_no_extension(charter):
    assert times.extension_limit("?", at("2026-09-15 00:00"), 0, SimpleNamespace(classes={})) is None


def test_net_and_gross_are_minutes():
    start = datetime(2026, 9, 22, 2, tzinfo=UTC)
    assert times.net_and_gross(start, start + timedelta(hours=3), 60) == (120, 180)
