"""What the acts on reports are given and give back: plain records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from linli.files.models import StoredFile
from linli.people.models import Body, Person
from linli.places.models import Place
from linli.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it comes in (F11).

    ``uploads`` are pictures and voices that `files.actions.take_images` has already cleaned, ``kept`` the files that an
    earlier page of the form stored as a draft. ``draft_key`` is made by
    the form and makes a second sending the first one. ``is_guard_seen`` says that the person was shown the numbers
    and private words found (PRV-038) and keeps them. Staff who write down for others name the ``reporter`` or fill
    ``reporter_name`` and ``reporter_phone``, and say the ``source``.
    """

    place: Place
    words: str = ""
    category_code: str = ""
    order_code: str = ""
    draft_key: str = ""
    where: str = ""
    point: tuple[Any, Any] | None = None
    uploads: Sequence[Any] = ()
    kept: Sequence[StoredFile] = ()
    source: str = "web"
    language: str = ""
    reporter: Person | None = None
    reporter_name: str = ""
    reporter_phone: str = ""
    wants_reply: bool = True
    is_secret: bool = False
    about_body: Body | None = None
    is_guard_seen: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that was filed: the code is shown once; ``is_new`` is False where the same draft came again."""

    ticket: Ticket
    code: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom a report goes. Without a body a small matter goes to the pool of captains and grid workers there."""

    body: Body | None = None
    person: Person | None = None
    helpers: Sequence[tuple[Body, str]] = ()
    note: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """How a report was finished: what was done, pictures before and after."""

    words: str
    before: Sequence[Any] = ()
    after: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reporter says of the result (F15)."""

    solved: str
    stars: int | None = None
    was_contacted: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A report taken out of another, for a body of its own (split)."""

    words: str
    category_code: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class OldTicket:
    """An old report from another system, closed there; its verdict is kept as it is (yes, no, unknown)."""

    source: str
    number: str
    place: Place | None
    opened_at: datetime
    title: str
    words: str = ""
    category_code: str = ""
    category_given: str = ""
    class_code: str = ""
    body: Body | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    on_time: str = "unknown"
    solved: str = ""
    stars: int | None = None
    channel: str = "hotline"
    figures: dict[str, Any] = field(default_factory=dict)
