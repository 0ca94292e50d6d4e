"""Sheets that leave the house: template, export, rows to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from linli.batches.imports import Importer
from linli.batches.models import Batch, SavedMapping
from linli.batches.queries import rows_of
from linli.batches.rules import write_csv, write_xlsx
from linli.batches.rules.carried import write_mapping
from linli.core.actor import Actor

MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def sheet_response(
    name: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]], kind: str = "xlsx"
) -> HttpResponse:
    """A sheet as a download: ``kind`` is xlsx or csv, and no cell becomes a formula."""
    content = write_csv(headings, rows) if kind == "csv" else write_xlsx(headings, rows)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}")
    return HttpResponse(
        content, content_type=MIMES[kind], headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )


def template_sheet(importer: Importer) -> HttpResponse:
    """The headings, and rows that show how they are filled in."""
    rows = importer.template or [[column.example for column in importer.columns]]
    return sheet_response(f"{importer.words} {_('模板')}", [column.words for column in importer.columns], rows)


def export_sheet(actor: Actor, importer: Importer, kind: str) -> HttpResponse:
    """What the actor may export, in the importer's own columns."""
    headings = [column.words for column in importer.columns]
    return sheet_response(str(importer.words), headings, importer.export(actor, {}), kind)


def bad_sheet(batch: Batch) -> HttpResponse:
    """The rows with faults under the file's own headings, and each one's faults in a last column."""
    rows = ([*row.cells(), "；".join(row.faults)] for row in rows_of(batch).iterator(chunk_size=1000))
    return sheet_response(_("有问题的行"), [*batch.headings, _("问题")], rows)


def mapping_file(importer: Importer, saved: SavedMapping) -> HttpResponse:
    """A kept mapping as one small file for a colleague."""
    content = write_mapping(importer.name, saved.name, saved.mapping, saved.options)
    name = f"{importer.words} {saved.name}.json"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/json", headers=headers)
