"""Writers of the workbooks that offices have, small enough to be spoiled on purpose: xls, ods, xlsx, csv."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from html import escape

import openpyxl

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def xlsx(rows, merges=(), sheets=()):
    """A workbook of one sheet, or of several by name; ``merges`` are first row and column, last row and column."""
    book = openpyxl.Workbook()
    for name, its_rows in sheets or [("Sheet1", rows)]:
        sheet = book.create_sheet(name)
        for row in its_rows:
            sheet.append(list(row))
        for top, left, bottom, right in merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.remove(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows, encoding="utf-8", delimiter=","):
    """A csv as Excel writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def ods(rows, merges=()):
    """An OpenDocument sheet: what a merged cell covers is written as covered cells."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(_ods_cell(cell, spans.get((number, column))) for column, cell in enumerate(row))
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    spare = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    return ods_of("".join(lines) + spare)


def _ods_cell(cell, span):
    if cell is None or cell == "":
        return "<table:table-cell/>"
    spans = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    is_number = isinstance(cell, int | float)
    kind = f'office:value-type="float" office:value="{cell}"' if is_number else 'office:value-type="string"'
    return f"<table:table-cell{spans} {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def ods_of(lines):
    """The package around the rows of one table."""
    names = "office:document-content"
    for part in ("office", "table", "text"):
        names += f' xmlns:{part}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"'
    table = f'<table:table table:name="房屋">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", f'<?xml version="1.0"?><{names}>{body}</office:document-content>')
    return out.getvalue()


def xls(rows, merges=()):
    """A workbook of Excel 97-2003: its records in the compound file that holds them."""
    return compound(_stream(rows, merges))


def _record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def _stream(rows, merges):
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6))
    name = "Sheet1".encode("utf-16-le")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 6))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet += xls_cell(number, column, cell)
    if merges:
        ranges = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merges)
        sheet += _record(0x00E5, struct.pack("<H", len(merges)) + ranges)
    length = len(begin) + 4 + 8 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBBBB", length, 0, 0, 6, 1) + name)
    return begin + bound + _record(0x000A) + sheet + _record(0x000A)


def xls_cell(row, column, cell):
    """One cell's record."""
    if cell is None or cell == "":
        return b""
    if isinstance(cell, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    words = cell.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(words) // 2, 1) + words)


def compound(stream, name="Workbook"):
    """The compound file around one stream."""
    stream += b"\0" * (-len(stream) % SECTOR if len(stream) > 4096 else 4096 - len(stream))
    count = len(stream) // SECTOR
    fats = next(number for number in range(1, 999) if number * 128 >= count + 1 + number)
    chain = [*range(1, count), END, END, *[FAT_SECTOR] * fats]
    chain += [FREE] * (fats * 128 - len(chain))
    places = [*range(count + 1, count + 1 + fats)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHHHI", 0x3E, 3, 0xFFFE, 9, 6, 0, 0)
    head += struct.pack("<IIIIIIIII", 0, fats, count, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *places, *[FREE] * (109 - len(places)))
    root = _entry("Root Entry", 5, END, 0, child=1)
    entries = root + _entry(name, 2, 0, len(stream)) + _entry("", 0, 0, 0) * 2
    return head + stream + entries + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name, kind, start, size, child=FREE):
    words = (name + "\0").encode("utf-16-le") if name else b""
    return (
        words.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(words), kind, 1, FREE, FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
