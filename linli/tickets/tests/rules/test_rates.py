from fractions import Fraction

import pytest

from linli.tickets.rules import rates


def test_rates_r09():
    assert str(rates.response_rate(190, 200)) == "95.00 %"
    assert str(rates.resolution_rate(110, 20, 20)) == "80.00 %"
    assert str(rates.satisfaction_rate(120, 150)) == "80.00 %"


def test_rates_r10_nothing_rated_is_a_dash():
    assert str(rates.satisfaction_rate(0, 0)) == "—"
    assert str(rates.resolution_rate(0, 0, 0)) == "—"
    assert rates.satisfaction_rate(0, 0).share is None


def test_rates_r12_deferred_leave_the_denominator():
    assert (rates.on_time_rate(72, 100, 10).part, rates.on_time_rate(72, 100, 10).whole) == (72, 90)
    assert str(rates.on_time_rate(72, 100, 10)) == "80.00 %"


def test_rates_keep_the_exact_numerator_of_a_partly():
    rate = rates.resolution_rate(1, 1, 1)
    assert (rate.part, rate.whole, rate.share) == (Fraction(3, 2), 3, Fraction(1, 2))
    assert rates.resolution_rate(1, 1, 1, weight=Fraction(1, 3)).share == Fraction(4, 9)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (rates.fall_rate(100, 38), "62.00 %"),
        (rates.acceptance_rate(55, 61), "90.16 %"),
        (rates.dispatch_accuracy(100, 4), "96.00 %"),
        (rates.handling_rate(95, 100), "95.00 %"),
        (rates.check_rate(9, 9), "100.00 %"),
        (rates.rework_rate(3, 60), "5.00 %"),
        (rates.reopen_rate(0, 10), "0.00 %"),
        (rates.closing_rate(98, 110, 10), "98.00 %"),
    ],
)
def test_rates_srq_081_to_083(rate, words):
    assert str(rate) == words
