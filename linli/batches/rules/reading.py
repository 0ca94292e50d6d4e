"""Reading a sheet somebody sent, told by its bytes and never by its name; bombs and lies are refused first."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, load_workbook

from linli.core.errors import BadInput

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 200_000, 200, 32_767
MAX_UNPACKED, MAX_MEMBERS = 400 * 1024 * 1024, 2_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: headings, rows of as many cells, and the line on which each row stands in the file."""

    headings: list[str]
    rows: list[list[str]] = field(repr=False)
    numbers: list[int] = field(repr=False)


def refuse(words: Any) -> BadInput:
    """A refusal that says what to do, beside the file field."""
    return BadInput({"file": [words]}, words)


def read_table(content: bytes, name: str = "") -> Table:
    """The first sheet with rows in it, from xlsx or csv (UTF-8 or GB 18030). Raises `BadInput`."""
    if not content:
        raise refuse(_("文件是空的。请选有内容的表格。"))
    if len(content) > MAX_BYTES:
        raise refuse(_("文件超过 20 MB。请分成几个文件，一个一个录。"))
    if content.startswith(b"PK\x03\x04"):
        return table_of(_xlsx_rows(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(_("这是旧版或加了密码的 Excel 文件。请去掉密码，另存为 .xlsx 或 .csv 再上传。"))
    return table_of(_csv_rows(content))


def table_of(rows: Iterable[list[str]]) -> Table:
    """Headings and rows: a title above the headings and blank lines are passed over. Raises `BadInput`."""
    headings: list[str] = []
    kept: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            continue
        if not headings or (_is_title(headings) and not kept and not _is_title(cells)):
            headings = _unique(cells)
            continue
        if len(kept) == MAX_ROWS:
            raise refuse(_("表格超过 20 万行。请分成几个文件。"))
        kept.append((cells + [""] * len(headings))[: len(headings)])
        numbers.append(number)
    if not headings or not kept:
        raise refuse(_("表格里没有数据。第一行应是列名，下面每行一条。"))
    return Table(headings, kept, numbers)


def _is_title(cells: list[str]) -> bool:
    """Whether one cell stands alone, as a title does above its table."""
    return sum(map(bool, cells)) == 1


def _unique(cells: list[str]) -> list[str]:
    """Headings without empty ends; a second one of the same name gets a number."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise refuse(_("表格超过 200 列。请只留要录的列。"))
    seen: dict[str, int] = {}
    headings = []
    for cell in cells:
        seen[cell] = seen.get(cell, 0) + 1
        headings.append(cell if seen[cell] == 1 or not cell else f"{cell} ({seen[cell]})")
    return headings


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in rows):
                return ([cell_words(cell) for cell in row] for row in rows)
    except (CalamineError, OSError, ValueError):
        raise refuse(_("这个 Excel 文件打不开。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")) from None
    return iter(())


def _refuse_bombs(content: bytes) -> None:
    """Unpack every member once, counting: a header that lies about its size is found out here and not in memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            total = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or total > MAX_UNPACKED:
                raise refuse(_("这个文件解开后太大，不像正常的表格。请另存为 .csv 再上传。"))
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise refuse(_("这不是 Excel 表格。请上传 .xlsx 或 .csv 文件。"))
            for member in members:
                with archive.open(member) as opened:
                    while opened.read(1024 * 1024):
                        pass
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise refuse(_("这个 Excel 文件已损坏。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")) from None


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


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    head = text[:4000].splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=head.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MAX_COLUMNS * 2:
                raise refuse(_("表格超过 200 列。请只留要录的列。"))
            yield [clean(cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell) for cell in row]
    except csv.Error:
        raise refuse(_("这个 CSV 文件的格式读不出来。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")) from None


def _decoded(content: bytes) -> str:
    """Text in UTF-8 or, as Chinese Windows writes it, GB 18030."""
    if b"\x00" in content[:4096]:
        raise refuse(_("这不是表格文件。请上传 .xlsx 或 .csv 文件。"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.startswith(("%PDF", "{", "<")):
            return text
        break
    raise refuse(_("这不是表格文件。请上传 .xlsx 或 .csv 文件。"))
