"""The kinds of values in a charter: how each is read, and whether one is looser than another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from linli.charters.rules.days import OfficeHours
from linli.charters.rules.sections import Bound, Key
from linli.charters.rules.spans import is_never_longer, parse_span
from linli.charters.rules.words import Words

LANGUAGES = ("zh", "bo", "en")
MAX_WORDS = 1000


class BadValue(ValueError):
    """A value of the wrong kind; the message is a name in `faults.FAULTS`."""


def words_of(value: Any) -> Words:
    """Words in up to three languages, from a table or from a bare Chinese string. Raises `BadValue`."""
    if isinstance(value, str):
        return Words(text_of(value))
    if not isinstance(value, Mapping) or value.keys() - set(LANGUAGES) or not value.get("zh"):
        raise BadValue("not_words")
    return Words(**{language: text_of(words) for language, words in value.items()})


def text_of(value: Any) -> str:
    """A text of reasonable length. Raises `BadValue`."""
    if not isinstance(value, str) or len(value) > MAX_WORDS or any(ord(letter) < 32 for letter in value):
        raise BadValue("not_text")
    return value.strip()


def time_of(value: Any) -> time:
    """A wall-clock time, ``18:00``. Raises `BadValue`."""
    try:
        return time.fromisoformat(value) if isinstance(value, str) else value.replace(tzinfo=None)
    except (ValueError, AttributeError, TypeError):
        raise BadValue("not_time") from None


def hours_of(value: Any) -> tuple[tuple[time, time], ...]:
    """Office hours in order, ``["09:00-12:30", "14:00-18:00"]``. Raises `BadValue`."""
    if not isinstance(value, list) or not value:
        raise BadValue("not_hours")
    spans = []
    for span in value:
        first, _, last = text_of(span).partition("-")
        spans.append((time_of(first.strip()), time_of(last.strip())))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(set(edges)):
        raise BadValue("not_hours")
    return tuple(spans)


def _span(value: Any) -> Any:
    try:
        return parse_span(text_of(value))
    except ValueError:
        raise BadValue("not_span") from None


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadValue("not_int")
    return value


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValue("not_bool")
    return value


def _list_of(read: Callable[[Any], Any], fault: str) -> Callable[[Any], tuple[Any, ...]]:
    def read_list(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadValue(fault)
        return tuple(read(item) for item in value)

    return read_list


READ: dict[str, Callable[[Any], Any]] = {
    "text": text_of,
    "words": words_of,
    "span": _span,
    "int": _int,
    "bool": _bool,
    "time": time_of,
    "choice": text_of,
    "class": text_of,
    "texts": _list_of(text_of, "not_texts"),
    "ints": _list_of(_int, "not_ints"),
    "wordlist": _list_of(words_of, "not_texts"),
    "spans": hours_of,
}


def read_value(key: Key, value: Any) -> Any:
    """``value`` as the kind that ``key`` asks for, within its range. Raises `BadValue`."""
    read = READ[key.kind](value)
    if key.kind == "choice" and key.choices and read not in key.choices:
        raise BadValue("not_choice")
    figures = (read,) if key.kind == "int" else read if key.kind == "ints" else ()
    if any(not key.low <= figure <= key.high for figure in figures):
        raise BadValue("not_in_range")
    return read


def _is_at_most(key: Key, value: Any, floor: Any, hours: OfficeHours, ranks: Mapping[str, int]) -> bool:
    if key.kind == "span":
        return is_never_longer(value, floor, hours)
    if key.kind == "choice":
        return key.choices.index(value) <= key.choices.index(floor)
    if key.kind == "class":
        return ranks.get(value, 99) <= ranks.get(floor, 99)
    return bool(value <= floor)


def is_within(key: Key, value: Any, floor: Any, hours: OfficeHours, ranks: Mapping[str, int]) -> bool:
    """Whether ``value`` is as strict as ``floor``, or stricter, by the key's bound (GEN-009)."""
    if key.bound is Bound.FREE or value == floor:
        return True
    if key.bound is Bound.AT_MOST:
        return _is_at_most(key, value, floor, hours, ranks)
    return key.bound is Bound.AT_LEAST and _is_at_most(key, floor, value, hours, ranks)
