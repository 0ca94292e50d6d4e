"""Exact figures, check digits and codes that people read aloud."""

from __future__ import annotations

import secrets
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import uuid4

SPOKEN = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters that are not mistaken for one another on a poster or a telephone (no 0 O 1 I)."""


def random_code(length: int = 8) -> str:
    """A code of ``length`` characters, 5 bits each, for receipts and posters."""
    return "".join(SPOKEN[byte & 31] for byte in secrets.token_bytes(length))


def new_uid() -> str:
    """A public id that tells nothing: 32 hexadecimal digits."""
    return uuid4().hex


def short_uid() -> str:
    """A public id that stands in an address people may type: ten characters, fifty random bits."""
    return random_code(10)


def clean_code(typed: str) -> str:
    """What somebody typed, as a code: capitals, without spaces and hyphens. Nothing is guessed."""
    return "".join(character for character in typed.upper() if character.isalnum())


def check_digit(digits: str) -> str:
    """The Luhn check digit of ``digits`` (ISO/IEC 7812-1): catches one wrong figure and most neighbours swapped."""
    total = 0
    for position, character in enumerate(reversed(digits)):
        value = int(character)
        if position % 2 == 0:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return str(-total % 10)


def percent(part: int | Fraction, whole: int | Fraction) -> str:
    """``90.16 %``, half up to two decimals; a zero denominator prints a dash (GEN-010)."""
    if not whole:
        return "—"
    share = Fraction(part) * 100 / Fraction(whole)
    figure = (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{figure} %"


def area_words(centi: int) -> str:
    """``1,784.20`` from an area in 0.01 m²."""
    return f"{centi // 100:,}.{centi % 100:02d}"


def area_of(words: str) -> int:
    """An area in 0.01 m² from what was typed. Raises `ValueError` for more than two decimals or no number."""
    figure = Decimal(words.strip().replace(",", "").removesuffix("㎡").removesuffix("m²"))
    centi = figure * 100
    if not centi.is_finite() or centi != centi.to_integral_value() or centi < 0:
        raise ValueError(words)
    return int(centi)


def yuan_words(fen: int) -> str:
    """``86,400.00`` from an amount in 0.01 yuan."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
