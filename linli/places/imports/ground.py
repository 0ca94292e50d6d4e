"""The places that a file's rows touch: those that exist and those that the file itself adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.places.actions import PlaceDraft
from linli.places.imports.lines import Line
from linli.places.models import Place
from linli.places.permissions import KEEPERS
from linli.places.queries import open_places
from linli.places.rules import tree
from linli.places.rules.names import part_of, plain_name
from linli.places.rules.places import chunks

Parent = Place | PlaceDraft
NUMBERED = (tree.BUILDING, tree.STAIRWELL, tree.HOME)
"""Levels whose places are told apart by their number, whatever word stands behind it."""


class Ground:
    """The places that a file's rows touch, those that exist and those that the file itself adds."""

    def __init__(self, actor: Actor, lines: list[Line], wanted: str = "") -> None:
        self.by_code: dict[str, Parent] = {}
        self.children: dict[tuple[int, str, str], Parent] = {}
        self.alike: dict[tuple[int, str, str], list[Parent]] = {}
        self.compounds: dict[int, list[Parent]] = {}
        self.communities: dict[str, list[Place]] = {}
        codes = {line.code for line in lines} | {line.parent_code for line in lines}
        codes |= {line.parent_code[:6] for line in lines}
        named = {line.get("community") for line in lines if line.is_address} - {""}
        self.fault, self.default = self._default(actor, wanted.strip())
        for some in chunks({code for code in codes | named if code}):
            self.by_code |= {place.code: place for place in Place.objects.filter(code__in=some)}
        for some in chunks(name for name in named if name not in self.by_code):
            for found in open_places().filter(level=tree.COMMUNITY, name__in=some):
                self.communities.setdefault(found.name, []).append(found)
        parents = {line.parent_code for line in lines if not line.code}
        within = [known.pk for code in parents if isinstance(known := self.by_code.get(code), Place)]
        self._know(within, direct=True)
        default = [self.default.community_id] if self.default is not None else []
        self._know([*(place.pk for place in self._named(named)), *filter(None, default)], direct=False)

    def _default(self, actor: Actor, wanted: str) -> tuple[Any, Place | None]:
        """Where rows stand that name no community: where the sender says, else the one community they keep."""
        upper = open_places().filter(level__in=(tree.COMMUNITY, tree.COMPOUND))
        if not wanted:
            kept = {each.place_id or 0 for each in actor.grants_of(KEEPERS) if each.level in {"community", "compound"}}
            return "", upper.filter(pk__in=kept).first() if len(kept) == 1 else None
        found = list(upper.filter(Q(name=wanted) | Q(code=wanted.upper()))[:2])
        if len(found) == 1:
            return "", found[0]
        words = _("找不到“%(name)s”，或者有几个地方叫这个名字。请填代码。")
        return words % {"name": wanted}, None

    def _named(self, named: set[str]) -> Iterator[Place]:
        for name in named:
            known = self.by_code.get(name)
            yield from [known] if isinstance(known, Place) else self.communities.get(name, [])

    def _know(self, keys: list[int], *, direct: bool) -> None:
        """Load the places under these, so that names can be found there."""
        for some in chunks(keys):
            rows = open_places().filter(**{"parent__in" if direct else "community__in": some})
            for place in rows.order_by():
                self._learn(place.parent_id or 0, place)

    def _learn(self, parent: int, place: Parent) -> None:
        self.children[parent, place.level, plain_name(place.name)] = place
        if place.level == tree.COMPOUND:
            self.compounds.setdefault(parent, []).append(place)
        if place.level in NUMBERED and (part := part_of(place.name)):
            self.alike.setdefault((parent, place.level, part), []).append(place)

    def child(self, parent: Parent | None, level: str, name: str) -> Parent | None:
        """What stands under ``parent`` by that name, however it is written: 三号楼, 3# and 3栋 are one building.

        Where the register itself tells a 3号楼 from a 3栋, only the name as it stands there is the place.
        """
        exact = self.children.get((_key(parent), level, plain_name(name)))
        part = part_of(name) if exact is None and level in NUMBERED else ""
        alike = self.alike.get((_key(parent), level, part), []) if part else []
        return alike[0] if len(alike) == 1 else exact

    def only_compound(self, community: Parent) -> Parent | None:
        """The community's compound, where it has but one."""
        found = self.compounds.get(_key(community), [])
        return found[0] if len(found) == 1 else None

    def add(self, draft: PlaceDraft) -> PlaceDraft:
        """Remember a place that the file adds."""
        if draft.code:
            self.by_code[draft.code] = draft
        self._learn(_key(draft.parent), draft)
        return draft


def _key(parent: Parent | None) -> int:
    """A number for a parent that may not be stored yet: negative for drafts."""
    if isinstance(parent, PlaceDraft):
        return -id(parent)
    return parent.pk if parent else 0
