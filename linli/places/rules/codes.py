"""Codes of places: the state's digits above (REG-010, REG-011), ours below. Codes are never reused."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import count
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.places.rules.names import part_of
from linli.places.rules.tree import AREA, COMMUNITY, DISTRICT, GRID, NATIONAL, SPOT, STATION, STREET

PATTERNS = {
    DISTRICT: re.compile(r"[1-9][0-9]{5}"),
    STREET: re.compile(r"[1-9][0-9]{5}(?!000)[0-9]{3}"),
    COMMUNITY: re.compile(r"[1-9][0-9]{5}(?!000)[0-9]{3}(?!000)[0-9]{3}"),
}
"""6 figures of the district (GB/T 2260), 3 of the street, 3 of the residents' or villagers' committee (REG-010)."""

GRID_PROFILES = {
    "community_grid": (re.compile(r"[0-9]{12}(?!000)[0-9]{3}"), slice(0, 12)),
    "unit_grid_14": (re.compile(r"[0-9]{12}(?!00)[0-9]{2}"), slice(0, 12)),
    "unit_grid_15": (re.compile(r"[0-9]{12}(?!000)[0-9]{3}"), slice(0, 12)),
    "cjt349_20": (re.compile(r"[0-9]{18}(?!00)[0-9]{2}"), slice(6, 18)),
}
"""Grid code profiles (REG-011): what a code looks like, and where the community's twelve figures stand in it."""

OURS = re.compile(r"[0-9A-Z]{1,12}")
"""One part of our own code, below the community."""

MARKS = {STATION: "S", SPOT: "P", AREA: "A"}
"""Letters that keep serial parts of stations, spots and areas apart from those of compounds."""


def provisional_codes(level: str, parent_code: str) -> Iterator[str]:
    """Codes for places that have no official one, in figures that the state does not give out.

    Districts begin with 99; streets and committees have 600-999, above the state's ranges.
    """
    if level == DISTRICT:
        return (f"99{serial:04d}" for serial in range(1, 10_000))
    return (f"{parent_code}{serial}" for serial in range(600, 1000))


def is_provisional(level: str, code: str) -> bool:
    """Whether ``code`` is one that we gave out where the state's was not known."""
    if level == DISTRICT:
        return code.startswith("99")
    return level in NATIONAL and "600" <= code[-3:] <= "999"


def code_fault(level: str, code: str, parent_code: str) -> Any:
    """What is wrong with ``code`` for a place of ``level`` under ``parent_code``; "" where nothing is."""
    if level in NATIONAL:
        return _national_fault(level, code, parent_code)
    if level == GRID and "-" not in code:
        return _grid_fault(code, parent_code)
    if code.startswith(f"{parent_code}-") and OURS.fullmatch(code[len(parent_code) + 1 :]):
        return ""
    words = _("代码“%(code)s”应以“%(parent)s-”开头，后面是 1 至 12 位数字或大写字母。")
    return words % {"code": code, "parent": parent_code}


def _national_fault(level: str, code: str, parent_code: str) -> Any:
    if not PATTERNS[level].fullmatch(code):
        length = {DISTRICT: 6, STREET: 9, COMMUNITY: 12}[level]
        return _("代码“%(code)s”不对：这一级应是 %(length)d 位数字。") % {"code": code, "length": length}
    if not code.startswith(parent_code):
        return _("代码“%(code)s”的前几位应与上级代码 %(parent)s 相同。") % {"code": code, "parent": parent_code}
    return ""


def _grid_fault(code: str, community: str) -> Any:
    fits = [where for shape, where in GRID_PROFILES.values() if shape.fullmatch(code)]
    if not fits:
        return _("网格代码“%(code)s”不对：应是社区代码加 2 位或 3 位序号，或 20 位部件编码。") % {"code": code}
    if not any(code[where] == community for where in fits):
        return _("网格代码“%(code)s”里没有社区代码 %(parent)s。") % {"code": code, "parent": community}
    return ""


def new_code(level: str, name: str, parent_code: str, taken: Container[str]) -> str:
    """A free code for a place without one: the state's shape above, ``parent-part`` below.

    Raises `ValueError` where an upper level has no provisional code left.
    """
    if level in NATIONAL:
        for code in provisional_codes(level, parent_code):
            if code not in taken:
                return code
        raise ValueError(parent_code)
    if level == GRID:
        return next(code for serial in count(1) if (code := f"{parent_code}{serial:03d}") not in taken)
    part = "" if level in MARKS else part_of(name)
    if part and (code := f"{parent_code}-{part}") not in taken:
        return code
    mark = MARKS.get(level, "X" if part else "")
    return next(code for serial in count(1) if (code := f"{parent_code}-{mark}{serial:02d}") not in taken)
