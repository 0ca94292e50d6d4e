"""Renaming, closing, grids, and the state's code when it becomes known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import LEVELS, Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.times import day_of
from linli.places.models import FormerCode, GridCover, Place
from linli.places.permissions import may_edit
from linli.places.rules import codes, tree
from linli.places.rules.crs import WGS84
from linli.places.rules.places import chunks, community_code, labels_under, name_faults, point_faults, point_of

CARRIED = ("order", "label", "label_bo", "label_en")


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


def _require(actor: Actor, place: Place) -> None:
    if not may_edit(actor, place):
        raise NotAllowed
    if place.closed_on is not None:
        raise WrongState(_("这个地方已经停用了。"))


def _record(actor: Actor, place: Place, verb: str, **detail: Any) -> None:
    record_act(
        actor=actor, verb=verb, subject=place.uid, community=community_code(place.level, place.code), detail=detail
    )


@action
def change_place(*, actor: Actor, place: Place, change: PlaceChange) -> Place:
    """Corrects a place's names, area and point; labels and order below follow, the code stays (REG-010)."""
    _require(actor, place)
    faults = name_faults(change.name, change.name_bo, change.name_en)
    faults += point_faults(change.latitude, change.longitude, change.source_crs)
    if faults:
        raise BadInput({"": faults})
    was = Place.objects.select_related("parent").get(pk=place.pk)
    before = {field: getattr(was, field) for field in CARRIED}
    old_name = was.name
    was.name, was.name_bo, was.name_en = change.name.strip(), change.name_bo.strip(), change.name_en.strip()
    was.area_centi = change.area_centi
    was.latitude, was.longitude = point_of(change.latitude, change.longitude, change.source_crs)
    was.source_crs = change.source_crs
    was.order = tree.order_of(was.parent.order if was.parent else "", was.name)
    for field, words in labels_under(was.parent, was.name, was.name_bo, was.name_en).items():
        setattr(was, field, words)
    try:
        was.save()
    except IntegrityError:
        raise BadInput({"name": [_("这里已经有“%(name)s”了。") % {"name": was.name}]}) from None
    _carry_down(was, before)
    _record(actor, was, "place.changed", before=old_name, after=was.name)
    return was


def _below(place: Place) -> Q:
    """Every row below ``place``, closed ones too."""
    if place.level in LEVELS:
        return Q(**{f"{place.level}_id": place.pk}) & ~Q(pk=place.pk)
    return Q(parent_id=place.pk)


def _carry_down(place: Place, before: dict[str, str]) -> None:
    """Put the new beginning in the place of the old one, in all rows below, in one statement."""
    below = Place.objects.filter(_below(place))
    moved = ("order",) if place.level in tree.LABEL_STARTS_BELOW else CARRIED
    changed = {}
    for field in moved:
        old, new = before[field], getattr(place, field)
        if field != "order":
            old, new = tree.label_before(place.level, old), tree.label_before(place.level, new)
        if old != new:
            changed[field] = Concat(Value(new), Substr(field, len(old) + 1), output_field=TextField())
    if changed:
        below.update(**changed)


@action
def give_code(*, actor: Actor, place: Place, code: str) -> Place:
    """Puts the state's code in the place of a provisional one; the old codes go on finding their places (REG-010)."""
    _require(actor, place)
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
    for some in chunks(Place.objects.filter(Q(pk=place.pk) | _below(place)).only("pk", "code")):
        FormerCode.objects.bulk_create([FormerCode(place=row, code=row.code) for row in some])
    Place.objects.filter(_below(place), code__startswith=old).update(
        code=Concat(Value(code), Substr("code", len(old) + 1), output_field=TextField())
    )
    done = Place.objects.filter(pk=place.pk, code=old).update(code=code, is_provisional=False, has_official_code=True)
    if not done:
        raise LostRace
    place.refresh_from_db()
    _record(actor, place, "place.coded", before=old, after=code)
    return place


@action
def close_place(*, actor: Actor, place: Place) -> Place:
    """Closes a place in which nothing is open any more; its row and its code stay for ever (REG-011)."""
    _require(actor, place)
    if Place.objects.filter(_below(place), closed_on=None).exists():
        raise WrongState(_("里面还有没停用的地方。请先停用它们。"))
    if not Place.objects.filter(pk=place.pk, closed_on=None).update(closed_on=day_of(actor.now)):
        raise LostRace
    GridCover.objects.filter(Q(place=place) | Q(grid=place)).delete()
    place.closed_on = day_of(actor.now)
    _record(actor, place, "place.closed", name=place.name)
    return place


@action
def cover_grid(*, actor: Actor, grid: Place, places: Sequence[Place]) -> None:
    """Says which whole compounds, buildings and stairwells make up a grid; no place lies in two (REG-012)."""
    _require(actor, grid)
    if grid.level != tree.GRID:
        raise WrongState(_("这不是网格。"))
    strange = [
        place.name for place in places if place.community_id != grid.community_id or place.level not in tree.COVERED
    ]
    if strange:
        names = "、".join(strange)
        raise BadInput({"": [_("网格只能由本社区的小区、楼栋、单元组成：%(names)s 不行。") % {"names": names}]})
    chosen = {place.pk: place for place in places}
    others = GridCover.objects.exclude(grid=grid).filter(grid__community=grid.community_id).select_related("place")
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
    _record(actor, grid, "grid.covered", places=len(chosen))


def _overlap(one: Place, other: Place) -> bool:
    """Whether one of two places lies in the other."""

    def inside(inner: Place, outer: Place) -> bool:
        if outer.level in LEVELS:
            return bool(getattr(inner, f"{outer.level}_id") == outer.pk)
        return outer.pk in {inner.pk, inner.parent_id}

    return inside(one, other) or inside(other, one)
