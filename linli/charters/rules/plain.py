"""A charter in plain sentences for residents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from linli.charters.rules.charter import Charter
from linli.charters.rules.spans import say_span
from linli.charters.rules.words import DeadlineClass, Span


@dataclass(frozen=True, slots=True)
class Promise:
    """What a resident may expect of one class of matters."""

    code: str
    title: str
    contact: str
    finish: str
    extension: str
    extensions: int
    examples: list[str] = field(default_factory=list)


def _said(span: Span | None, language: str) -> str:
    return say_span(span, language) if span else ""


def _promise(kind: DeadlineClass, charter: Charter, language: str) -> Promise:
    named = [
        category.words.say(language) for category in charter.categories.values() if category.class_code == kind.code
    ]
    return Promise(
        kind.code,
        kind.words.say(language),
        contact=_said(kind.contact, language),
        finish=_said(kind.finish, language),
        extension=_said(kind.extension, language) if kind.extensions else "",
        extensions=kind.extensions,
        examples=named,
    )


def promises(charter: Charter, language: str) -> list[Promise]:
    """What is answered and finished by when, the most urgent first."""
    kinds = sorted(charter.classes.values(), key=lambda kind: kind.rank)
    return [_promise(kind, charter, language) for kind in kinds]


@dataclass(frozen=True, slots=True)
class Entry:
    """A category as a resident reads it: its name, when it counts as done, its class."""

    title: str
    finish_test: str
    promise: str


def categories_by_group(charter: Charter, language: str) -> Iterator[tuple[str, list[Entry]]]:
    """The categories under their groups, in the charter's order; groups without any are left out."""
    for code, words in charter.groups.items():
        found = [
            Entry(
                category.words.say(language),
                category.finish_test.say(language),
                charter.classes[category.class_code].words.say(language),
            )
            for category in charter.categories.values()
            if category.group == code
        ]
        if found:
            yield words.say(language), found


def office_hours(charter: Charter) -> str:
    """``9:00–12:30, 14:00–18:00``."""
    return "、".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in charter.hours.spans)
