"""Pages of the two steps: choose a file, look at what would happen, confirm, watch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.batches import actions, queries
from linli.batches.clock import carry_on
from linli.batches.forms import ColumnsForm, ConfirmForm, MappingForm, UploadForm
from linli.batches.imports import Importer
from linli.batches.models import Batch
from linli.batches.permissions import may_import
from linli.batches.prints import bad_sheet, export_sheet, mapping_file, template_sheet
from linli.batches.rules import proposed_mapping, reason_of
from linli.batches.rules.carried import read_mapping
from linli.batches.rules.owners import values_of
from linli.batches.states import ADVANCING, CHECKED, FLOW, REFUSED, STATUS_WORDS, UPLOADED
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed

SECONDS = 3.0
"""How long a click may carry its own file on before the tick takes over: small files are through at once."""


@require_GET
def index(request: Request) -> HttpResponse:
    """What can be brought in, and the files that were."""
    importers = queries.importers_for(request.actor)
    if not importers:
        raise NotAllowed
    page = Paginator(queries.batches_visible_to(request.actor), 25).get_page(request.GET.get("page"))
    rows = [
        (batch, queries.importer_of(batch.importer).words, FLOW.states[batch.state])
        for batch in page.object_list
        if batch.importer in {importer.name for importer in importers}
    ]
    return render(request, "batches/batch_list.html", {"importers": importers, "rows": rows, "page": page})


@require_http_methods(["GET", "POST"])
def new(request: Request, importer: str) -> HttpResponse:
    """Choose a file; it is read and shown before anything is written to the register."""
    kind = _kind(request, importer)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, line = form.cleaned_data["file"], form.cleaned_data["line"] or 0
        try:
            batch = actions.receive_file(
                actor=request.actor, importer=kind, name=file.name, content=file.read(), line=line
            )
        except BadInput as refusal:
            form.add_error("file", [str(words) for found in refusal.fields.values() for words in found])
        else:
            return redirect("batch", batch.uid)
    status = 422 if form.errors else 200
    return render(request, "batches/batch_new.html", {"importer": kind, "form": form}, status=status)


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """One file, whatever state it is in."""
    batch = queries.batch_of(request.actor, uid)
    if request.headers.get("HX-Request") and batch.state in ADVANCING:
        return render(request, "batches/batch_detail.html#progress", {"batch": batch, "share": _share(batch)})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _page(request, batch)


def _share(batch: Batch) -> int:
    return batch.checked if batch.state == "CHECKING" else batch.done


def _page(request: Request, batch: Batch, form: Any = None, status: int = 200) -> HttpResponse:
    """The page of a batch: columns to match, a preview to confirm, a bar to watch, or what came of it."""
    importer = queries.importer_of(batch.importer)
    context: dict[str, Any] = {
        "batch": batch,
        "importer": importer,
        "state": FLOW.states[batch.state],
        "dropped": [(heading, rule, reason_of(heading, rule)) for heading, rule in batch.dropped.items()],
        "is_advancing": batch.state in ADVANCING,
        "share": _share(batch),
    }
    if batch.state == UPLOADED or "columns" in request.GET:
        context |= _columns(request, batch, form)
    elif batch.state == CHECKED:
        context |= {"form": form or ConfirmForm(), "counts": _counts(batch)}
    if batch.state != UPLOADED and "form_columns" not in context and not context["is_advancing"]:
        context["notes"] = [(words, count, lines) for words, (count, lines) in batch.notes.items()]
        context |= _rows(request, batch)
    return render(request, "batches/batch_detail.html", context, status=status)


def _counts(batch: Batch) -> list[tuple[Any, int, str]]:
    return [(STATUS_WORDS[status], number, status) for status, number in queries.counts_of(batch).items()]


def _rows(request: Request, batch: Batch) -> dict[str, Any]:
    """The rows that are shown: those with faults, or in the preview those that the reader asks for."""
    asked = request.GET.get("show", REFUSED)
    show = asked if batch.state == CHECKED and asked in STATUS_WORDS else REFUSED
    page = Paginator(queries.rows_of(batch, show), 50).get_page(request.GET.get("page"))
    return {
        "show": show,
        "show_words": STATUS_WORDS[show],
        "shown": page,
        "shown_rows": [(row.line, "；".join(row.faults), _cells(row, batch)) for row in page],
        "has_bad": show == REFUSED and bool(page.paginator.count),
        "gone": batch.names_gone() if batch.state == CHECKED else [],
    }


def _cells(row: Any, batch: Batch) -> str:
    """The beginning of a row, so that its sender finds it again."""
    cells = row.cells()
    return " · ".join(filter(None, values_of(cells, batch.headings, batch.mapping).values()))[:120] if cells else ""


def _columns(request: Request, batch: Batch, form: Any) -> dict[str, Any]:
    """The form on which each of the file's columns is pointed out, perhaps after a saved mapping."""
    importer = queries.importer_of(batch.importer)
    name = request.GET.get("mapping", "")
    if name:
        saved = queries.mapping_named(importer, name)
        batch.mapping = proposed_mapping(batch.headings, importer.columns, saved)
        batch.options = {**batch.options, **queries.saved_options(importer, name), "mapping": name}
    form = form or ColumnsForm(batch=batch, importer=importer, samples=queries.samples_of(batch))
    return {"form_columns": form, "mappings": list(queries.mappings_of(importer))}


@require_POST
def columns(request: Request, uid: str) -> HttpResponse:
    """Match the columns and have every row checked."""
    batch = queries.batch_of(request.actor, uid)
    importer, samples = queries.importer_of(batch.importer), queries.samples_of(batch)
    form = ColumnsForm(request.POST, batch=batch, importer=importer, samples=samples)
    if not form.is_valid():
        return _page(request, batch, form, 422)
    name = form.cleaned_data["save_as"]
    ticks = form.ticks()
    try:
        batch = actions.map_columns(
            actor=request.actor, batch=batch, mapping=form.mapping(), options=ticks, save_as=name
        )
    except BadInput as refusal:
        form.add_error(None, [str(words) for found in refusal.fields.values() for words in found])
        return _page(request, batch, form, 422)
    carry_on(request.actor, batch, SECONDS)
    return redirect("batch", uid)


@require_POST
def confirm(request: Request, uid: str) -> HttpResponse:
    """Say yes to the preview."""
    batch = queries.batch_of(request.actor, uid)
    form = ConfirmForm(request.POST)
    without_bad = form.is_valid() and form.cleaned_data["without_bad"]
    try:
        batch = actions.confirm_batch(actor=request.actor, batch=batch, without_bad=without_bad)
    except BadInput as refusal:
        form.add_error(None, [str(words) for found in refusal.fields.values() for words in found])
        return _page(request, batch, form, 422)
    carry_on(request.actor, batch, SECONDS)
    return redirect("batch", uid)


@require_POST
def cancel(request: Request, uid: str) -> HttpResponse:
    """Drop a file."""
    actions.cancel_batch(actor=request.actor, batch=queries.batch_of(request.actor, uid))
    messages.success(request, _("这个文件取消了，已经录好的不动。"))
    return redirect("batches")


@require_POST
def retry(request: Request, uid: str) -> HttpResponse:
    """Carry on where it stopped."""
    batch = actions.retry_batch(actor=request.actor, batch=queries.batch_of(request.actor, uid))
    carry_on(request.actor, batch, SECONDS)
    return redirect("batch", uid)


@require_GET
def template(request: Request, importer: str) -> HttpResponse:
    """The sheet to fill in."""
    return template_sheet(_kind(request, importer))


@require_GET
def export(request: Request, importer: str, kind: str) -> HttpResponse:
    """What stands in the register now, as a sheet that imports again unchanged."""
    asked = queries.importer_of(importer)
    actions.record_export(actor=request.actor, importer=asked, kind=kind)
    return export_sheet(request.actor, asked, kind)


@require_GET
def bad(request: Request, uid: str) -> HttpResponse:
    """The rows with faults, to be mended and sent again."""
    return bad_sheet(queries.batch_of(request.actor, uid))


def _kind(request: Request, importer: str) -> Importer:
    """An importer that the actor may use."""
    kind = queries.importer_of(importer)
    if not may_import(request.actor, kind):
        raise NotAllowed
    return kind


@require_http_methods(["GET", "POST"])
def mappings(request: Request, importer: str) -> HttpResponse:
    """The mappings that were kept; a colleague's is put in here."""
    kind = _kind(request, importer)
    form = MappingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        columns, options = {column.name for column in kind.columns}, {option.name for option in kind.options}
        try:
            carried = read_mapping(form.cleaned_data["file"].read(), kind.name, columns, options)
        except BadInput as refusal:
            form.add_error("file", [str(words) for found in refusal.fields.values() for words in found])
        else:
            actions.keep_mapping(
                actor=request.actor, importer=kind, name=carried.name, mapping=carried.mapping, options=carried.options
            )
            messages.success(request, _("对应“%(name)s”放好了，下次上传会自动套用。") % {"name": carried.name})
            return redirect("batch-mappings", kind.name)
    context = {"importer": kind, "form": form, "saved": queries.saved_mappings(kind)}
    return render(request, "batches/mapping_list.html", context, status=422 if form.errors else 200)


@require_GET
def mapping(request: Request, importer: str, pk: int) -> HttpResponse:
    """One kept mapping as a file."""
    kind = _kind(request, importer)
    return mapping_file(kind, get_object_or_404(queries.saved_mappings(kind), pk=pk))


@require_POST
def mapping_forget(request: Request, importer: str, pk: int) -> HttpResponse:
    """Forget a kept mapping."""
    kind = _kind(request, importer)
    saved = get_object_or_404(queries.saved_mappings(kind), pk=pk)
    actions.forget_mapping(actor=request.actor, importer=kind, name=saved.name)
    return redirect("batch-mappings", kind.name)
