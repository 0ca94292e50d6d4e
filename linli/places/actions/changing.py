"""Renaming, closing, grids, and the state's code when it becomes known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from linli.core.actor import LEVELS, Actor
from linli.core.errors import BadInput, LostRace, WrongState
from linli.core.flow import action
from linli.core.times import day_of
from linli.places.actions._rows import below, record, require, settle
from linli.places.models import FormerCode, GridCover, Place
from linli.places.rules import codes, tree
from linli.places.rules.crs import WGS84
from linli.places.rules.places import chunks, name_faults, point_faults, point_of


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What is to stand in a place's row from now on."""

    name: str
    name_bo: str = ""
    name_en: str = ""
    area_centi: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    source_crs: str = WGS84


@action
def change_place(*, actor: Actor, place: Place, change: PlaceChange) -> Place:
    """Corrects a place's names, area and point; labels and order below follow, the code stays (REG-010)."""
    require(actor, place)
    faults = name_faults(change.name, change.name_bo, change.name_en)
    faults += point_faults(change.latitude, change.longitude, change.source_crs)
    if faults:
        raise BadInput({"": faults})
    was = Place.objects.select_related("parent", "community").get(pk=place.pk)
    old_name = was.name
    was.area_centi = change.area_centi
    was.latitude, was.longitude = point_of(change.latitude, change.longitude, change.source_crs)
    was.source_crs = change.source_crs
    settle(was, was.parent, change.name.strip(), change.name_bo.strip(), change.name_en.strip())
    record(actor, was, "place.changed", before=old_name, after=was.name)
    return was


@action
def give_code(*, actor: Actor, place: Place, code: str) -> Place:
    """Puts the state's code in the place of a provisional one; the old codes go on finding their places (REG-010)."""
    require(actor, place)
    parent = place.parent
    fault = codes.code_fault(place.level, code, parent.code if parent else "")
    if place.level not in tree.NATIONAL or not place.is_provisional:
        raise WrongState(_("只有临时代码可以换成国家统一代码。"))
    if fault or codes.is_provisional(place.level, code):
        raise BadInput({"code": [fault or _("这还是一个临时代码。请填国家统一的区划代码。")]})
    taken = Place.objects.filter(Q(code=code) | Q(code__startswith=code)).exclude(pk=place.pk)
    if taken.exists() or FormerCode.objects.filter(code=code).exists():
        raise BadInput({"code": [_("代码 %(code)s 已经用过，代码不重复使用。") % {"code": code}]})
    old = place.code
    for some in chunks(Place.objects.filter(Q(pk=place.pk) | below(place)).only("pk", "code")):
        FormerCode.objects.bulk_create([FormerCode(place=row, code=row.code) for row in some])
    Place.objects.filter(below(place), code__startswith=old).update(
        code=Concat(Value(code), Substr("code", len(old) + 1), output_field=TextField())
    )
    done = Place.objects.filter(pk=place.pk, code=old).update(code=code, is_provisional=False, has_official_code=True)
    if not done:
        raise LostRace
    place.refresh_from_db()
    record(actor, place, "place.coded", before=old, after=code)
    return place


@action
def close_place(*, actor: Actor, place: Place) -> Place:
    """Closes a place in which nothing is open any more; its row and its code stay for ever (REG-011)."""
    require(actor, place)
    if Place.objects.filter(below(place), closed_on=None).exists():
        raise WrongState(_("里面还有没停用的地方。请先停用它们。"))
    if not Place.objects.filter(pk=place.pk, closed_on=None).update(closed_on=day_of(actor.now)):
        raise LostRace
    GridCover.objects.filter(Q(place=place) | Q(grid=place)).delete()
    place.closed_on = day_of(actor.now)
    record(actor, place, "place.closed", name=place.name)
    return place


@action
def cover_grid(*, actor: Actor, grid: Place, places: Sequence[Place]) -> None:
    """Says which whole compounds, buildings and stairwells make up a grid, or which grids an area (REG-012, 003-08).

    No place lies in two grids, and no grid in two areas.
    """
    require(actor, grid)
    made_of = tree.COVERED.get(grid.level)
    if made_of is None:
        raise WrongState(_("这不是网格，也不是片区。"))
    strange = [place.name for place in places if place.community_id != grid.community_id or place.level not in made_of]
    if strange:
        names = "、".join(strange)
        words = _("网格只能由本社区的小区、楼栋、单元组成，片区只能由网格组成：%(names)s 不行。")
        raise BadInput({"": [words % {"names": names}]})
    chosen = {place.pk: place for place in places}
    others = GridCover.objects.exclude(grid=grid).filter(grid__community=grid.community_id, grid__level=grid.level)
    others = others.select_related("place")
    for cover in [other.place for other in others]:
        for place in chosen.values():
            if _overlap(place, cover):
                raise BadInput({"": [_("“%(name)s”已经在别的网格里了。") % {"name": place.label}]})
    if any(_overlap(one, other) for one in chosen.values() for other in chosen.values() if one.pk < other.pk):
        raise BadInput({"": [_("选了一个地方，又选了它里面的一部分。请只选一个。")]})
    grid.covers.exclude(place__in=chosen).delete()
    there = set(grid.covers.values_list("place_id", flat=True))
    GridCover.objects.bulk_create(
        [GridCover(grid=grid, place=place) for pk, place in chosen.items() if pk not in there]
    )
    record(actor, grid, "grid.covered", places=len(chosen))


def _overlap(one: Place, other: Place) -> bool:
    """Whether one of two places lies in the other."""

    def inside(inner: Place, outer: Place) -> bool:
        if outer.level in LEVELS:
            return bool(getattr(inner, f"{outer.level}_id") == outer.pk)
        return outer.pk in {inner.pk, inner.parent_id}

    return inside(one, other) or inside(other, one)
