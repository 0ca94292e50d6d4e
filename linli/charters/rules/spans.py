"""Lengths of time as people write them in a charter, and which of two is the stricter."""

from __future__ import annotations

import re
from fractions import Fraction

from linli.charters.rules.days import OfficeHours
from linli.charters.rules.words import Span

_FORMS = {
    "minutes": r"minutes?|分钟",
    "working_hours": r"working[ _]hours?|个?工作小时",
    "hours": r"hours?|个?小时",
    "working_days": r"working[ _]days?|个?工作日",
    "days": r"days?|天|日",
}
_BARE = {
    "same day": "same_day", "same_day": "same_day", "当天": "same_day", "当日": "same_day",
    "next meeting": "next_meeting", "next_meeting": "next_meeting", "下次议事日": "next_meeting",
    "by law": "by_law", "by_law": "by_law", "依法": "by_law",
    "at once": "minutes", "立即": "minutes",
}  # fmt: skip
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(" + "|".join(f"(?P<{unit}>{form})" for unit, form in _FORMS.items()) + ")")
_SAID = {
    "minutes": ("{}分钟", "{} minutes", "སྐར་མ་{}"),
    "hours": ("{}小时", "{} hours", "ཆུ་ཚོད་{}"),
    "working_hours": ("{}个工作小时", "{} working hours", "ལས་ཀའི་ཆུ་ཚོད་{}"),
    "days": ("{}天", "{} days", "ཉིན་{}"),
    "working_days": ("{}个工作日", "{} working days", "ལས་ཀའི་ཉིན་{}"),
    "same_day": ("当天", "the same day", "ཉིན་དེར"),
    "next_meeting": ("下一个议事日", "the next meeting day", "ཚོགས་འདུ་རྗེས་མའི་ཉིན"),
    "by_law": ("法律规定的期限", "the time set by law", "ཁྲིམས་ཀྱིས་གཏན་འཁེལ་བྱས་པའི་དུས"),
}


def parse_span(words: str) -> Span:
    """The span that ``words`` say, as ``5 working days`` or ``5个工作日``. Raises `ValueError`."""
    plain = words.strip().lower()
    if plain in _BARE:
        return Span(0, _BARE[plain])
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise ValueError(words)
    amount = Fraction(found[1])
    unit = next(unit for unit in _FORMS if found[unit])
    if amount.denominator != 1 and unit == "days":
        raise ValueError(words)
    return Span(int(amount) if amount.denominator == 1 else amount, unit)


def say_span(span: Span, language: str = "zh") -> str:
    """``5个工作日`` in the reader's language; nothing to wait is said as at once."""
    index = {"en": 1, "bo": 2}.get(language[:2], 0)
    if span.unit == "minutes" and not span.amount:
        return ("立即", "at once", "འཕྲལ་དུ")[index]
    amount = f"{float(span.amount):g}"
    words = _SAID[span.unit][index].format(amount)
    return words.removesuffix("s") if index == 1 and amount == "1" and words.endswith("s") else words


_DAY = 24 * 60
_ENDLESS = 10**9


def _shortest(span: Span) -> int:
    """The fewest minutes by the clock that the span can last."""
    factor = {"minutes": 1, "hours": 60, "working_hours": 60, "days": _DAY, "working_days": _DAY}
    return {"same_day": 6 * 60, "next_meeting": _DAY}.get(span.unit, int(span.amount * factor.get(span.unit, 0)))


def _longest(span: Span) -> int:
    """The most minutes by the clock that the span can last; endless where a holiday may lie in it."""
    if span.unit in {"minutes", "hours"}:
        return _shortest(span)
    return _DAY if span.unit == "same_day" else _ENDLESS


def is_never_longer(span: Span, other: Span, hours: OfficeHours) -> bool:
    """Whether ``span`` ends no later than ``other`` from whatever moment they begin."""
    if span.unit == other.unit:
        return span.amount <= other.amount
    if (span.unit, other.unit) == ("days", "working_days"):
        return span.amount <= other.amount
    if (span.unit, other.unit) == ("working_hours", "working_days"):
        return span.amount * 60 <= other.amount * hours.minutes
    return _longest(span) <= _shortest(other)
