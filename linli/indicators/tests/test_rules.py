from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.indicators.rules import Facts, Figures, counted_on, hidden_among, is_small, measures_of, months_back
from linli.tickets import states

DUE = datetime(2026, 9, 25, 16, 0, tzinfo=UTC)
"""24:00 of 25 September here."""
CLOSED = Facts(
    state=states.CLOSED,
    opened_at=datetime(2026, 9, 20, 2, 0, tzinfo=UTC),
    due_at=DUE,
    is_paused=False,
    on_time="yes",
    solved="yes",
    stars=5,
    contacted_at=datetime(2026, 9, 20, 4, 0, tzinfo=UTC),
    contact_due_at=datetime(2026, 9, 21, 2, 0, tzinfo=UTC),
    is_finished=True,
    is_imported=False,
    reworks=0,
    reopened=0,
)


def said(facts, *names):
    return tuple(measures_of(facts)[name] for name in names)


def test_day_is_that_of_the_due_time_and_midnight_belongs_to_the_day_before():
    assert counted_on(CLOSED) == date(2026, 9, 25)


def test_day_is_that_of_opening_when_there_is_no_due_time_or_it_came_from_elsewhere():
    assert counted_on(replace(CLOSED, due_at=None)) == date(2026, 9, 20)
    assert counted_on(replace(CLOSED, is_imported=True)) == date(2026, 9, 20)


def test_measures_of_a_report_closed_in_time():
    assert said(CLOSED, "cases", "owed", "in_time", "contact_owed", "contacted", "rated", "good", "yes") == (1,) * 8


def test_measures_of_a_merged_report_are_a_voice_and_no_case():
    assert said(replace(CLOSED, state=states.MERGED), "cases", "voices", "owed") == (0, 1, 0)


def test_measures_of_a_paused_report_leave_the_on_time_rate():
    paused = replace(CLOSED, state=states.PAUSED, is_paused=True, due_at=None, on_time="")
    assert said(paused, "owed", "deferred", "unflagged") == (0, 1, 0)


@pytest.mark.parametrize("state", [states.NOT_ACCEPTED, states.TRANSFERRED, states.WITHDRAWN])
def test_measures_of_what_is_not_ours_owe_nothing(state):
    assert said(replace(CLOSED, state=state), "cases", "accepted", "owed", "contact_owed") == (1, 0, 0, 0)


def test_measures_of_an_overdue_running_report_are_owed_and_not_in_time():
    running = replace(CLOSED, state=states.IN_PROGRESS, on_time="", solved="", stars=None, is_finished=False)
    assert said(running, "owed", "in_time", "rated", "closed") == (1, 0, 0, 0)


def test_measures_of_an_imported_report_without_a_verdict_stay_outside_the_rate():
    assert said(replace(CLOSED, is_imported=True, on_time="unknown"), "owed", "unflagged") == (0, 1)


def test_measures_of_a_late_contact_are_owed_only():
    late = replace(CLOSED, contacted_at=CLOSED.contact_due_at + timedelta(minutes=1))
    assert said(late, "contact_owed", "contacted") == (1, 0)


def test_figures_say_r09_and_a_dash_for_nothing():
    figures = Figures(
        {"contacted": 190, "contact_owed": 200, "yes": 110, "partly": 20, "no": 20, "good": 120, "rated": 150}
    )
    rates = {name: str(rate) for name, rate in figures.rates().items()}
    assert (rates["response"], rates["resolution"], rates["satisfaction"]) == ("95.00 %", "80.00 %", "80.00 %")
    assert rates["on_time"] == "—"


def test_small_groups_are_those_from_one_to_four():
    assert [is_small(count) for count in (0, 1, 4, 5)] == [False, True, True, False]


def test_months_back_end_with_the_month_of_the_day():
    assert months_back(date(2026, 1, 15), 2) == [
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 60), max_size=8))
def test_hidden_groups_cannot_be_worked_out_from_the_sum(wholes):
    hidden = hidden_among(wholes)
    assert {at for at, whole in enumerate(wholes) if 0 < whole < 5} <= hidden
    assert all(wholes[at] for at in hidden)
    others = [whole for at, whole in enumerate(wholes) if whole and at not in hidden]
    if hidden and others:
        assert len(hidden) >= 2
        assert sum(wholes[at] for at in hidden) >= 5


def test_hidden_groups_take_the_second_smallest_along():
    assert hidden_among([30, 3, 7, 12]) == {1, 2}
    assert hidden_among([30, 1, 2, 12]) == {1, 2, 3}
    assert hidden_among([30, 7, 0]) == frozenset()
    assert hidden_among([3]) == {0}
