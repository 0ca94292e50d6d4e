"""Lists: pages by key, my day, search."""

from __future__ import annotations

import base64
import binascii
import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.dateparse import parse_datetime

from linli.core.actor import Actor
from linli.core.flow import Phase
from linli.matters.models import Follower, Matter
from linli.matters.queries.sight import bodies_of
from linli.matters.queries.visible import concerning, matters_visible_to, within_grants
from linli.matters.rules.words import Phrase, phrases_of, postgres_query, sqlite_query
from linli.matters.states import Audience

M = TypeVar("M", bound=Model)
SIZE = 25
POSTGRES_PUBLIC = (
    "SELECT matter_id FROM matters_searchtext WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
)
POSTGRES_INNER = (
    "SELECT matter_id FROM matters_searchtext "
    "WHERE to_tsvector('simple', tokens || ' ' || inner_tokens) @@ to_tsquery('simple', %s)"
)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of a list; ``next`` is the mark after its last row, "" at the end."""

    rows: list[M]
    next: str = ""

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Day:
    """My day: the matters I hold, by urgency, and the mark after the last."""

    rows: list[Matter]
    next: str = ""


def page_of(queryset: QuerySet[M], after: str = "", size: int = SIZE, order: Sequence[str] = ("-id",)) -> Page[M]:
    """The page of ``queryset`` after the mark ``after``, by the columns of ``order`` (all up or all down).

    The last column must be unique. A mark that cannot be read is the beginning.
    """
    names = [column.lstrip("-") for column in order]
    rows = list(_after(queryset, after, order).order_by(*order)[: size + 1])
    if len(rows) <= size:
        return Page(rows)
    return Page(rows[:size], mark_of([getattr(rows[size - 1], name) for name in names]))


def mark_of(values: Sequence[Any]) -> str:
    """Where a page ended, as text for an address."""
    plain = [{"t": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read_mark(mark: str, count: int) -> list[Any] | None:
    """What `mark_of` wrote; None for anything else."""
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        read = [parse_datetime(value["t"]) if isinstance(value, dict) else value for value in values]
    except (binascii.Error, ValueError, KeyError, TypeError):
        return None
    good = all(isinstance(value, str | int | datetime) and not isinstance(value, bool) for value in read)
    return read if good and len(read) == count else None


def _after(queryset: QuerySet[M], mark: str, order: Sequence[str]) -> QuerySet[M]:
    """The rows behind the mark. The outer bound on the first column lets the database begin in its index there."""
    values = read_mark(mark, len(order)) if mark else None
    if values is None:
        return queryset
    step = "lt" if order[0].startswith("-") else "gt"
    names = [column.lstrip("-") for column in order]
    behind, same = Q(pk__in=[]), Q()
    for name, value in zip(names, values, strict=True):
        behind |= same & Q(**{f"{name}__{step}": value})
        same &= Q(**{name: value})
    try:
        return queryset.filter(Q(**{f"{names[0]}__{step}e": values[0]}) & behind)
    except (TypeError, ValueError, ValidationError):
        return queryset


def my_day(actor: Actor, after: str = "", size: int = SIZE) -> Day:
    """The running matters that the actor holds, most urgent first: overdue, due, waiting.

    What I hold in person, and what my body holds and nobody in person: each is read from its own index, then merged.
    """
    running = Matter.objects.exclude(phase=Phase.DONE).select_related("place", "holder_body")
    sources: list[QuerySet[Matter]] = []
    if actor.person_id is not None:
        sources.append(running.filter(holder_person_id=actor.person_id))
    sources += [running.filter(holder_body_id=body, holder_person=None) for body in sorted(bodies_of(actor))]
    order = ("urgent_at", "id")
    pages = [list(_after(source, after, order).order_by(*order)[: size + 1]) for source in sources]
    key: Callable[[Matter], tuple[datetime, int]] = lambda matter: (matter.urgent_at, matter.pk)  # noqa: E731
    rows = list(heapq.merge(*pages, key=key))[: size + 1]
    if len(rows) <= size:
        return Day(rows)
    return Day(rows[:size], mark_of(key(rows[size - 1])))


def followed_by(actor: Actor) -> QuerySet[Matter]:
    """The matters that the actor follows, or has shown a receipt of; newest first."""
    mine = Q(uid__in=actor.receipts)
    if actor.person_id is not None:
        mine |= Q(pk__in=Follower.objects.filter(person_id=actor.person_id).values("matter"))
    return Matter.objects.filter(mine).select_related("place", "holder_body").order_by("-id")


def search_matters(actor: Actor, words: str) -> QuerySet[Matter]:
    """The matters the actor may know of that hold all the words: 路灯, lift, གློག, a number or its beginning.

    Words that were not released are searched in what the actor may read in full, never in what all may see.
    """
    phrases = phrases_of(words)
    if not phrases:
        return Matter.objects.none()
    inner = Q(pk__in=_holding(phrases, is_inner=True))
    if actor.is_system:
        return Matter.objects.filter(inner)
    full = within_grants(actor) | concerning(actor)
    public = Q(audience=Audience.PUBLIC, pk__in=_holding(phrases, is_inner=False))
    return matters_visible_to(actor).filter(public | (inner & full))


def _holding(phrases: list[Phrase], *, is_inner: bool) -> RawSQL:
    """The ids of the matters that hold all phrases, in their public tokens or in all of them."""
    if connection.vendor == "sqlite":
        query = sqlite_query(phrases)
        words = query if is_inner else f"{{tokens}} : ({query})"
        return RawSQL("SELECT rowid FROM matters_searchindex WHERE matters_searchindex MATCH %s", [words])
    return RawSQL(POSTGRES_INNER if is_inner else POSTGRES_PUBLIC, [postgres_query(phrases)])  # noqa: S611 - the words are a parameter
