"""Where a table begins in a sheet: titles above it, headings in one line or two, merged cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.batches.rules.columns import plain_heading
from linli.batches.rules.opening import Range
from linli.core.errors import BadInput

MAX_ROWS, MAX_COLUMNS = 200_000, 200
HEAD = 30
"""How far down a sheet the headings are looked for."""
SAID = re.compile(r"[:：]|\d")
"""What a heading does not hold, but a line above the headings does: 填报单位：…, 2025年3月."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it lies in the file: every line as words, and which cells are merged."""

    name: str
    lines: list[list[str]] = field(repr=False)
    merged: Sequence[Range] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: headings, rows of as many cells, and the line on which each row stands in the file."""

    headings: list[str]
    rows: list[list[str]] = field(repr=False)
    numbers: list[int] = field(repr=False)
    sheet: str = ""
    line: int = 1
    """On which line of the sheet the headings were found."""


def refuse(words: Any) -> BadInput:
    """A refusal that says what to do, beside the file field."""
    return BadInput({"file": [words]}, words)


def table_of(sheets: Sequence[Sheet], known: Collection[str] = (), line: int = 0) -> Table:
    """The table of the sheet that knows most of the ``known`` headings. Raises `BadInput`."""
    wanted = frozenset(map(plain_heading, known))
    found = [(sheet, _heading_of(sheet, wanted, line)) for sheet in sheets if any(map(any, sheet.lines))]
    if not found:
        raise _empty()
    sheet, top = max(found, key=lambda each: _hits(each[0].lines[each[1]], wanted))
    return _cut(sheet, top)


def _empty() -> BadInput:
    return refuse(_("表格里没有数据。第一行应是列名，下面每行一条。"))


def _hits(cells: Sequence[str], wanted: Collection[str]) -> int:
    """How many of a line's cells are headings that are expected."""
    return len({plain for cell in cells if cell and (plain := plain_heading(cell)) in wanted})


def _heading_of(sheet: Sheet, wanted: Collection[str], line: int) -> int:
    """The line of the headings (their last one, where there are two), by its place in the sheet."""
    lines = sheet.lines
    if 0 < line <= len(lines) and any(lines[line - 1]):
        return line - 1
    head = [at for at, cells in enumerate(lines[: HEAD * 2]) if any(cells)][:HEAD]
    best = max(head, key=lambda at: (_hits(lines[at], wanted), -at))
    if _hits(lines[best], wanted) < 2:
        width = max(sum(map(bool, lines[at])) for at in head)
        best = next(at for at in head if 2 * sum(map(bool, lines[at])) >= width and (width < 2 or _several(lines[at])))
    return best + 1 if _has_second(sheet, best, wanted) else best


def _several(cells: Sequence[str]) -> bool:
    """Whether more than one cell is filled: one that stands alone is a title."""
    return sum(map(bool, cells)) > 1


def _has_second(sheet: Sheet, top: int, wanted: Collection[str] = ()) -> bool:
    """Whether the headings go on in the next line, below groups such as 联系人 over 姓名 and 电话."""
    if top + 1 >= len(sheet.lines):
        return False
    first, second = sheet.lines[top], sheet.lines[top + 1]
    gaps = [at for at, cell in enumerate(second) if cell and not (first + [""] * len(second))[at]]
    lone = [at for at, cell in enumerate(first) if cell and not (second + [""] * len(first))[at]]
    is_text = any(second) and not any(SAID.search(cell) for cell in second)
    is_heading = not wanted or _hits(second, wanted) > 0
    return is_text and bool(gaps) and (_is_grouped(sheet, top) or (bool(lone) and is_heading))


def _is_grouped(sheet: Sheet, line: int) -> bool:
    """Whether cells of that line are merged sideways, and not downwards."""
    return any(top == line == bottom and left < right for top, left, bottom, right in sheet.merged)


def _cut(sheet: Sheet, last: int) -> Table:
    """The headings that end on line ``last`` and the rows below; blank lines and repeated headings are passed over."""
    headings = _headings(sheet, last)
    _fill(sheet, last)
    heads = sheet.lines[max(0, last - 1) : last + 1]
    kept: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in enumerate(sheet.lines[last + 1 :], start=last + 2):
        if not any(cells) or cells in heads:
            continue
        if len(kept) == MAX_ROWS:
            raise refuse(_("表格超过 20 万行。请分成几个文件。"))
        kept.append((cells + [""] * len(headings))[: len(headings)])
        numbers.append(number)
    if not headings or not kept:
        raise _empty()
    return Table(headings, kept, numbers, sheet.name, last + 1)


def _headings(sheet: Sheet, last: int) -> list[str]:
    """One heading for each column: that of the last line, below its group's name where there is a line of groups."""
    names = [" ".join(cell.split()) for cell in sheet.lines[last]]
    if (above := _group_line(sheet, last)) is not None:
        width = max(len(above), len(names))
        names += [""] * (width - len(names))
        groups = _spread(above, names, sheet.merged, last - 1)
        names = ["/".join(dict.fromkeys(filter(None, pair))) for pair in zip(groups, names, strict=True)]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise refuse(_("表格超过 200 列。请只留要录的列。"))
    return _unique(names)


def _group_line(sheet: Sheet, last: int) -> list[str] | None:
    """The line above the last line of the headings, where it groups them."""
    if last == 0:
        return None
    above = sheet.lines[last - 1]
    is_text = any(above) and not any(SAID.search(cell) for cell in above)
    is_group = is_text and _several(above) and (_is_grouped(sheet, last - 1) or _has_second(sheet, last - 1))
    return [" ".join(cell.split()) for cell in above] if is_group else None


def _spread(above: Sequence[str], below: Sequence[str], merged: Sequence[Range], line: int) -> Iterator[str]:
    """The groups' names over every column that they cover; where nothing is merged, up to the next name or gap."""
    width = len(below)
    ranges = [(left, right) for top, left, bottom, right in merged if top <= line <= bottom]
    covered = {at for left, right in ranges for at in range(left, min(right + 1, width))}
    group = ""
    for at, name in enumerate(below):
        own = above[at] if at < len(above) else ""
        group = own or (group if name and (not merged or at in covered) else "")
        yield group


def _fill(sheet: Sheet, last: int) -> None:
    """Give what stands in a cell that is merged downwards to every row that it covers."""
    lines = sheet.lines
    for top, left, bottom, _right in sheet.merged:
        if top <= last or top >= len(lines) or left >= len(lines[top]):
            continue
        for cells in lines[top + 1 : bottom + 1]:
            if left < len(cells):
                cells[left] = cells[left] or lines[top][left]


def _unique(cells: Sequence[str]) -> list[str]:
    """A second heading of the same name gets a number."""
    seen: dict[str, int] = {}
    headings = []
    for cell in cells:
        seen[cell] = seen.get(cell, 0) + 1
        headings.append(cell if seen[cell] == 1 or not cell else f"{cell} ({seen[cell]})")
    return headings
