"""Reports nearby that may be the same (SRQ-050): offered before sending, and to the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from linli.charters.queries import charter_of
from linli.charters.rules import Category
from linli.core.actor import LEVELS
from linli.core.asked import Question, Told, ToldMany
from linli.core.flow import Phase
from linli.matters.models import Matter
from linli.matters.rules.words import tokens_of
from linli.matters.states import Audience
from linli.places.models import Place
from linli.tickets import states
from linli.tickets.models import Ticket
from linli.tickets.queries.reading import KIND
from linli.tickets.rules.likeness import likeness, metres_between

MOST = 5
LOOKED_AT = 60


def _recent(level: str) -> QuerySet[Matter]:
    """The youngest matters of an area that stand open to all, or were closed lately; found by the community's index."""
    lately = Q(closed_at=None) | Q(closed_at__gte=Told("since"))
    area = {f"{level}_id": Told("area")} | ({"community_id": Told("community")} if level == "compound" else {})
    found = Matter.objects.filter(lately, **area, kind=KIND, audience=Audience.PUBLIC)
    over = (states.MERGED, states.WITHDRAWN, states.NOT_ACCEPTED)
    return found.exclude(state__in=over).select_related("place").order_by("-id")[:LOOKED_AT]


RECENT = {level: Question(partial(_recent, level)) for level in LEVELS[:4]}
REPORTS = Question(lambda: Ticket.objects.filter(pk__in=ToldMany("matters")))


@dataclass(frozen=True, slots=True)
class Near:
    """A report that may be the same, in the product's own words: nobody's text, nobody's picture."""

    uid: str
    title: str
    category_code: str
    place: Place | None
    state_words: Any
    opened_at: datetime
    voices: int
    is_open: bool
    due_at: datetime | None
    likeness: float


def duplicates_nearby(
    place: Place, category: Category | None, words: str, at: datetime, point: tuple[Any, Any] | None = None
) -> list[Near]:
    """Open or lately closed reports of the same family in the same building or within some metres, likest first.

    Matters inside homes are never among them, whoever asks (issue 3 C). Two reads.
    """
    charter = charter_of(place.community_id)
    if category is not None and (category.is_private_home or not category.is_public):
        return []
    metres = charter.thresholds.get("duplicate_metres", 50)
    since = at - timedelta(days=charter.thresholds.get("duplicate_days", 7))
    level = next((level for level in ("compound", "community") if getattr(place, f"{level}_id")), place.level)
    family = category.family if category is not None else ""
    mine = set(tokens_of(words).split())
    here = point or (place.latitude, place.longitude)
    found = RECENT[level].rows(area=getattr(place, f"{level}_id"), community=place.community_id, since=since)
    matters = {matter.pk: matter for matter in found}
    nears = [
        _near(matters[ticket.pk], likeness(mine, set(tokens_of(ticket.words).split())))
        for ticket in REPORTS.rows(matters=list(matters))
        if family in {"", ticket.family} and _is_near(matters[ticket.pk], ticket, place, here, metres)
    ]
    return sorted(nears, key=lambda near: (-near.likeness, -near.opened_at.timestamp()))[:MOST]


def _is_near(matter: Matter, ticket: Ticket, place: Place, here: tuple[Any, Any], metres: int) -> bool:
    """The same place or building; else within ``metres`` where both points are known."""
    if matter.place is not None and matter.place.level == "home":
        return False
    if matter.place_id == place.pk or (place.building_id and matter.building_id == place.building_id):
        return True
    there = matter.place if ticket.latitude is None else ticket
    if there is None or None in here or there.latitude is None or there.longitude is None:
        return False
    ends = (float(here[0]), float(here[1])), (float(there.latitude), float(there.longitude))
    return metres_between(*ends) <= metres


def _near(matter: Matter, alike: float) -> Near:
    return Near(
        uid=matter.uid,
        title=matter.title,
        category_code=matter.category_code,
        place=matter.place,
        state_words=states.FLOW.states[matter.state].words,
        opened_at=matter.opened_at,
        voices=matter.voices,
        is_open=matter.phase != Phase.DONE,
        due_at=matter.due_at,
        likeness=round(alike, 3),
    )
