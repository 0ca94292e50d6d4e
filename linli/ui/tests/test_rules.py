"""Time left, and how long a bar is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from linli.ui import rules

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, ("soon", 0, "minutes")),
        (59, ("soon", 59, "minutes")),
        (119, ("soon", 1, "hours")),
        (24 * 60, ("soon", 24, "hours")),
        (24 * 60 + 1, ("wait", 24, "hours")),
        (47 * 60 + 59, ("wait", 47, "hours")),
        (18 * 24 * 60, ("wait", 18, "days")),
        (-40, ("late", 40, "minutes")),
        (-3 * 24 * 60, ("late", 3, "days")),
    ],
)
def test_time_left_is_said_in_one_unit_and_rounded_down(minutes, said):
    left = rules.time_left(NOON + timedelta(minutes=minutes), NOON)
    assert (left.kind, left.amount, left.unit) == said


@pytest.mark.parametrize(
    ("value", "whole", "width"), [(18, 22, 818), (0, 22, 0), (1, 100000, 4), (30, 22, 1000), (3, 0, 0), (-1, 5, 0)]
)
def test_bar_width_stays_in_its_box(value, whole, width):
    assert rules.bar_width(value, whole) == width


def test_stations_are_read_from_words_or_a_list():
    assert rules.stations_of("done now other") == ["done", "now", "next"]
    assert rules.stations_of(["done"]) == ["done"]


def test_progress_says_where_a_step_stands():
    assert [rules.progress(step, 2) for step in (1, 2, 3)] == ["done", "now", "next"]
