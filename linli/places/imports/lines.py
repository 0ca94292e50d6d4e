"""One row of a table of places as values: levels, codes, areas, and addresses however they are written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Values
from linli.core.numbers import area_of
from linli.places.actions import PlaceChange, PlaceDraft
from linli.places.imports.columns import LEVEL_NAMES
from linli.places.models import Place
from linli.places.rules import tree
from linli.places.rules.codes import PATTERNS
from linli.places.rules.names import read_address

BELOW = (tree.COMPOUND, tree.BUILDING, tree.STAIRWELL, tree.HOME)
SQUARE_METRES = re.compile(r"(?:m2|平方米|平米|平)$", re.IGNORECASE)
BARE = re.compile(r"[0-9]+[A-Z]?|[A-Z]")


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
    place: Place | None = None
    above: list[PlaceDraft] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    """The names from the compound down to the home, as far as the row says them."""

    def get(self, column: str) -> str:
        """A cell, "" where the file has no such column."""
        return self.row.get(column, "").strip()

    def figures(self, column: str) -> str:
        """The same with figures and letters in half width, for codes and numbers."""
        return unicodedata.normalize("NFKC", self.get(column)).strip()

    @property
    def is_address(self) -> bool:
        """Whether the row names a place by community, compound, building ... and not by its own code and level."""
        return not self.get("code") and any(self.get(column) for column in (*BELOW, "address"))


def read_line(row: Values) -> Line:
    """A row as values, with what cannot be read."""
    line = Line(row)
    line.code = line.figures("code").upper()
    if line.is_address:
        line.parts = _parts_of(line)
    line.level = _level_of(line)
    if not line.level and not line.is_address:
        line.faults.append(_("看不出是哪一级。请填“级别”，例如街道、社区、楼栋。"))
    if not line.is_address:
        line.parent_code = line.figures("parent_code").upper() or _parent_code(line.level, line.code)
    try:
        area = SQUARE_METRES.sub("", line.figures("area"))
        line.area_centi = area_of(area) if area else None
    except (ValueError, InvalidOperation):
        line.faults.append(_("面积“%(area)s”读不出来，应是最多两位小数的数。") % {"area": line.get("area")})
    for name in ("latitude", "longitude"):
        try:
            setattr(line, name, Decimal(line.figures(name)) if line.get(name) else None)
        except InvalidOperation:
            line.faults.append(_("坐标“%(words)s”不是数。") % {"words": line.get(name)})
    return line


def _parts_of(line: Line) -> dict[str, str]:
    """Names by level, from their own columns or from an address such as ``3#-2-501`` or ``三号楼2单元501``."""
    parts = {level: _named(level, line.get(level)) for level in BELOW if line.get(level)}
    whole = line.get("address") or line.get(tree.HOME)
    if tree.BUILDING in parts or not whole:
        return parts
    read = read_address(whole)
    if not read.building and line.get("address"):
        line.faults.append(_("“%(words)s”读不出楼栋和户号。请写成 3号楼2单元501 或 3-2-501。") % {"words": whole})
    if read.building:
        parts[tree.BUILDING] = _named(tree.BUILDING, read.building)
        parts |= {tree.STAIRWELL: f"{read.stairwell}单元"} if read.stairwell else {}
        parts = {level: name for level, name in parts.items() if level != tree.HOME}
        parts |= {tree.HOME: read.home} if read.home else {}
        parts |= {tree.COMPOUND: parts.get(tree.COMPOUND) or read.compound} if read.compound else {}
    return {level: parts[level] for level in BELOW if level in parts}


def _named(level: str, words: str) -> str:
    """A name as it is said: of a building or stairwell that is written as a bare figure, with its word."""
    bare = unicodedata.normalize("NFKC", words).upper()
    if level == tree.BUILDING and BARE.fullmatch(bare):
        return f"{bare}号楼" if bare[0].isdigit() else f"{bare}栋"
    return f"{bare}单元" if level == tree.STAIRWELL and bare.isdecimal() else words


def _level_of(line: Line) -> str:
    if line.is_address:
        return next(reversed(line.parts), "")
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
