"""Writing sheets that open in Excel and WPS without a cell ever becoming a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from linli.batches.rules.reading import FORMULA

Row = Sequence[Any]


def write_xlsx(headings: Sequence[Any], rows: Iterable[Row], widths: Sequence[int] = ()) -> bytes:
    """A workbook of one sheet, headings bold and frozen, every cell text: codes keep their zeros, nothing computes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    for column, heading in enumerate(headings):
        wide = widths[column] if column < len(widths) else max(12, 2 * len(str(heading)) + 2)
        sheet.set_column(column, column, wide, text)
        sheet.write_string(0, column, str(heading), bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                sheet.write_string(number, column, str(cell)[:32_767])
    book.close()
    return out.getvalue()


def write_csv(headings: Sequence[Any], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark, as Excel wants it; a cell that could become a formula begins with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (headings, *rows):
        words = ("" if cell is None else str(cell) for cell in row)
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in words])
    return out.getvalue().encode("utf-8-sig")
