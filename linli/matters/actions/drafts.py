"""What the acts of the spine are given: plain records, filled by the capabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from linli.charters.rules import Charter
from linli.matters.states import OPEN_VERB, Audience
from linli.places.models import Place


class Keep:
    """The type of `KEEP`."""

    def __repr__(self) -> str:
        return "KEEP"


KEEP: Final = Keep()
"""Stands for "leave it as it is", where None would mean "empty it"."""


@dataclass(frozen=True, slots=True)
class Follow:
    """One who will be told: by person, by helping body, or by a receipt's digest."""

    person_id: int | None = None
    body_id: int | None = None
    receipt_digest: str = ""
    role: str = "follower"


@dataclass(frozen=True, slots=True)
class Opening:
    """A matter to be opened. ``words`` are searched by those concerned, ``public_words`` by all who may see it.

    ``state`` None is the kind's start; importers give a closed one with ``opened_at`` and ``closed_at``. ``number``
    comes from `draw_numbers`, before the transaction; without one it is drawn inside. ``fields`` sets further
    columns of `Matter`. ``note_audience`` says who reads the note: staff, parties or public. ``charter`` is the one
    the matter begins with; without it the community's own is looked up where a clock needs it.
    """

    kind: str
    title: str
    place: Place | None
    number: str = ""
    uid: str = ""
    audience: str = Audience.PARTIES
    category_code: str = ""
    class_code: str = ""
    charter: Charter | None = None
    subject: str = ""
    words: str = ""
    public_words: str = ""
    holder_body_id: int | None = None
    holder_person_id: int | None = None
    state: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    step_due_at: datetime | None = None
    due_at: datetime | None = None
    is_step_working: bool = False
    verb: str = OPEN_VERB
    note: str = ""
    note_audience: str = Audience.PARTIES
    figures: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()
    followers: Sequence[Follow] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a move changes besides the state. ``fields`` sets further columns of `Matter`.

    The step clock ends with its step: unless ``step_due_at`` is given it is empty after a move to another state.
    ``is_step_working`` says that it was counted in working time, so that a change of the calendar moves it.
    ``charter`` saves a read where the caller has it at hand.
    """

    note: str = ""
    note_audience: str = Audience.STAFF
    is_note_public: bool = False
    audience: str = Audience.PUBLIC
    target: str | None = None
    holder_body: Any = KEEP
    holder_person: Any = KEEP
    step_due_at: datetime | Keep | None = KEEP
    due_at: datetime | Keep | None = KEEP
    is_step_working: bool = False
    charter: Charter | None = None
    verb: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Telling:
    """An entry without a move: an urge, a promise, a note; ``fields`` sets columns of `Matter` besides."""

    verb: str
    note: str = ""
    note_audience: str = Audience.PARTIES
    audience: str = Audience.PUBLIC
    figures: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
