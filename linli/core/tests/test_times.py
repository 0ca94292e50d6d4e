"""Moments are stored in UTC and said in the time of Beijing."""

from datetime import UTC, date, datetime

import pytest

from linli.core import times


def test_day_turns_at_beijings_midnight():
    assert times.day_of(datetime(2026, 11, 21, 15, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert times.day_of(datetime(2026, 11, 21, 16, 0, tzinfo=UTC)) == date(2026, 11, 22)


def test_end_of_day_is_the_next_days_beginning():
    assert times.end_of_day(date(2026, 12, 31)) == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert times.say_moment(times.end_of_day(date(2026, 12, 31))) == "12月31日 周四 24:00"


@pytest.mark.parametrize(("language", "words"), [
    ("zh-hans", "11月21日 周六 15:30"), ("en", "Sat 21 Nov 15:30"), ("bo", "ཟླ་11ཚེས་21 གཟའ་སྤེན་པ། 15:30"),
])  # fmt: skip
def test_moment_is_said_in_the_readers_language(language, words):
    assert times.say_moment(datetime(2026, 11, 21, 7, 30, tzinfo=UTC), language) == words
