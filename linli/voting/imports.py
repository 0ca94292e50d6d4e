"""Tally files: JSON, or a pair of csv sheets, read row by row. Stands without Django, so that anybody can count."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from linli.voting.rules.rolls import USES, Part, Roll, roll_of
from linli.voting.rules.tallies import CHOICES, CLASSES, Options, Tally, add_return, new_count, tally

RULESETS = ("cn-civilcode-2021",)
OPTIONS = ("void_participates", "follow_clause", "lot_area_counts")
AREA = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)
CHOICE_CODES = {word: code for code, word in enumerate(CHOICES) if code}
OWNERS_SEPARATOR = ";"
ROLL, RETURNS = ("unit", "use", "owners", "area"), ("unit", "motion", "choice")
Row = tuple[str, tuple[Any, ...]]
"""Where a row stands, and what it says in the columns asked for."""


class Faults(Exception):
    """What is wrong with a file: a line each, with its place."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def note(self, place: str, what: str) -> None:
        """Write down one fault."""
        self.lines.append(f"{place}: {what}")

    def stop_if_any(self) -> None:
        """Raise, where something was written down."""
        if self.lines:
            raise self


def area_in(words: object) -> int | None:
    """An area in 0.01 m² from ``"88.12"``; None for what is no such number."""
    found = AREA.fullmatch(words) if isinstance(words, str) else None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def ids_in(told: object) -> list[str] | None:
    """The owners' ids; None for what is no list of them."""
    return told if isinstance(told, list) and all(isinstance(one, str) and one for one in told) else None


def parts_in(rows: Iterable[Row], faults: Faults) -> Iterator[Part]:
    """The exclusive parts of a roll's rows, each with its place. Faults are noted; a unit is known all the same."""
    units: set[str] = set()
    for place, (unit, use, named, words) in rows:
        owners, area = ids_in(named), area_in(words)
        if use not in USES:
            faults.note(place, f"use {use!r} is none of {', '.join(USES)}")
        if owners is None:
            faults.note(place, "owners is not a list of ids")
        elif bool(owners) == (use == "developer"):
            faults.note(place, "owners must be empty for the developer's unit, and for no other")
        if area is None:
            faults.note(place, f"area {words!r} is not a number of m² with at most two decimals")
        if not isinstance(unit, str) or not unit:
            faults.note(place, "unit is missing")
        elif unit in units:
            faults.note(place, f"unit {unit} stands in the roll twice")
        else:
            units.add(unit)
            yield Part(unit, str(use), tuple(owners or ()), area or 0)


def motions_in(rows: object, faults: Faults) -> dict[int, str]:
    """Each motion's class by its number."""
    motions: dict[int, str] = {}
    if not isinstance(rows, list) or not rows:
        faults.note("motions", "is not a list of motions")
        return motions
    for index, row in enumerate(rows):
        no, kind = (row.get("no"), row.get("class")) if isinstance(row, dict) else (None, None)
        if not isinstance(no, int) or isinstance(no, bool) or no in motions:
            faults.note(f"motions[{index}]", f"no {no!r} is not a number of its own")
        elif kind not in CLASSES:
            faults.note(f"motions[{index}]", f"class {kind!r} is none of {', '.join(CLASSES)}")
        else:
            motions[no] = kind
    return motions


class Counting:
    """Counts of all motions over one roll, filled return by return."""

    def __init__(self, roll: Roll, motions: dict[int, str]) -> None:
        self.roll = roll
        self.motions = motions
        self.counts = {no: new_count(roll) for no in motions}
        self._place = {unit: place for place, unit in enumerate(roll.voice_of)}
        self._given = {no: bytearray(len(roll.voice_of)) for no in motions}

    def take(self, place: str, unit: object, no: object, choice: object, faults: Faults) -> None:
        """Count one return, or note what is wrong with it."""
        code = CHOICE_CODES.get(choice) if isinstance(choice, str) else None
        where = self._place.get(unit) if isinstance(unit, str) else None
        given = self._given.get(no) if isinstance(no, int) else None
        if where is None:
            faults.note(place, f"unit {unit!r} is not in the roll")
        elif given is None:
            faults.note(place, f"motion {no!r} is not asked")
        elif code is None:
            faults.note(place, f"choice {choice!r} is none of {', '.join(CHOICE_CODES)}")
        elif given[where]:
            faults.note(place, f"unit {unit} answers motion {no} twice")
        else:
            given[where] = 1
            add_return(self.counts[no], self.roll.voice_of[unit], code)  # type: ignore[index]

    def results(self, options: Options) -> list[Tally]:
        """Each motion's tally, in the order of the file."""
        return [tally(no, kind, self.roll, self.counts[no], options) for no, kind in self.motions.items()]


def count_json(path: Path) -> list[Tally]:
    """The results of one JSON file. Raises `Faults`."""
    faults = Faults()
    try:
        told = json.loads(path.read_bytes(), parse_float=str)
    except (OSError, ValueError) as error:
        faults.note(path.name, str(error))
        raise faults from error
    if not isinstance(told, dict):
        faults.note(path.name, "is not an object with ruleset, options, motions, roll and returns")
        raise faults
    options = options_in(told.get("options", {}), faults)
    if told.get("ruleset") not in RULESETS:
        faults.note("ruleset", f"{told.get('ruleset')!r} is none of {', '.join(RULESETS)}")
    motions = motions_in(told.get("motions"), faults)
    parts = parts_in(rows_in(told.get("roll"), "roll", ROLL, faults), faults)
    counting = Counting(roll_of(parts, lot_area_counts=options.lot_area_counts), motions)
    for place, (unit, no, choice) in rows_in(told.get("returns"), "returns", RETURNS, faults):
        counting.take(place, unit, no, choice, faults)
    faults.stop_if_any()
    return counting.results(options)


def options_in(told: object, faults: Faults) -> Options:
    """The by-laws' options; one that is not told is off."""
    if not isinstance(told, dict):
        faults.note("options", "is not an object")
        return Options()
    for name, value in told.items():
        if name not in OPTIONS or not isinstance(value, bool):
            faults.note(f"options.{name}", f"must be one of {', '.join(OPTIONS)}, true or false")
    return Options(**{name: told.get(name) is True for name in OPTIONS})


def rows_in(rows: object, name: str, columns: tuple[str, ...], faults: Faults) -> Iterator[Row]:
    """What the objects of a list say in ``columns``, each with its place."""
    if not isinstance(rows, list):
        faults.note(name, "is not a list")
        return
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            yield f"{name}[{index}]", tuple(map(row.get, columns))
        else:
            faults.note(f"{name}[{index}]", "is not an object")


def count_sheets(roll: Path, returns: Path, motions: dict[int, str], options: Options) -> list[Tally]:
    """The results of a csv pair, streamed: unit, use, owners parted by ``;``, area; and unit, motion, choice.

    Raises `Faults`.
    """
    faults = Faults()
    rows = (
        (place, (unit, use, owners.split(OWNERS_SEPARATOR) if owners else [], area))
        for place, (unit, use, owners, area) in sheet_rows(roll, ROLL, faults)
    )
    counting = Counting(roll_of(parts_in(rows, faults), lot_area_counts=options.lot_area_counts), motions)
    for place, (unit, no, choice) in sheet_rows(returns, RETURNS, faults):
        counting.take(place, unit, int(no) if no.isdecimal() else no, choice, faults)
    faults.stop_if_any()
    return counting.results(options)


def sheet_rows(path: Path, columns: tuple[str, ...], faults: Faults) -> Iterator[Row]:
    """What a sheet's rows say in ``columns``, each with its line. UTF-8, with or without a mark."""
    name = path.name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheet = csv.reader(file)
            heading = [word.strip() for word in next(sheet, [])]
            missing = [name for name in columns if name not in heading]
            if missing:
                faults.note(f"{name}:1", f"columns are missing: {', '.join(missing)}")
                return
            pick = itemgetter(*map(heading.index, columns))
            for row in sheet:
                if len(row) == len(heading):
                    yield f"{name}:{sheet.line_num}", pick(row)
                elif row:
                    faults.note(f"{name}:{sheet.line_num}", f"has {len(row)} cells, not {len(heading)}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.note(name, str(error))
