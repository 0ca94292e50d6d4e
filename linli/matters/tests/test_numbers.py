"""Numbers are read aloud: what is misheard must not be found."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.numbers import SPOKEN
from linli.matters.rules.numbers import clean_number, long_code, number_of, random_number, short_code

NUMBER = number_of("540102006001", 2026, 482)


def test_number_says_community_year_serial_and_check():
    assert NUMBER == "HR2BF79K-2026-000482-Z"
    assert long_code(NUMBER[:8]) == "540102006001"


@given(st.integers(0, 10**12 - 1))
def test_code_comes_back_from_its_eight_characters(figure):
    assert long_code(short_code(f"{figure:012d}")) == f"{figure:012d}"


def test_code_of_a_district_is_padded():
    assert long_code(short_code("540102")) == "540102000000"


def test_number_is_read_as_it_is_typed():
    assert clean_number("hr2bf79k 2026 000482z") == NUMBER
    assert clean_number("hr2bf79k 2026 00482z") == ""
    assert clean_number("路灯") == ""


def test_number_with_one_wrong_character_is_refused():
    code = NUMBER.replace("-", "")
    for place, right in enumerate(code):
        alphabet = "0123456789" if 8 <= place < 18 else SPOKEN
        assert not any(clean_number(code[:place] + wrong + code[place + 1 :]) for wrong in alphabet if wrong != right)


@pytest.mark.parametrize("number", [NUMBER, number_of("540102006023", 2027, 198765)])
def test_number_with_two_characters_swapped_is_refused(number):
    code = number.replace("-", "")
    for one, two in combinations(range(len(code)), 2):
        swapped = list(code)
        swapped[one], swapped[two] = code[two], code[one]
        assert code[one] == code[two] or clean_number("".join(swapped)) == ""


def test_random_number_is_checked_too():
    number = random_number()
    assert clean_number(number.lower()) == number
    assert len(number) == len("CLMD-8A5Q-RDJA-L")
