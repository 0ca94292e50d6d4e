"""The tree of places: which level stands under which, what it is called, how it is sorted and labelled."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.places.rules.names import natural_key

DISTRICT, STREET, COMMUNITY, COMPOUND = "district", "street", "community", "compound"
BUILDING, STAIRWELL, HOME = "building", "stairwell", "home"
AREA, GRID, STATION, SPOT = "area", "grid", "station", "spot"

WORDS: dict[str, Any] = {
    DISTRICT: _("区县"),
    STREET: _("街道（乡镇）"),
    COMMUNITY: _("社区（村）"),
    COMPOUND: _("小区"),
    BUILDING: _("楼栋"),
    STAIRWELL: _("单元"),
    HOME: pgettext_lazy("places", "户"),
    AREA: _("片区"),
    GRID: _("网格"),
    STATION: _("站点"),
    SPOT: _("公共部位"),
}
"""Every level, widest first, and the word for it."""

PARENTS: dict[str, tuple[str, ...]] = {
    DISTRICT: (),
    STREET: (DISTRICT,),
    COMMUNITY: (STREET,),
    COMPOUND: (COMMUNITY,),
    BUILDING: (COMPOUND, COMMUNITY),
    STAIRWELL: (BUILDING,),
    HOME: (STAIRWELL, BUILDING),
    AREA: (COMMUNITY,),
    GRID: (COMMUNITY,),
    STATION: (COMMUNITY, COMPOUND, BUILDING, STREET, DISTRICT),
    SPOT: (COMMUNITY, COMPOUND, BUILDING, STAIRWELL),
}
"""Under which levels a place of each level may stand, the usual one first."""

NATIONAL = (DISTRICT, STREET, COMMUNITY)
"""Levels whose codes the state gives out."""

LABEL_STARTS_BELOW = (DISTRICT, STREET, COMMUNITY, AREA, GRID)
"""A place directly under one of these is labelled by its own name: nobody at the door says the district's."""

COVERED = {GRID: (COMPOUND, BUILDING, STAIRWELL), AREA: (GRID,)}
"""What a grid is made of: whole compounds, buildings or stairwells, never a part of one (REG-012); and an area
(片区) of whole grids (003-08)."""

MERGED = (STREET, COMMUNITY, COMPOUND, BUILDING, STAIRWELL, GRID)
"""Levels that may be merged or split: what has places, or a cover, of its own."""


def children_levels(level: str) -> tuple[str, ...]:
    """The levels that may stand directly under ``level``."""
    return tuple(child for child, parents in PARENTS.items() if level in parents)


def parent_fault(level: str, parent_level: str | None) -> Any:
    """Why a place of ``level`` may not stand under ``parent_level``; "" where it may."""
    allowed = PARENTS[level]
    if not allowed and parent_level is None:
        return ""
    if parent_level in allowed:
        return ""
    if not allowed:
        return _("区县是最上面一级，不要填上级。")
    return _("%(level)s只能放在%(parents)s下面。") % {
        "level": WORDS[level],
        "parents": "、".join(str(WORDS[parent]) for parent in allowed),
    }


def order_of(parent_order: str, name: str) -> str:
    """The key that sorts the whole tree: the parent's key, then the name's own."""
    return f"{parent_order}00{natural_key(name)}" if parent_order else natural_key(name)


def label_under(parent_level: str | None, parent_label: str, name: str) -> str:
    """What the place is called at the door, from the compound down: ``雪莲苑 2号楼东单元``."""
    if parent_level is None or parent_level in LABEL_STARTS_BELOW:
        return name
    return f"{label_before(parent_level, parent_label)}{name}"


def label_before(level: str, label: str) -> str:
    """What stands before the names of a labelled place's children: a gap after a compound and after no Chinese."""
    return label if level != COMPOUND and label[-1:] >= "\u2e80" else f"{label} "
