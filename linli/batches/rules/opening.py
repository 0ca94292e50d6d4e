"""The reader of workbooks, run as a program of its own: a file that swells or breaks it takes nobody else along.

Reads xlsx, xls or ods from its input and writes one line of JSON for each sheet that is to be seen.
"""

from __future__ import annotations

import io
import json
import math
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers.expat import ParserCreate

MAX_CELL, MAX_LINES, MAX_SHEETS = 32_767, 200_100, 30
MAX_MEMORY, MAX_OUTPUT = 2 * 1024 * 1024 * 1024, 100 * 1024 * 1024
SPANS = ("rows-spanned", "columns-spanned", "columns-repeated", "rows-repeated")
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of cells that are merged."""


def cell_words(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, moments in ISO form."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S") if cell.time() != time(0) else cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return clean(str(cell))


def clean(words: str) -> str:
    """Text without control characters (line breaks and tabs stay) and without blanks at its ends."""
    if not words.isprintable():
        words = "".join(sign for sign in words if sign.isprintable() or sign in "\n\t\u3000\u00a0")
    return words.strip()[:MAX_CELL]


class Merged:
    """The merged cells of an OpenDocument file by sheet, which the library does not tell."""

    def __init__(self, content: bytes) -> None:
        self.found: dict[str, list[Range]] = {}
        self.name, self.row, self.column, self.rows = "", 0, 0, 1
        if not content.startswith(b"PK"):
            return
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "content.xml" in archive.namelist():
                parser = ParserCreate()
                parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
                parser.ParseFile(archive.open("content.xml"))

    def _start(self, tag: str, given: dict[str, str]) -> None:
        down, right, columns, rows = (int(given.get(f"table:number-{each}", "1")) for each in SPANS)
        if tag == "table:table":
            self.name, self.row = given.get("table:name", ""), 0
        elif tag == "table:table-row":
            self.column, self.rows = 0, rows
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            if down * right > 1:
                last = (self.row + down - 1, self.column + right - 1)
                self.found.setdefault(self.name, []).append((self.row, self.column, *last))
            self.column += columns

    def _end(self, tag: str) -> None:
        if tag == "table:table-row":
            self.row += self.rows


def sheets_of(content: bytes) -> Iterator[dict[str, Any]]:
    """Each visible sheet: its name, its rows as words, its merged cells."""
    from python_calamine import SheetVisibleEnum, load_workbook

    book = load_workbook(io.BytesIO(content))
    merged = Merged(content).found
    shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    for name in shown[:MAX_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False, nrows=MAX_LINES)
        given = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        yield {
            "name": name,
            "merged": given or merged.get(name, []),
            "rows": [[cell_words(cell) for cell in row] for row in rows],
        }


def main() -> None:
    """Read one workbook; whatever goes wrong ends this process alone."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    total = 0
    for sheet in sheets_of(sys.stdin.buffer.read()):
        line = json.dumps(sheet).encode("ascii") + b"\n"
        total += len(line)
        if total > MAX_OUTPUT:
            sys.exit("too large")
        sys.stdout.buffer.write(line)


if __name__ == "__main__":
    main()
