"""Where in a TOML text a key stands."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")


def _parts(words: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in words.split("."))


def lines_of(text: str) -> dict[str, int]:
    """The line of each table and each key, by dotted path. Keys inside inline tables stand on their table's line."""
    found: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = _parts(head[1])
            for depth in range(1, len(table) + 1):
                found.setdefault(".".join(table[:depth]), number)
        elif key := _KEY.match(line):
            found.setdefault(".".join((*table, *_parts(key[1]))), number)
    return found


def line_of(path: str, lines: dict[str, int]) -> int | None:
    """The line of ``path``, or of the nearest table around it that the text names."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return None
