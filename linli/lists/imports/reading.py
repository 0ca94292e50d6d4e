"""Cells as values. Pure; what cannot be read surely is not read."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import datetime, timedelta
from functools import lru_cache

from linli.core.times import ZONE

EMPTY = frozenset({"", "-", "--", "—", "/", "无", "null", "none", "nan", "n/a"})
TRUE = frozenset({"1", "是", "yes", "y", "true"})
FALSE = frozenset({"0", "否", "no", "n", "false"})
IN_TIME = frozenset({"按时", "按期", "未超时", "未超期"})
LATE = frozenset({"超时", "超期", "逾期", "未按时", "未按期"})
_TIME = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*(?:日)?"
    r"(?:[\sT]*(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})(?:\.\d+)?)?\s*[分秒]?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAY_0 = datetime(1899, 12, 30, tzinfo=ZONE)
"""Excel's day 0: it believes in a 29 February 1900."""


def as_given(cell: str) -> str:
    """A cell on one line, without entities; "" for the signs that people write for nothing."""
    words = " ".join((html.unescape(cell) if "&" in cell else cell).split())
    return "" if words.casefold() in EMPTY else words


def plain(cell: str) -> str:
    """The same in half-width letters, for comparing."""
    words = as_given(cell)
    return words if words.isascii() else unicodedata.normalize("NFC", words).translate(_NARROW)


_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {0x3000: " ", 0xFF08: "(", 0xFF09: ")"}
"""Full-width figures, letters and brackets; Chinese commas stay."""


def moment_of(cell: str) -> tuple[datetime | None, bool]:
    """The local moment that is written there, year first or as Excel's serial number, and whether it has an hour.

    None where it is no such thing: 3/4/2025 might be two days, and is neither.
    """
    words = plain(cell)
    if _SERIAL.fullmatch(words):
        exact = _DAY_0 + timedelta(days=float(words))
        return (exact + timedelta(microseconds=500_000)).replace(microsecond=0), "." in words
    found = _TIME.fullmatch(words)
    if found is None:
        return None, False
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=ZONE), found[4] is not None
    except ValueError:
        return None, False


@lru_cache
def verdict_of(in_time: str, overdue: str) -> str:
    """The source's own word: yes, no, unknown where it says nothing, "" where it contradicts itself."""
    said = {_answer(in_time, TRUE | IN_TIME, FALSE | LATE), _answer(overdue, FALSE | IN_TIME, TRUE | LATE)} - {
        "unknown"
    }
    if not said:
        return "unknown"
    return said.pop() if len(said) == 1 else ""


def _answer(cell: str, yes: frozenset[str], no: frozenset[str]) -> str:
    words = plain(cell).casefold()
    if not words:
        return "unknown"
    return "yes" if words in yes else "no" if words in no else ""


def lines_of(cell: str) -> str:
    """A longer text with its paragraphs, without the blank lines and tabs that a web page left in it."""
    lines = (" ".join(line.split()) for line in html.unescape(cell).splitlines())
    return "\n".join(line for line in lines if line)
