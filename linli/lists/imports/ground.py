"""Where old reports stand and who handled them: what the register has, and what is missing and may be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from linli.batches.imports import Options, Values
from linli.charters.queries import charter_of
from linli.core.actor import LEVELS, Actor
from linli.lists.imports.columns import category_of
from linli.lists.imports.reading import as_given, plain
from linli.people.permissions import may_add_bodies
from linli.people.queries import bodies_by_name
from linli.places.actions import PlaceDraft
from linli.places.models import Place
from linli.places.permissions import may_add_under
from linli.places.queries import open_places, within
from linli.places.rules.names import part_of, plain_name, read_address
from linli.places.rules.tree import BUILDING, COMMUNITY, DISTRICT, STREET, WORDS
from linli.tickets.permissions import IMPORTERS, may_import_to

UPPER = (DISTRICT, STREET, COMMUNITY)
Spot = Place | PlaceDraft


@dataclass(frozen=True, eq=False, slots=True)
class Unit:
    """A body to be added: its name, the other names and the number by which the file calls it."""

    name: str
    aliases: tuple[str, ...]
    district: Spot | None


@dataclass(slots=True)
class Found:
    """A place or a body, what is wrong, and what the reader should know."""

    what: Any = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def survey(rows: list[Values]) -> dict[str, Any]:
    """What only the whole file can tell: its one district, and all the names under which each unit's number stands."""
    districts = {as_given(cell) for cell in {row.get("district", "") for row in rows}} - {""}
    units: dict[str, Counter[str]] = {}
    for cells, count in Counter((row.get("unit_no", ""), row.get("unit", "")) for row in rows).items():
        number, name = map(as_given, cells)
        if number and name:
            units.setdefault(number, Counter())[name] += count
    names = {number: [name for name, _count in found.most_common()] for number, found in units.items()}
    return {"district": districts.pop() if len(districts) == 1 else "", "units": names}


class Ground:
    """The upper places and the bodies, read in two questions; each different cell is settled once."""

    def __init__(self, actor: Actor, options: Options, source: str) -> None:
        self.actor, self.source = actor, source
        self.may_create = bool(options.get("create_places"))
        read = options.get("survey") or {}
        self.one_district: str = read.get("district", "")
        self.units: dict[str, list[str]] = read.get("units", {})
        self.shared = Counter(name for names in self.units.values() for name in names)
        self.places: dict[tuple[int, str, str], Spot] = {}
        self.by_code: dict[str, Place] = {}
        self.communities: dict[tuple[int, str], list[Place]] = {}
        for place in open_places().filter(level__in=UPPER).order_by("pk"):
            self._learn(place)
        self.default = self._default(as_given(str(options.get("place") or "")))
        self.bodies = bodies_by_name()
        self.categories = charter_of(None).categories
        self._types: dict[tuple[str, ...], tuple[tuple[str, ...], str]] = {}
        self._under: dict[int, list[Place]] = {}
        self._spots: dict[tuple[str, ...], Found] = {}
        self._bodies: dict[tuple[str, str], Found] = {}

    def _learn(self, place: Place) -> None:
        self.places[place.parent_id or 0, place.level, place.name] = place
        self.by_code[place.code] = place
        if place.level == COMMUNITY:
            self.communities.setdefault((place.district_id or 0, place.name), []).append(place)

    def _default(self, wanted: str) -> Found:
        """Where rows without a place stand: as the sender said, in the file's one district, in the sender's area."""
        if wanted:
            named = [place for place in self.by_code.values() if place.name == wanted]
            place = self.by_code.get(wanted) or (named[0] if len(named) == 1 else None)
            words = _("找不到“%(name)s”，或者有几个地方叫这个名字。请填代码。") % {"name": wanted}
            return Found(place, [] if place else [words])
        if self.one_district:
            return self._child(None, DISTRICT, self.one_district)
        return Found(self._own())

    def _own(self) -> Place | None:
        """The widest upper place of the sender's own posts."""
        reached = {grant.place_id for grant in self.actor.grants_of(IMPORTERS)}
        mine = [place for place in self.by_code.values() if place.pk in reached]
        return min(mine, key=lambda place: LEVELS.index(place.level), default=None)

    def type_of(self, row: Values) -> tuple[tuple[str, ...], str]:
        """The type, main type and sub type of a row, and our category where it surely is one."""
        cells = tuple(row.get(column, "") for column in ("type", "main_type", "sub_type"))
        if cells not in self._types:
            types = tuple(map(plain, cells))
            self._types[cells] = types, category_of(types, self.categories)
        return self._types[cells]

    def place_of(self, row: Values) -> Found:
        """Where a row stands: the narrowest of its community, street and district that is known."""
        cells = tuple(row.get(column, "") for column in (*UPPER, "address"))
        if cells not in self._spots:
            names = dict(zip(UPPER, map(as_given, cells), strict=False))
            self._spots[cells] = self._allowed(self._narrowed(self._walk(names), as_given(cells[-1])))
        return self._spots[cells]

    def _narrowed(self, here: Found, address: str) -> Found:
        """The building that the address names, where there is but one such; a home is never looked for."""
        read = read_address(address)
        if not read.building or not isinstance(here.what, Place):
            return here
        named = [each for each in self._buildings(here.what) if part_of(each.name) == read.building]
        if read.compound:
            named = [each for each in named if each.compound and read.compound.endswith(plain_name(each.compound.name))]
        if len(named) == 1:
            return Found(named[0], here.faults)
        words = _("地址“%(address)s”对不上哪一栋楼，记在：%(name)s") % {"address": address, "name": here.what.name}
        return Found(here.what, here.faults, [*here.notes, words])

    def _buildings(self, place: Place) -> list[Place]:
        if place.pk not in self._under:
            found = open_places().filter(within(place), level=BUILDING).select_related("compound")
            self._under[place.pk] = list(found)
        return self._under[place.pk]

    def _walk(self, names: dict[str, str]) -> Found:
        here = Found()
        for level, name in names.items():
            if not name or here.faults:
                continue
            parent = here.what if here.what is not None or level == DISTRICT else self._above()
            found = self._child(parent, level, name)
            here = Found(found.what, found.faults, here.notes + found.notes)
        if here.what is None and not here.faults:
            here = Found(self.default.what, list(self.default.faults), list(self.default.notes))
        missing = next((level for level in UPPER if not names[level] and level != DISTRICT), "")
        if not here.faults and missing and not names[COMMUNITY]:
            here.notes.append(self._standing(here.what, missing))
        return here

    def _above(self) -> Spot | None:
        """The district of a row that names a street or community and no district."""
        place = self.default.what
        while place is not None and place.level != DISTRICT:
            place = place.parent
        return place

    def _standing(self, place: Spot | None, missing: str) -> str:
        if place is None:
            return _("没有写地方，不记在任何地方")
        words = {"level": WORDS[missing], "name": place.name}
        return _("没有写%(level)s，记在：%(name)s") % words

    def _child(self, parent: Spot | None, level: str, name: str) -> Found:
        key = (_key(parent), level, name)
        known = self.by_code.get(name) or self.places.get(key)
        if known is None and level == COMMUNITY and isinstance(parent, Place) and parent.level == DISTRICT:
            same = self.communities.get((parent.pk, name), [])
            known = same[0] if len(same) == 1 else None
        if known is not None:
            return Found(known, [], self._added(known))
        words = {"level": WORDS[level], "name": name}
        if parent is None and level != DISTRICT:
            return Found(None, [_("没有写区，不知道“%(name)s”在哪里。请在“没有写地方的，记在哪里”填上区。") % words])
        if level == COMMUNITY and parent is not None and parent.level == DISTRICT:
            return Found(None, [_("没有写街道，不知道“%(name)s”在哪个街道。") % words])
        if not self.may_create:
            return Found(None, [_("%(level)s“%(name)s”还没有登记。请先录入它，或勾选“补建”。") % words])
        if not may_add_under(self.actor, _root(parent)):
            return Found(None, [_("%(level)s“%(name)s”还没有登记，要请系统管理员来补建。") % words])
        self.places[key] = draft = PlaceDraft(level, name, parent)
        return Found(draft, [], self._added(draft))

    def _added(self, place: Spot) -> list[str]:
        if isinstance(place, Place):
            return []
        return [_("补建%(level)s：%(name)s") % {"level": WORDS[place.level], "name": place.name}]

    def _allowed(self, here: Found) -> Found:
        """The same, if the sender may bring reports into it."""
        is_drafted = isinstance(here.what, PlaceDraft)
        if not here.faults and not is_drafted and not may_import_to(self.actor, here.what):
            here.faults.append(_("这不是您负责的地方，不能往这里录。"))
        return here

    def body_of(self, row: Values, place: Spot | None) -> Found:
        """Who handled a row: by the number the file gives it, else by name; unknown ones are added when told so."""
        cells = (row.get("unit_no", ""), row.get("unit", ""))
        if cells not in self._bodies:
            self._bodies[cells] = self._body(as_given(cells[0]), as_given(cells[1]), place)
        return self._bodies[cells]

    def _body(self, number: str, name: str, place: Spot | None) -> Found:
        if not number and not name:
            return Found(None, [], [_("没有写承办单位")] if self.units else [])
        names = self.units.get(number) or [name]
        marked = self.mark(number)
        known = self.bodies.get(marked) if number else None
        if known is None and all(self.shared[each] < 2 for each in names):
            known = next((self.bodies[each] for each in names if self._is_unmarked(each)), None)
        if known is not None:
            return Found(known, [], self._also(known.name, number, [each for each in names if each != known.name]))
        district = _district(place)
        words = {"name": name or number, "number": number}
        if not self.may_create or not may_add_bodies(self.actor, _root(district)):
            return Found(None, [], [_("承办单位没有登记，名称照原样记：%(name)s") % words])
        unit = Unit(self._free(number, names), tuple(filter(None, (*names, marked))), district)
        self._bodies |= {(number, each): Found(unit, [], []) for each in names if number}
        added = _("补建承办单位：%(name)s") % {"name": unit.name}
        return Found(unit, [], [added, *self._also(unit.name, number, [each for each in names if each != unit.name])])

    def _is_unmarked(self, name: str) -> bool:
        """Whether there is a body of that name that this source knows by no other number."""
        body = self.bodies.get(name)
        return body is not None and not any(each.startswith(f"{self.source}:") for each in body.aliases)

    def mark(self, number: str) -> str:
        """The alias under which a body keeps the number that this source gave it."""
        return f"{self.source}:{number}" if number else ""

    def _free(self, number: str, names: list[str]) -> str:
        """The unit's most frequent name, or its longest where another unit is called the same, or with its number."""
        for name in (names[0], max(names, key=len)):
            if name and self.shared[name] < 2 and name not in self.bodies:
                return name
        return f"{names[0]} {number}".strip()

    def _also(self, name: str, number: str, others: Iterable[str]) -> list[str]:
        said = "、".join(others)
        words = _("承办单位也写作：%(name)s（%(number)s）= %(others)s")
        return [words % {"name": name, "number": number, "others": said}] if said else []


def _key(place: Spot | None) -> int:
    """A number for a parent that may not be stored yet: negative for drafts."""
    if isinstance(place, PlaceDraft):
        return -id(place)
    return place.pk if place else 0


def _root(place: Spot | None) -> Place | None:
    """The stored place on which a chain of drafts hangs."""
    while isinstance(place, PlaceDraft):
        place = place.parent
    return place


def _district(place: Spot | None) -> Spot | None:
    """The district of a place, stored or not."""
    while place is not None and place.level != DISTRICT:
        place = place.parent
    return place


def chain_of(place: Any) -> list[PlaceDraft]:
    """The drafts among a place and what is above it."""
    found: list[PlaceDraft] = []
    while isinstance(place, PlaceDraft):
        found.append(place)
        place = place.parent
    return found
