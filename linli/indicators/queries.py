"""Figures by place and period, and the rows behind them. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from linli.charters.queries import charter_of
from linli.core.actor import Actor
from linli.indicators.models import Cell, Counted, Mark
from linli.indicators.permissions import READERS
from linli.indicators.rules import BEHIND, LEVELS, MEASURES, Facts, Figures, counted_on, measures_of
from linli.matters.models import Matter
from linli.matters.queries import matters_visible_to
from linli.people.models import Body
from linli.places.models import Place
from linli.places.queries import name_of
from linli.tickets.models import Ticket

GROUPS = ("month", "body", "class", "place")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one matter adds to which cell."""

    matter_id: int
    key: str
    columns: dict[str, Any]
    measures: dict[str, int]


def is_behind(mark: Mark) -> bool:
    """Whether the last step along the story left more of it to be read."""
    return bool(mark.trail and mark.trail[-1][2:] == [True])


def figures_are_behind() -> bool:
    """Whether the story goes on beyond what the figures have read, more than a tick's own last minutes."""
    mark = Mark.objects.filter(name="figures").first()
    return mark is not None and is_behind(mark)


def contributions_of(matter_ids: Iterable[int]) -> list[Contribution]:
    """What these reports add to the figures, in one read."""
    tickets = Ticket.objects.filter(pk__in=list(matter_ids)).select_related("matter")
    return [_contribution(ticket) for ticket in tickets.only(*_NEEDED)]


_MATTER = (
    "state", "opened_at", "due_at", "paused_at", "on_time", "solved", "stars", "contacted_at", "class_code",
    "holder_body_id", *(f"{level}_id" for level in LEVELS),
)  # fmt: skip
_NEEDED = (
    "contact_due_at", "finished_at", "external_no", "reworks", "reopened", "matter__id",
    *(f"matter__{name.removesuffix('_id')}" for name in _MATTER),
)  # fmt: skip


def _contribution(ticket: Ticket) -> Contribution:
    matter = ticket.matter
    facts = Facts(
        state=matter.state,
        opened_at=matter.opened_at,
        due_at=matter.due_at,
        is_paused=matter.paused_at is not None,
        on_time=matter.on_time,
        solved=matter.solved,
        stars=matter.stars,
        contacted_at=matter.contacted_at,
        contact_due_at=ticket.contact_due_at,
        is_finished=ticket.finished_at is not None,
        is_imported=bool(ticket.external_no),
        reworks=ticket.reworks,
        reopened=ticket.reopened,
    )
    columns = {
        "counted_on": counted_on(facts),
        **{f"{level}_id": getattr(matter, f"{level}_id") for level in LEVELS},
        "body_id": matter.holder_body_id,
        "class_code": matter.class_code,
    }
    key = "|".join("" if value is None else str(value) for value in columns.values())
    return Contribution(matter.pk, key, columns, measures_of(facts))


def cells_of(place: Place | None, start: date, end: date) -> QuerySet[Cell]:
    """The cells of a place (None: everywhere) from ``start`` to ``end``, both included."""
    cells = Cell.objects.filter(counted_on__range=(start, end))
    return cells if place is None else cells.filter(**{f"{_level(place)}_id": place.pk})


def _level(place: Place) -> str:
    if place.level not in LEVELS:
        raise ValueError(f"figures are kept by {', '.join(LEVELS)}, not by {place.level}")
    return place.level


def figures_of(place: Place | None, start: date, end: date) -> Figures:
    """The sums of a place and period, in one read."""
    return Figures(cells_of(place, start, end).aggregate(**{name: Sum(name) for name in MEASURES}))


def figures_by(group: str, place: Place | None, start: date, end: date) -> list[tuple[Any, Figures]]:
    """The same by month, body, class or the places one level below, in one read: (what, its figures)."""
    cells = cells_of(place, start, end)
    if group == "month":
        cells, column = cells.annotate(month=TruncMonth("counted_on")), "month"
    elif group == "place":
        column = f"{_below(place)}_id"
    else:
        column = {"body": "body_id", "class": "class_code"}[group]
    sums = cells.values(column).annotate(**{f"sum_{name}": Sum(name) for name in MEASURES}).order_by(column)
    return [(row[column], Figures({name: row[f"sum_{name}"] for name in MEASURES})) for row in sums]


def _below(place: Place | None) -> str:
    if place is None:
        return LEVELS[0]
    return LEVELS[min(LEVELS.index(place.level) + 1, len(LEVELS) - 1)]


def counted_in(place: Place | None, period: tuple[date, date], group: str = "", key: str = "") -> QuerySet[Counted]:
    """What was counted at a place in a period; of a split by body or class only one part ("" for the unnamed one)."""
    cells = cells_of(place, *period)
    if group == "body":
        cells = cells.filter(body_id=int(key)) if key else cells.filter(body=None)
    elif group == "class":
        cells = cells.filter(class_code=key)
    elif group == "place":
        cells = cells.filter(**{f"{_below(place)}_id": None})
    return Counted.objects.filter(cell__in=cells)


def rows_behind(actor: Actor, counted: QuerySet[Counted], figure: str, *, is_short: bool = False) -> QuerySet[Matter]:
    """The matters behind a figure, as far as the actor may see them: all it counts, or those that pull it down.

    Raises `KeyError` for no such figure.
    """
    behind = BEHIND[figure]
    wanted = Q(pk__in=())
    for measure in behind.short_of if is_short else behind.any_of:
        wanted |= Q(**{f"{measure}__gt": 0})
    counted = counted.filter(wanted)
    if is_short and behind.lacks:
        counted = counted.filter(**{behind.lacks: 0})
    return matters_visible_to(actor).filter(pk__in=counted.values("pk"))


def names_of(group: str, keys: Iterable[Any]) -> dict[Any, str]:
    """What the parts of a split are called, in one read at most."""
    keys = [key for key in keys if key not in {None, ""}]
    if group == "body":
        return {body.pk: body.name for body in Body.objects.filter(pk__in=keys)}
    if group == "place":
        return {place.pk: name_of(place) for place in Place.objects.filter(pk__in=keys)}
    if group == "class":
        classes = charter_of(None).classes
        return {key: str(classes[key].words) if key in classes else key for key in keys}
    return {key: f"{key:%Y-%m}" for key in keys}


def codes_of(keys: Iterable[Any]) -> dict[Any, Place]:
    """The places of a split that have figures of their own, in one read."""
    return {place.pk: place for place in Place.objects.filter(pk__in=[key for key in keys if key], level__in=LEVELS)}


def own_place_of(actor: Actor) -> Place | None:
    """The place whose figures somebody looks at first: the widest of the actor's posts."""
    grants = [grant for grant in actor.grants_of(READERS) if grant.level in LEVELS and grant.place_id]
    if not grants:
        return None
    widest = min(grants, key=lambda grant: LEVELS.index(grant.level))
    return Place.objects.filter(pk=widest.place_id or 0).first()
