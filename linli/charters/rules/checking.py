"""Checking a charter: every fault at once, each with its place; what is looser than the national floor is refused."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from linli.charters.rules.days import OfficeHours
from linli.charters.rules.faults import Fault
from linli.charters.rules.lines import line_of, lines_of
from linli.charters.rules.sections import EMERGENCY, SECTIONS, Bound, Key, NameRule, Section
from linli.charters.rules.values import BadValue, is_within, read_value
from linli.charters.rules.whole import faults_of_whole

NATIONAL = "cn-default"
MAX_BYTES = 400_000


@dataclass(frozen=True)
class Checked:
    """The outcome: the merged data (what would be in force), what the file itself says, and every fault."""

    data: dict[str, Any]
    own: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can be applied."""
        return not self.faults


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with what ``own`` says over it; ``false`` in place of a table removes it."""
    result = dict(base)
    for name, value in own.items():
        below = base.get(name)
        if isinstance(below, Mapping) and value is False:
            del result[name]
        elif isinstance(below, Mapping) and isinstance(value, Mapping):
            result[name] = merged(below, value)
        else:
            result[name] = merged({}, value) if isinstance(value, Mapping) else value
    return result


def at(data: Mapping[str, Any], path: str) -> Any:
    """What stands at the dotted ``path``; None where there is nothing."""
    value: Any = data
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _pattern_matches(pattern: str, path: str) -> bool:
    ours, theirs = pattern.split("."), path.split(".")
    return len(ours) == len(theirs) and all(one in {"*", two} for one, two in zip(ours, theirs, strict=True))


def _key_for(section: Section, path: str) -> Key | None:
    return next((key for key in section.keys if _pattern_matches(key.path, path)), None)


def _leaves(section: Section, table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Key | None, Any]]:
    """Each key of a section's own table: its path below the section, the key that knows it, the value."""
    for name, value in table.items():
        path = f"{above}.{name}" if above else name
        key = _key_for(section, path)
        if key is None and isinstance(value, Mapping):
            yield from _leaves(section, value, path)
        else:
            yield path, key, value


class Check:
    """One run over one file. Collects faults; never stops at the first."""

    def __init__(self, text: str, own: dict[str, Any], base: Mapping[str, Any], national: Mapping[str, Any]) -> None:
        self.lines = lines_of(text)
        self.own, self.base, self.national = own, base, national
        self.data = merged(base, own)
        self.faults: list[Fault] = []
        self.ranks = {code: cls.get("rank", 99) for code, cls in (national or self.data).get("classes", {}).items()}
        self.hours = OfficeHours()

    def fault(self, path: str, code: str, **values: Any) -> None:
        """Notes a fault with the line of its key."""
        self.faults.append(Fault(path, code, line_of(path, self.lines), values))

    def run(self) -> list[Fault]:
        """Every fault, in the order of the file."""
        for name, table in self.own.items():
            if name not in SECTIONS:
                self.unknown(name, [section.name for section in SECTIONS])
            elif not isinstance(table, Mapping):
                self.fault(name, "not_table", section=name)
            else:
                self.section(SECTIONS.get(name), table)
        if not self.faults:
            for path, code, values in faults_of_whole(
                self.data,
            ):
                self.fault(path, code, **values)
        return sorted(self.faults, key=lambda fault: fault.line or 0)

    def section(self, section: Section, table: Mapping[str, Any]) -> None:
        """Each key of one section."""
        for path, key, value in _leaves(section, table):
            full = f"{section.name}.{path}"
            if key is None and value is False and self.removal(section, path):
                continue
            if key is None:
                known = {key.path.rpartition(".")[2] for key in section.keys if key.path.count(".") == path.count(".")}
                self.unknown(full, sorted(known - {"*"}))
                continue
            try:
                read = read_value(key, value)
            except BadValue as bad:
                self.fault(full, str(bad), choices="、".join(key.choices), low=key.low, high=key.high)
            else:
                self.floor(full, key, read)
        self.names(section, table)

    def unknown(self, full: str, known: list[str]) -> None:
        """Notes a key that nobody declared, with what was probably meant."""
        close = difflib.get_close_matches(full.rpartition(".")[2], known, 1)
        if close:
            self.fault(full, "unknown_near", near=close[0])
        else:
            self.fault(full, "unknown_key", known="、".join(known))

    def removal(self, section: Section, path: str) -> bool:
        """Whether ``path = false`` takes an entry away; notes a fault where that may not be."""
        above = path.rpartition(".")[0]
        table = next((table for table in section.tables if table.path == above), None)
        if table is None:
            return False
        full = f"{section.name}.{path}"
        if at(self.base, full) is None:
            self.fault(full, "nothing_to_remove")
        elif table.names in {NameRule.NO_LESS, NameRule.EXACT} and at(self.national, full) is not None:
            self.fault(full, "no_less", article=table.article)
        elif at(self.national, f"{full}.is_emergency"):
            self.fault(full, "no_less", article=EMERGENCY)
        return True

    def floor(self, full: str, key: Key, value: Any) -> None:
        """Notes a fault where ``value`` is looser than the national floor."""
        floor = key.floor if key.floor is not None else at(self.national, full)
        if floor is None and at(self.national, full.rpartition(".")[0]) is not None:
            floor = key.default
        if floor is None or is_within(key, value, read_value(key, floor), self.hours, self.ranks):
            return
        bound = {Bound.AT_MOST: "≤ ", Bound.AT_LEAST: "≥ "}.get(key.bound, "")
        said = str(floor).lower() if isinstance(floor, bool) else floor
        code = "fixed" if key.bound is Bound.FIXED else "looser"
        self.fault(full, code, floor=said, bound=bound, article=key.article)

    def names(self, section: Section, own: Mapping[str, Any]) -> None:
        """Entries that may not be new, and what a new entry lacks."""
        for table in section.tables:
            entries = at(own, table.path) if table.path else own
            for name, value in entries.items() if isinstance(entries, Mapping) else ():
                full = ".".join(part for part in (section.name, table.path, name) if part)
                is_closed = table.names in {NameRule.NO_NEW, NameRule.EXACT}
                if is_closed and self.national and at(self.national, full) is None:
                    self.fault(full, "no_new", article=table.article)
                elif isinstance(value, Mapping):
                    self.required(section, f"{table.path}.*." if table.path else "*.", full)

    def required(self, section: Section, prefix: str, full: str) -> None:
        """Notes what the entry at ``full`` lacks."""
        entry = at(self.data, full)
        for key in section.keys:
            name = key.path.removeprefix(prefix)
            if key.is_required and key.path.startswith(prefix) and isinstance(entry, Mapping) and name not in entry:
                self.fault(f"{full}.{name}", "missing")


def check_charter(text: str, profiles: Callable[[str], Mapping[str, Any] | None]) -> Checked:
    """Everything that is wrong with the charter ``text``; ``profiles`` gives a shipped profile's data by name."""
    if len(text.encode()) > MAX_BYTES:
        return Checked({}, {}, [Fault("", "too_large", values={"most": MAX_BYTES // 1000})])
    try:
        own = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        return Checked({}, {}, [Fault("", "syntax", int(found[1]) if found else None, {"detail": error})])
    head = own.get("charter")
    name = head.get("extends", NATIONAL) if isinstance(head, Mapping) else NATIONAL
    base = profiles(name) if isinstance(name, str) else None
    if base is None:
        line = line_of("charter.extends", lines_of(text))
        return Checked({}, own, [Fault("charter.extends", "no_such_profile", line, {"value": name})])
    check = Check(text, own, base, profiles(NATIONAL) or {})
    return Checked(check.data, own, check.run())
