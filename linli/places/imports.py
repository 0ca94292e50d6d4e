"""Tables of places: official streets and communities, buildings and homes, and our own export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Checked, Importer, Option, Options, Outcome, Values
from linli.batches.rules import Column
from linli.batches.states import ALREADY, CHANGED, NEW
from linli.core.actor import Actor
from linli.core.numbers import area_of, area_words
from linli.places.actions import PlaceChange, PlaceDraft, add_places, change_place
from linli.places.models import Place
from linli.places.permissions import KEEPERS, may_add_under, may_edit, may_import
from linli.places.queries import open_places
from linli.places.rules import tree
from linli.places.rules.codes import PATTERNS
from linli.places.rules.crs import WGS84
from linli.places.rules.names import plain_name
from linli.places.rules.places import chunks, place_faults, point_of

Parent = Place | PlaceDraft
BELOW = (tree.COMPOUND, tree.BUILDING, tree.STAIRWELL, tree.HOME)

COLUMNS = (
    Column("code", _("代码"), aliases=("code", "区划代码", "编码", "统计用区划代码")),
    Column("name", _("名称"), aliases=("name", "地名")),
    Column("level", _("级别"), aliases=("level", "类型")),
    Column("parent_code", _("上级代码"), aliases=("parent", "streetCode", "areaCode")),
    Column("community", _("社区"), aliases=("社区代码", "社区名称", "村居"), example="530199001001"),
    Column("compound", _("小区"), aliases=("小区名称", "院落"), example="雪莲苑"),
    Column("building", _("楼栋"), aliases=("楼号", "栋", "幢"), example="2号楼"),
    Column("stairwell", _("单元"), aliases=("单元号", "梯"), example="东单元"),
    Column("home", _("户号"), aliases=("房号", "室号", "门牌号", "户室号"), example="501"),
    Column("area", _("面积（㎡）"), aliases=("建筑面积", "面积", "area"), example="89.50"),
    Column("name_bo", _("藏文名称"), aliases=("name_bo",)),
    Column("name_en", _("英文名称"), aliases=("name_en",)),
    Column("latitude", _("纬度"), aliases=("latitude", "lat")),
    Column("longitude", _("经度"), aliases=("longitude", "lng", "lon")),
    Column("crs", _("坐标系"), aliases=("crs",)),
)
TEMPLATE = (
    ("530199001001", "雪莲社区", "社区", "530199001", *[""] * 11),
    ("", "", "", "", "530199001001", "雪莲苑", "2号楼", "东单元", "501", "89.50", *[""] * 5),
    ("", "", "", "", "530199001001", "雪莲苑", "2号楼", "东单元", "502", "90.20", *[""] * 5),
)
LEVEL_NAMES = {
    **{name: name for name in tree.WORDS},
    **dict.fromkeys(("区县", "区", "县"), tree.DISTRICT),
    **dict.fromkeys(("街道", "乡镇", "镇", "乡"), tree.STREET),
    **dict.fromkeys(("社区", "村", "居委会", "村委会"), tree.COMMUNITY),
    **dict.fromkeys(("小区", "院落"), tree.COMPOUND),
    **dict.fromkeys(("楼栋", "楼", "栋"), tree.BUILDING),
    **dict.fromkeys(("单元", "梯"), tree.STAIRWELL),
    **dict.fromkeys(("户", "房屋", "室"), tree.HOME),
    "网格": tree.GRID,
    "站点": tree.STATION,
    "公共部位": tree.SPOT,
}


@dataclass(slots=True)
class Line:
    """One row on its way: what it says, what stands there already, and what is wrong."""

    row: Values
    faults: list[Any] = field(default_factory=list)
    level: str = ""
    code: str = ""
    parent_code: str = ""
    area_centi: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    draft: PlaceDraft | None = None
    change: tuple[Place, PlaceChange] | None = None
    above: list[PlaceDraft] = field(default_factory=list)

    def get(self, column: str) -> str:
        """A cell, "" where the file has no such column."""
        return self.row.get(column, "").strip()

    @property
    def is_address(self) -> bool:
        """Whether the row names a place by community, compound, building ... and not by its own code and level."""
        return not self.get("code") and any(self.get(level) for level in BELOW)


def read_line(row: Values) -> Line:
    """A row as values, with what cannot be read."""
    line = Line(row)
    line.code = line.get("code").upper()
    line.level = _level_of(line)
    if not line.level and not line.is_address:
        line.faults.append(_("看不出是哪一级。请填“级别”，例如街道、社区、楼栋。"))
    if not line.is_address:
        line.parent_code = line.get("parent_code").upper() or _parent_code(line.level, line.code)
    try:
        line.area_centi = area_of(line.get("area")) if line.get("area") else None
    except (ValueError, InvalidOperation):
        line.faults.append(_("面积“%(area)s”读不出来，应是最多两位小数的数。") % {"area": line.get("area")})
    for name in ("latitude", "longitude"):
        try:
            setattr(line, name, Decimal(line.get(name)) if line.get(name) else None)
        except InvalidOperation:
            line.faults.append(_("坐标“%(words)s”不是数。") % {"words": line.get(name)})
    return line


def _level_of(line: Line) -> str:
    if line.is_address:
        return next((level for level in reversed(BELOW) if line.get(level)), "")
    if line.get("level"):
        words = re.split(r"[(\uff08]", line.get("level"))[0]
        return LEVEL_NAMES.get(words.strip(), "")
    return next((level for level, shape in PATTERNS.items() if shape.fullmatch(line.code)), "")


def _parent_code(level: str, code: str) -> str:
    if level in tree.NATIONAL:
        return {tree.DISTRICT: "", tree.STREET: code[:6], tree.COMMUNITY: code[:9]}[level]
    if level == tree.GRID and code.isdigit():
        return code[6:18] if len(code) == 20 else code[:12]
    return code.rpartition("-")[0]


class Ground:
    """The places that a file's rows touch, those that exist and those that the file itself adds."""

    def __init__(self, lines: list[Line]) -> None:
        self.by_code: dict[str, Parent] = {}
        self.children: dict[tuple[int, str, str], Parent] = {}
        self.communities: dict[str, list[Place]] = {}
        codes = {line.code for line in lines} | {line.parent_code for line in lines}
        codes |= {line.parent_code[:6] for line in lines}
        named = {line.get("community") for line in lines if line.is_address}
        for some in chunks({code for code in codes | named if code}):
            self.by_code |= {place.code: place for place in Place.objects.filter(code__in=some)}
        for some in chunks(name for name in named if name not in self.by_code):
            for found in open_places().filter(level=tree.COMMUNITY, name__in=some):
                self.communities.setdefault(found.name, []).append(found)
        parents = {line.parent_code for line in lines if not line.code}
        within = [known.pk for code in parents if isinstance(known := self.by_code.get(code), Place)]
        self._know(within, direct=True)
        self._know([place.pk for place in self._named(named)], direct=False)

    def _named(self, named: set[str]) -> Iterator[Place]:
        for name in named:
            known = self.by_code.get(name)
            yield from [known] if isinstance(known, Place) else self.communities.get(name, [])

    def _know(self, keys: list[int], *, direct: bool) -> None:
        """Load the places under these, so that names can be found there."""
        for some in chunks(keys):
            rows = open_places().filter(**{"parent__in" if direct else "community__in": some})
            for place in rows.order_by():
                self.children[place.parent_id or 0, place.level, plain_name(place.name)] = place

    def child(self, parent: Parent | None, level: str, name: str) -> Parent | None:
        """What stands under ``parent`` by that name, however its figures are written."""
        return self.children.get((_key(parent), level, plain_name(name)))

    def add(self, draft: PlaceDraft) -> PlaceDraft:
        """Remember a place that the file adds."""
        if draft.code:
            self.by_code[draft.code] = draft
        self.children[_key(draft.parent), draft.level, plain_name(draft.name)] = draft
        return draft


def _key(parent: Parent | None) -> int:
    """A number for a parent that may not be stored yet: negative for drafts."""
    if isinstance(parent, PlaceDraft):
        return -id(parent)
    return parent.pk if parent else 0


def check_places(actor: Actor, rows: list[Values], options: Options) -> list[Checked]:
    """What each row would add or change, and what is wrong with it."""
    lines = [read_line(row) for row in rows]
    ground = Ground(lines)
    for line in lines:
        if not line.faults:
            _settle(actor, line, ground, may_create=bool(options.get("create_places")))
    return [Checked(line, [*line.faults], _status(line)) for line in lines]


def _status(line: Line) -> str:
    if line.draft is not None:
        return NEW
    return CHANGED if line.change else ALREADY


def _settle(actor: Actor, line: Line, ground: Ground, *, may_create: bool) -> None:
    """Find the row's parent and the row's own place, and draft what is missing."""
    if line.is_address:
        parent, name, level = _walk(line, ground, may_create=may_create)
    else:
        parent, name, level = _parent(line, ground, may_create=may_create), line.get("name"), line.level
    if line.faults:
        return
    known = ground.by_code.get(line.code) if line.code else ground.child(parent, level, name)
    if isinstance(known, Place):
        _compare(actor, line, known)
        return
    if known is not None:
        line.faults.append(_("文件里前面已经有这一行。"))
        return
    draft = PlaceDraft(
        level, name, parent, line.code, line.get("name_bo"), line.get("name_en"), line.area_centi,
        line.latitude, line.longitude, line.get("crs") or WGS84,
    )  # fmt: skip
    shape = parent if not isinstance(parent, PlaceDraft) else SimpleNamespace(**_plain(parent))
    line.faults += place_faults(draft, shape)
    if not may_add_under(actor, _root(parent)):
        line.faults.append(_("您现在的身份不能往这里加。请由管这个地方的人来录。"))
    if not line.faults:
        line.draft = ground.add(draft)


def _plain(draft: PlaceDraft) -> dict[str, Any]:
    return {"level": draft.level, "code": draft.code, "closed_on": None}


def _root(parent: Parent | None) -> Place | None:
    """The stored place on which a chain of drafts hangs."""
    while isinstance(parent, PlaceDraft):
        parent = parent.parent
    return parent


def _parent(line: Line, ground: Ground, *, may_create: bool) -> Parent | None:
    """The parent by its code; an unknown district or street above an official code only when told to add it."""
    code = line.parent_code
    if line.level == tree.DISTRICT or code in ground.by_code:
        return ground.by_code.get(code)
    level = next((level for level, shape in PATTERNS.items() if shape.fullmatch(code)), "")
    if not (may_create and level in {tree.DISTRICT, tree.STREET} and line.level in tree.NATIONAL):
        line.faults.append(_("上级 %(code)s 还没有登记。请先录入它，或勾选“补建缺少的上级”。") % {"code": code or "—"})
        return None
    above: Parent | None = None
    if level == tree.STREET:
        above = ground.by_code.get(code[:6]) or _add(line, ground, tree.DISTRICT, code[:6], None)
    return _add(line, ground, level, code, above)


def _add(line: Line, ground: Ground, level: str, code: str, parent: Parent | None) -> PlaceDraft:
    """A parent whose code is known and whose name is not: its code stands for the name until somebody fills it in."""
    draft = ground.add(PlaceDraft(level, code, parent, code))
    line.above.append(draft)
    return draft


def _walk(line: Line, ground: Ground, *, may_create: bool) -> tuple[Parent | None, str, str]:
    """From the community down to the row's own place; what is missing between is added only when told so."""
    parent: Parent | None = _community(line, ground)
    steps = [(level, line.get(level)) for level in BELOW if line.get(level)]
    for level, name in steps[:-1]:
        if parent is None:
            break
        found = ground.child(parent, level, name)
        if found is None and not may_create:
            line.faults.append(_("“%(name)s”还没有登记。请先录入它，或勾选“补建缺少的上级”。") % {"name": name})
            break
        if found is None:
            fault = tree.parent_fault(level, parent.level)
            if fault:
                line.faults.append(fault)
                break
            found = ground.add(PlaceDraft(level, name, parent))
            line.above.append(found)
        parent = found
    level, name = steps[-1]
    return parent, name, level


def _community(line: Line, ground: Ground) -> Parent | None:
    words = line.get("community")
    known = ground.by_code.get(words)
    if known is not None:
        return known
    named = ground.communities.get(words, [])
    if len(named) == 1:
        return named[0]
    if named:
        line.faults.append(
            _("有 %(count)d 个社区叫“%(name)s”。请改填社区代码。") % {"count": len(named), "name": words}
        )
    elif words:
        line.faults.append(_("没有叫“%(name)s”的社区。请核对，或改填 12 位社区代码。") % {"name": words})
    else:
        line.faults.append(_("缺社区。请填社区名称或 12 位代码。"))
    return None


def _compare(actor: Actor, line: Line, place: Place) -> None:
    """Whether the row says anything else than the register; cells that are empty change nothing."""
    latitude, longitude = point_of(line.latitude, line.longitude, line.get("crs") or WGS84)
    wanted = {
        "name": line.get("name") if line.code else "",
        "name_bo": line.get("name_bo"),
        "name_en": line.get("name_en"),
        "area_centi": line.area_centi,
        "latitude": latitude,
        "longitude": longitude,
    }
    now: dict[str, Any] = {name: getattr(place, name) for name in wanted}
    after: dict[str, Any] = {name: value if value not in {"", None} else now[name] for name, value in wanted.items()}
    if place.closed_on is not None:
        line.faults.append(_("这个代码的地方已经停用，代码不重复使用。"))
    elif line.level != place.level:
        line.faults.append(_("级别与登记的不同：登记的是%(level)s。") % {"level": tree.WORDS[place.level]})
    elif after != now:
        if may_edit(actor, place):
            line.change = (place, PlaceChange(**after))
        else:
            line.faults.append(_("您现在的身份不能改这里。请由管这个地方的人来录。"))


def commit_places(actor: Actor, rows: list[Checked], options: Options) -> list[Outcome]:
    """Adds what is missing, all in one act, and changes what differs."""
    lines: list[Line] = [checked.values for checked in rows]
    drafts = [draft for line in lines for draft in (*line.above, line.draft) if draft is not None]
    add_places(actor=actor, drafts=drafts)
    for line in lines:
        if line.change:
            change_place(actor=actor, place=line.change[0], change=line.change[1])
    return [Outcome(_status(line)) for line in lines]


def export_places(actor: Actor, options: Options) -> Iterable[tuple[Any, ...]]:
    """Every open place within the actor's grants, parents first, as rows that import again unchanged."""
    places = open_places().select_related("parent")
    mine = places.none() if not may_import(actor) else places
    for place in mine.iterator(chunk_size=2000):
        if any(grant.covers(place) for grant in actor.grants_of(KEEPERS)):
            yield (
                place.code, place.name, tree.WORDS[place.level], place.parent.code if place.parent else "",
                "", "", "", "", "", "" if place.area_centi is None else area_words(place.area_centi).replace(",", ""),
                place.name_bo, place.name_en, place.latitude, place.longitude, "",
            )  # fmt: skip


PLACES = Importer(
    name="places",
    words=_("地方（区划、小区、楼栋、房屋）"),
    columns=COLUMNS,
    may=may_import,
    check=check_places,
    commit=commit_places,
    options=(Option("create_places", _("补建缺少的上级（街道、小区、楼栋、单元）"), default=True),),
    template=TEMPLATE,
    export=export_places,
    checks_whole=True,
    help=_(
        "两种写法都行：填代码、名称、级别、上级代码；或者填社区、小区、楼栋、单元、户号。空着的格子不改原来的内容。"
    ),
)
