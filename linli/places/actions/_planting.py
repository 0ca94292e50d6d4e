"""The rows of new places, level by level."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.core.actor import LEVELS
from linli.core.errors import BadInput, LostRace
from linli.places.models import FormerCode, Place, new_tag
from linli.places.rules import codes, tree
from linli.places.rules.crs import WGS84
from linli.places.rules.places import chunks, labels_under, place_faults, point_of


@dataclass(frozen=True, eq=False, slots=True)
class PlaceDraft:
    """A place to be added. ``parent`` may be another draft of the same call; without a code one is made."""

    level: str
    name: str
    parent: Place | PlaceDraft | None = None
    code: str = ""
    name_bo: str = ""
    name_en: str = ""
    area_centi: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    source_crs: str = WGS84


def plant(
    level: str, group: list[PlaceDraft], made: dict[PlaceDraft, Place], numbers: dict[PlaceDraft, int]
) -> dict[PlaceDraft, Place]:
    """Insert all drafts of one level; their parents exist by now."""
    above = {draft: _parent_of(draft, made) for draft in group}
    names, taken = _siblings(level, [parent for parent in above.values() if parent], group)
    faults: dict[str, list[Any]] = {}
    rows: dict[PlaceDraft, Place] = {}
    for draft in group:
        parent = above[draft]
        found = place_faults(draft, parent)
        key = (parent.pk if parent else None, draft.name.strip())
        if key in names:
            found.append(_("这里已经有“%(name)s”了。") % {"name": draft.name})
        if draft.code and draft.code in taken:
            found.append(_("代码 %(code)s 已经用过，代码不重复使用。") % {"code": draft.code})
        if found:
            faults[str(numbers[draft])] = found
            continue
        row = _row(draft, parent, taken)
        names.add(key)
        taken.add(row.code)
        rows[draft] = row
    if faults:
        raise BadInput(faults)
    _insert(level, list(rows.values()))
    return rows


def _parent_of(draft: PlaceDraft, made: dict[PlaceDraft, Place]) -> Place | None:
    if not isinstance(draft.parent, PlaceDraft):
        return draft.parent
    if draft.parent not in made:
        raise BadInput({"": [_("“%(name)s”的上级不在同一批里，或层级不对。") % {"name": draft.name}]})
    return made[draft.parent]


def _siblings(level: str, parents: list[Place], group: list[PlaceDraft]) -> tuple[set[tuple[Any, str]], set[str]]:
    """The names of open places of this level under ``parents``, and every code that may clash with a new one."""
    names: set[tuple[Any, str]] = set()
    taken: set[str] = set()
    keys = {parent.pk for parent in parents}
    for some in chunks(keys):
        rows = Place.objects.filter(parent__in=some).values_list("parent_id", "name", "level", "closed_on", "code")
        for parent_id, name, its_level, closed_on, code in rows:
            taken.add(code)
            if its_level == level and closed_on is None:
                names.add((parent_id, name))
        taken |= set(FormerCode.objects.filter(place__parent__in=some).values_list("code", flat=True))
    if level == tree.DISTRICT:
        for code, name, closed_on in Place.objects.filter(level=level).values_list("code", "name", "closed_on"):
            taken.add(code)
            if closed_on is None:
                names.add((None, name))
        taken |= set(FormerCode.objects.filter(place__level=level).values_list("code", flat=True))
    for wanted in chunks(draft.code for draft in group if draft.code):
        taken |= set(Place.objects.filter(code__in=wanted).values_list("code", flat=True))
        taken |= set(FormerCode.objects.filter(code__in=wanted).values_list("code", flat=True))
    return names, taken


def _row(draft: PlaceDraft, parent: Place | None, taken: set[str]) -> Place:
    name = draft.name.strip()
    code = draft.code or _new_code(draft, parent, taken)
    latitude, longitude = point_of(draft.latitude, draft.longitude, draft.source_crs)
    row = Place(
        level=draft.level,
        code=code,
        name=name,
        name_bo=draft.name_bo,
        name_en=draft.name_en,
        parent=parent,
        order=tree.order_of(parent.order if parent else "", name),
        area_centi=draft.area_centi,
        latitude=latitude,
        longitude=longitude,
        source_crs=draft.source_crs,
        has_official_code=bool(draft.code) and "-" not in code and not codes.is_provisional(draft.level, code),
        is_provisional=codes.is_provisional(draft.level, code),
        **labels_under(parent, name, draft.name_bo, draft.name_en),
    )
    if parent is not None:
        for level in LEVELS:
            setattr(row, f"{level}_id", getattr(parent, f"{level}_id"))
    return row


def _new_code(draft: PlaceDraft, parent: Place | None, taken: set[str]) -> str:
    try:
        return codes.new_code(draft.level, draft.name, parent.code if parent else "", taken)
    except ValueError:
        raise BadInput({"": [_("“%(name)s”下面的临时代码用完了。") % {"name": parent}]}) from None


def _insert(level: str, rows: list[Place]) -> None:
    """The rows with fresh tags, and each as its own ancestor where matters carry its level."""
    _tag(rows)
    try:
        Place.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise LostRace from error
    if level not in LEVELS:
        return
    for some in chunks(rows):
        Place.objects.filter(pk__in=[row.pk for row in some]).update(**{f"{level}_id": F("pk")})
    for row in rows:
        setattr(row, f"{level}_id", row.pk)


def _tag(rows: list[Place]) -> None:
    """Draw again where a tag is in use already."""
    seen: set[str] = set()
    for some in chunks(rows):
        used = set(Place.objects.filter(tag__in=[row.tag for row in some]).values_list("tag", flat=True))
        for row in some:
            while row.tag in used or row.tag in seen:
                row.tag = new_tag()
            seen.add(row.tag)
