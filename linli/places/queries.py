"""Reads of the place tree. Each is one statement, however many places there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from linli.core.actor import LEVELS, Actor
from linli.core.asked import Question, Told
from linli.core.errors import NotFound
from linli.core.numbers import clean_code
from linli.places.models import GridCover, MapApproval, Outline, Place, Turn
from linli.places.permissions import STAFF, may_see_register
from linli.places.rules import tree

TAGGED = Question(lambda: Place.objects.filter(tag=Told("tag"))[:1])


def place_of(uid: str) -> Place:
    """The place with that public id. Raises `NotFound`."""
    return _one(Q(uid=uid))


def place_by_code(code: str) -> Place:
    """The place that bears or once bore that code, closed ones too. Raises `NotFound`."""
    wanted = code.strip().upper()
    return heir_of(Place.objects.filter(code=wanted).first() or _one(Q(former_codes__code=wanted)))


def place_by_tag(tag: str) -> Place:
    """The place whose poster carries that code, however it was typed. Raises `NotFound`."""
    found = TAGGED.first(tag=clean_code(tag))
    if found is None:
        raise NotFound
    return heir_of(found)


def heir_of(place: Place) -> Place:
    """The place itself, or what it was merged into: old posters and codes lead there."""
    while place.successor is not None:
        place = place.successor
    return place


def _one(condition: Q) -> Place:
    found = Place.objects.filter(condition).first()
    if found is None:
        raise NotFound
    return found


def open_places() -> QuerySet[Place]:
    """All places that are not closed, in the order of the tree."""
    return Place.objects.filter(closed_on__isnull=True).order_by("order", "pk")


def children_of(place: Place | None) -> QuerySet[Place]:
    """The open places directly under ``place``; the districts for None."""
    return open_places().filter(parent=place).annotate(child_count=Count("children", Q(children__closed_on=None)))


def places_below(place: Place, level: str | None = None) -> QuerySet[Place]:
    """All open places below ``place``, at any depth, or those of one level."""
    if place.level in LEVELS:
        condition = Q(**{f"{place.level}_id": place.pk})
    elif place.level in tree.COVERED:
        condition = _covered(place, "")
    else:
        condition = Q(parent_id=place.pk)
    below = open_places().filter(condition).exclude(pk=place.pk)
    return below.filter(level=level) if level else below


def covered_by(place: Place) -> list[Place]:
    """The compounds, buildings and stairwells of a grid, or of the grids of an area; another place is itself."""
    if place.level not in tree.COVERED:
        return [place]
    inside = Q(grid=place) | Q(grid__in=place.covers.values("place"))
    rows = GridCover.objects.filter(inside).exclude(place__level=tree.GRID).select_related("place")
    return [cover.place for cover in rows.order_by("pk")]


def _covered(grid: Place, path: str) -> Q:
    """What a grid or an area is made of: itself, the places it covers and all below them."""
    condition = Q(**{f"{path}pk": grid.pk})
    for pk, level in [(one.pk, one.level) for one in covered_by(grid)]:
        condition |= Q(**{f"{path}pk": pk}) | Q(**{f"{level}_id" if level in LEVELS else f"{path}parent_id": pk})
    return condition


def within(place: Place) -> Q:
    """The condition that a row which carries ``district_id ... building_id`` and ``place`` lies in ``place``."""
    if place.level in LEVELS:
        return Q(**{f"{place.level}_id": place.pk})
    if place.level in tree.COVERED:
        return _covered(place, "place__")
    if place.level == tree.STAIRWELL:
        return Q(place_id=place.pk) | Q(place__parent_id=place.pk)
    return Q(place_id=place.pk)


def ancestors_of(place: Place) -> list[Place]:
    """The places above ``place``, widest first."""
    columns = [*(getattr(place, f"{level}_id") for level in LEVELS), place.parent_id]
    above = {pk for pk in columns if pk is not None and pk != place.pk}
    return list(Place.objects.filter(pk__in=above).order_by("order")) if above else []


def label_of(place: Place, language: str = "") -> str:
    """What the place is called at the door, from the compound down, in the reader's language: no query."""
    spoken = language or get_language() or ""
    if spoken.startswith("bo"):
        return place.label_bo
    return place.label_en if spoken.startswith("en") else place.label


def name_of(place: Place, language: str = "") -> str:
    """The place's own name in the reader's language, or in Chinese where it has none there."""
    spoken = language or get_language() or ""
    if spoken.startswith("bo"):
        return place.name_bo or place.name
    return (place.name_en or place.name) if spoken.startswith("en") else place.name


def places_visible_to(actor: Actor) -> QuerySet[Place]:
    """What the actor may know of: everybody all places but homes; staff the homes within their grants."""
    inside = Q()
    for grant in actor.grants_of(STAFF):
        if grant.level == "everywhere":
            return open_places()
        if grant.place_id is not None:
            inside |= Q(**{f"{grant.level}_id": grant.place_id})
    outside = ~Q(level=tree.HOME)
    return open_places().filter(outside | inside if inside else outside)


def find_places(actor: Actor, words: str, limit: int = 20) -> list[Place]:
    """Visible places by name, code or poster code, for a search box."""
    words = words.strip()
    if not words:
        return []
    by_words = Q(label__icontains=words) | Q(pk__in=Turn.objects.filter(former_name__icontains=words).values("place"))
    by_words |= Q(name_bo__icontains=words) | Q(name_en__icontains=words)
    return list(places_visible_to(actor).filter(by_words | Q(code=words.upper()) | Q(tag=clean_code(words)))[:limit])


def levels_below(place: Place | None) -> dict[str, int]:
    """How many open places of each level lie below ``place`` (everywhere for None)."""
    below = places_below(place) if place is not None else open_places()
    counts = dict(below.order_by().values_list("level").annotate(Count("pk")))
    return {level: counts[level] for level in tree.WORDS if level in counts}


def map_approval() -> MapApproval | None:
    """The map approval number now in force, if the operator has entered one."""
    return MapApproval.objects.filter(withdrawn_at=None).order_by("-entered_at", "-pk").first()


def may_see_maps(actor: Actor) -> bool:
    """Staff always; everybody once a map approval number is entered (审图号)."""
    return may_see_register(actor) or map_approval() is not None


def outline_of(place: Place, actor: Actor) -> Outline | None:
    """The outline of ``place``, where there is one and the actor may see maps."""
    return Outline.objects.filter(place=place).first() if may_see_maps(actor) else None


def outlines_of(places: list[Place], actor: Actor) -> list[Outline]:
    """The outlines there are of ``places``; none where the actor may not see maps."""
    if not may_see_maps(actor):
        return []
    return list(Outline.objects.filter(place__in=places).select_related("place").order_by("place__order"))


def coverable_by(grid: Place) -> QuerySet[Place]:
    """The open compounds, buildings and stairwells of the grid's community; its grids, for an area."""
    return open_places().filter(community=grid.community_id, level__in=tree.COVERED[grid.level])


def grids_over(place: Place) -> QuerySet[Place]:
    """The grid and the area that a place lies in, the grid first."""
    inside = [place.pk, place.parent_id, place.building_id, place.compound_id]
    lies_in = Q(covers__place__in=inside) | Q(covers__place__covers__place__in=inside)
    return open_places().filter(lies_in).distinct().order_by("-level")


def turns_of(place: Place) -> QuerySet[Turn]:
    """What became, or is to become, of a place; what was taken back in time is left out unless it failed."""
    return Turn.objects.filter(Q(dropped_at=None) | ~Q(fault=""), place=place).select_related("target")


def turns_due(on: date) -> QuerySet[Turn]:
    """What is to be carried out by a day, the earliest first."""
    found = Turn.objects.filter(from_on__lte=on, done_at=None, dropped_at=None)
    return found.select_related("place__community", "place__parent", "target").order_by("from_on", "pk")


def targets_of(place: Place) -> QuerySet[Place]:
    """The places of the same level beside ``place`` with which it may be merged."""
    above = "district" if place.level in tree.NATIONAL else "community"
    found = open_places().filter(level=place.level, **{above: getattr(place, f"{above}_id")})
    return found.exclude(pk=place.pk)


def codes_of(place_ids: Iterable[int]) -> dict[int, str]:
    """Codes by place: what the audit page is told."""
    return dict(Place.objects.filter(pk__in=set(place_ids)).values_list("pk", "code"))
