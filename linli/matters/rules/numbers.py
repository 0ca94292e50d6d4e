"""The number of a matter: read aloud, copied by hand, and still right.

``<8 characters of the community's code>-<year>-<serial>-<check>``. The check character is a weighted sum over the
field of 32 elements with a different weight at each place: it catches any one wrong character and any two swapped,
neighbours or not.
"""

from __future__ import annotations

from linli.core.numbers import SPOKEN, clean_code, random_code

LETTERS = [letter for letter in SPOKEN if letter.isalpha()]
VALUES = {str(digit): digit for digit in range(10)} | dict(zip(LETTERS, (0, 1, *range(10, 32)), strict=True))
"""Digits stand for themselves. 0 and 1 never stand where letters may, so A and B can share their values."""
FIGURES = "0123456789"
CHECKS = {VALUES[character]: character for character in SPOKEN}
PARTS = (8, 4, 6, 1)
RANDOM_PARTS = (4, 4, 4, 1)


def check_character(payload: str) -> str:
    """The check character of ``payload`` (capitals and digits, at most 30)."""
    total = 0
    for character in payload:
        total = (total ^ VALUES[character]) << 1
        if total & 32:
            total ^= 0b100101
    return CHECKS[total]


def short_code(community_code: str) -> str:
    """Twelve figures as eight spoken characters; a district's or street's code is padded with zeros."""
    figure = int(community_code.ljust(12, "0"))
    if figure >= 10**12:
        raise ValueError(f"{community_code!r} has more than twelve figures")
    short = ""
    for _place in range(8):
        figure, rest = divmod(figure, 32)
        short = SPOKEN[rest] + short
    return short


def long_code(short: str) -> str:
    """The twelve figures that `short_code` shortened."""
    figure = 0
    for character in short:
        figure = figure * 32 + SPOKEN.index(character)
    return f"{figure:012d}"


def number_of(community_code: str, year: int, serial: int) -> str:
    """The number of the ``serial``-th matter of a year in a community."""
    parts = (short_code(community_code), f"{year:04d}", f"{serial:06d}")
    return "-".join((*parts, check_character("".join(parts))))


def random_number() -> str:
    """A number that tells neither place nor order, for sealed kinds."""
    code = random_code(12)
    return "-".join((code[:4], code[4:8], code[8:], check_character(code)))


def clean_number(typed: str) -> str:
    """What somebody typed, as a number with its hyphens; "" where length or check character are wrong."""
    code = clean_code(typed)
    parts = {sum(PARTS): PARTS, sum(RANDOM_PARTS): RANDOM_PARTS}.get(len(code))
    if parts is None:
        return ""
    figures = range(8, 18) if parts == PARTS else ()
    if any(character not in (FIGURES if place in figures else SPOKEN) for place, character in enumerate(code)):
        return ""
    if check_character(code[:-1]) != code[-1]:
        return ""
    pieces, start = [], 0
    for length in parts:
        pieces.append(code[start : start + length])
        start += length
    return "-".join(pieces)
