"""Exact figures, check digits, codes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core import numbers


@pytest.mark.parametrize(("part", "whole", "words"), [
    (7204, 7998, "90.07 %"), (1, 3, "33.33 %"), (2, 3, "66.67 %"), (1, 800, "0.13 %"), (0, 5, "0.00 %"), (0, 0, "—"),
    (Fraction(1, 8), 1, "12.50 %"),
])  # fmt: skip
def test_percent_rounds_half_up(part, whole, words):
    assert numbers.percent(part, whole) == words


@given(st.text("0123456789", min_size=1, max_size=20), st.integers(0, 9), st.data())
def test_check_digit_catches_one_wrong_figure(digits, wrong, data):
    place = data.draw(st.integers(0, len(digits) - 1))
    changed = digits[:place] + str(wrong) + digits[place + 1 :]
    assert (numbers.check_digit(changed) == numbers.check_digit(digits)) == (changed == digits)


def test_check_digit_is_luhns():
    assert numbers.check_digit("7992739871") == "3"


@pytest.mark.parametrize(
    ("typed", "centi"), [("89.20", 8920), ("1,784.2㎡", 178420), (" 60 m²".strip(), 6000), ("0", 0)]
)
def test_area_of_what_was_typed(typed, centi):
    assert numbers.area_of(typed) == centi


@pytest.mark.parametrize("typed", ["", "89.205", "-1", "NaN", "Infinity", "八十"])
def test_area_is_refused_when_it_is_none(typed):
    with pytest.raises((ValueError, ArithmeticError)):
        numbers.area_of(typed)


@given(st.integers(0, 10**12))
def test_area_words_read_back(centi):
    assert numbers.area_of(numbers.area_words(centi)) == centi


def test_yuan_words():
    assert [numbers.yuan_words(fen) for fen in (8640000, 5, -123456)] == ["86,400.00", "0.05", "-1,234.56"]


def test_codes_are_read_aloud_and_typed_back():
    code = numbers.random_code(10)
    assert len(code) == 10
    assert set(code) <= set(numbers.SPOKEN)
    assert numbers.clean_code(f" {code[:5].lower()}-{code[5:]} ") == code
    assert not {"0", "O", "1", "I"} & set(numbers.SPOKEN)
