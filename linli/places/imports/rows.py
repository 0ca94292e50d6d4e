"""Rows of a table of places: looked through, then taken in by one act; and the register as such rows."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Checked, Options, Outcome, Values
from linli.batches.states import ALREADY, CHANGED, NEW
from linli.core.actor import Actor
from linli.core.numbers import area_words
from linli.places.actions import PlaceChange, PlaceDraft, add_places, change_place
from linli.places.imports.ground import NUMBERED, Ground, Parent
from linli.places.imports.lines import Line, read_line
from linli.places.models import Place
from linli.places.permissions import KEEPERS, may_add_under, may_edit, may_import
from linli.places.queries import open_places
from linli.places.rules import tree
from linli.places.rules.codes import PATTERNS
from linli.places.rules.crs import WGS84
from linli.places.rules.places import chunks, place_faults, point_of

FIELD_WORDS = {
    "name": _("名称"),
    "name_bo": _("藏文名称"),
    "name_en": _("英文名称"),
    "area_centi": _("面积（㎡）"),
    "latitude": _("纬度"),
    "longitude": _("经度"),
}
"""What a row may change of a place that is there."""


def check_places(actor: Actor, rows: list[Values], options: Options) -> list[Checked]:
    """What each row would add or change, and what is wrong with it."""
    lines = [read_line(row) for row in rows]
    ground = Ground(actor, lines, str(options.get("place") or ""))
    for line in lines:
        if not line.faults:
            _settle(actor, line, ground, may_create=bool(options.get("create_places")))
    return [Checked(line, [*line.faults], _status(line), _notes(line), _changes(line)) for line in lines]


def _notes(line: Line) -> list[Any]:
    added = [_("补建%(level)s：%(name)s") % {"level": tree.WORDS[each.level], "name": each.name} for each in line.above]
    return [] if line.faults else [*line.notes, *added]


def _changes(line: Line) -> list[Any]:
    """What the row would change, each with the value before and after."""
    if line.change is None:
        return []
    place, change = line.change
    pairs = [(FIELD_WORDS[name], getattr(place, name), getattr(change, name)) for name in FIELD_WORDS]
    said = [(words, _said(words, old), _said(words, new)) for words, old, new in pairs if old != new]
    return [f"{words}：{old} → {new}" for words, old, new in said]


def _said(words: Any, value: Any) -> str:
    if value in {None, ""}:
        return "—"
    return area_words(value) if words == FIELD_WORDS["area_centi"] else str(value)


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
        line.place = known
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
    parent = _start(line, ground)
    steps = list(line.parts.items())
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


def _start(line: Line, ground: Ground) -> Parent | None:
    """Where the row's address begins: at its community, or in the one compound that must be meant."""
    words = line.get("community")
    start = _community(line, ground) if words or ground.default is None else ground.default
    if start is not None and start.level == tree.COMPOUND and tree.COMPOUND in line.parts:
        start = start.parent
    if start is None:
        return None
    if tree.COMPOUND in line.parts:
        line.parts[tree.COMPOUND] = line.parts[tree.COMPOUND].rpartition(start.name)[2] or line.parts[tree.COMPOUND]
    elif start.level == tree.COMMUNITY and not ground.child(start, *next(iter(line.parts.items()))):
        compound = ground.only_compound(start)
        if compound is None:
            line.notes.append(_("没有写小区，直接记在社区下面"))
        start = compound or start
    return start


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
        line.faults.append(ground.fault or _("缺社区。请填社区名称或 12 位代码，或在“没有写社区的，记在哪里”填上。"))
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


def gone_places(actor: Actor, rows: list[Checked], options: Options) -> list[str]:
    """What stands beside the places that the file names, of their kind, and is not named: buildings beside buildings.

    Only of what the sender keeps: a file that names a stranger's building does not tell what is in it.
    """
    lines: list[Line] = [row.values for row in rows if not row.faults]
    found = [line.place for line in lines if line.place is not None]
    added = [draft for line in lines for draft in (*line.above, line.draft) if draft is not None]
    named = {place.pk for place in found}
    reach = {(place.parent_id or 0, place.level) for place in found}
    reach |= {(draft.parent.pk, draft.level) for draft in added if isinstance(draft.parent, Place)}
    above = {parent for parent, _level in reach}
    while above:
        implied = [place for some in chunks(above) for place in Place.objects.filter(pk__in=some, level__in=NUMBERED)]
        named |= {place.pk for place in implied}
        reach |= {(place.parent_id or 0, place.level) for place in implied}
        above = {place.parent_id or 0 for place in implied} - named
    beside = [
        place
        for some in chunks({parent for parent, _level in reach})
        for place in open_places().filter(parent__in=some)
        if (place.parent_id, place.level) in reach and place.pk not in named
    ]
    grants = list(actor.grants_of(KEEPERS))
    return [place.label for place in beside if any(grant.covers(place) for grant in grants)]


def export_places(actor: Actor, options: Options) -> Iterable[tuple[Any, ...]]:
    """Every open place within the actor's grants, parents first, as rows that import again unchanged."""
    places = open_places().select_related("parent")
    mine = places.none() if not may_import(actor) else places
    for place in mine.iterator(chunk_size=2000):
        if any(grant.covers(place) for grant in actor.grants_of(KEEPERS)):
            yield (
                place.code, place.name, tree.WORDS[place.level], place.parent.code if place.parent else "", *[""] * 6,
                "" if place.area_centi is None else area_words(place.area_centi).replace(",", ""),
                place.name_bo, place.name_en, place.latitude, place.longitude, "",
            )  # fmt: skip
