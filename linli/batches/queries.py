"""Reads of batches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.batches.imports import IMPORTERS, Importer
from linli.batches.models import Batch, BatchRow, SavedMapping
from linli.batches.states import ADVANCING, CANCELLED, DONE, REFUSED, STATUS_WORDS
from linli.core.actor import Actor
from linli.core.errors import NotFound

KEEP_ROWS, KEEP_OPEN = timedelta(days=30), timedelta(days=7)
"""How long refused rows can be downloaded, and how long an unconfirmed file waits."""


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    """The actor's own batches; all of them to the administrator of the whole installation."""
    batches = Batch.objects.order_by("-uploaded_at", "-pk")
    if any(grant.level == "everywhere" for grant in actor.grants_of(["administrator"])):
        return batches
    return batches.filter(owner_uid=actor.account_uid) if actor.account_uid else batches.none()


def batch_of(actor: Actor, uid: str) -> Batch:
    """A batch the actor may know of. Raises `NotFound`."""
    found = batches_visible_to(actor).filter(uid=uid).first()
    if found is None or found.importer not in IMPORTERS:
        raise NotFound
    return found


def importer_of(name: str) -> Importer:
    """The importer of that name. Raises `NotFound`."""
    if name not in IMPORTERS:
        raise NotFound
    return IMPORTERS.get(name)


def importers_for(actor: Actor) -> list[Importer]:
    """The kinds of table that the actor may bring in."""
    return [importer for importer in IMPORTERS if importer.may(actor)]


def batches_advancing() -> QuerySet[Batch]:
    """Batches that the tick carries on, oldest first."""
    return Batch.objects.filter(state__in=ADVANCING).order_by("uploaded_at", "pk")


def batches_to_forget(now: datetime) -> QuerySet[Batch]:
    """Batches whose rows have had their time: refused rows of a finished file, or a file that nobody confirmed."""
    finished = Q(state__in=[DONE, CANCELLED], finished_at__lt=now - KEEP_ROWS)
    waiting = ~Q(state__in=[DONE, CANCELLED, *ADVANCING]) & Q(uploaded_at__lt=now - KEEP_OPEN)
    return Batch.objects.filter(finished | waiting, has_rows=True, uploaded_at__lt=now - KEEP_OPEN)


def counts_of(batch: Batch) -> dict[str, int]:
    """How many rows have which status, as the preview shows it."""
    found = dict(batch.rows.order_by().values_list("status").annotate(Count("pk")))
    return {status: found.get(status, 0) for status in STATUS_WORDS}


def rows_of(batch: Batch, status: str = REFUSED) -> QuerySet[BatchRow]:
    """Rows of which that becomes, in the file's order."""
    return batch.rows.filter(status=status).order_by("no")


def samples_of(batch: Batch, size: int = 30, most: int = 3) -> dict[str, list[str]]:
    """By heading a few different cells from the file's first rows."""
    rows = [row.cells() for row in batch.rows.order_by("no")[:size]]
    columns = zip(*rows, strict=True) if rows and rows[0] else [()] * len(batch.headings)
    return {
        heading: [cell[:30] for cell in dict.fromkeys(filter(None, cells))][:most]
        for heading, cells in zip(batch.headings, columns, strict=True)
    }


def mappings_of(importer: Importer) -> dict[str, dict[str, str]]:
    """The shipped mappings and those that were kept, by name; a kept one wins."""
    kept = SavedMapping.objects.filter(importer=importer.name).order_by("name").values_list("name", "mapping")
    return {**{name: dict(mapping) for name, mapping in importer.mappings.items()}, **dict(kept)}


def mapping_named(importer: Importer, name: str) -> dict[str, str]:
    """The shipped or saved mapping of that name. Raises `NotFound`."""
    found = mappings_of(importer)
    if name not in found:
        raise NotFound
    return found[name]


def saved_options(importer: Importer, name: str) -> dict[str, Any]:
    """The ticks and lines that were kept with a mapping, as far as the importer still knows them."""
    saved = SavedMapping.objects.filter(importer=importer.name, name=name).first()
    known = {option.name for option in importer.options}
    return {option: value for option, value in (saved.options if saved else {}).items() if option in known}


def saved_mappings(importer: Importer) -> QuerySet[SavedMapping]:
    """The mappings that were kept, by name."""
    return SavedMapping.objects.filter(importer=importer.name).order_by("name")


def result_of(batch: Batch) -> dict[str, Any]:
    """What the command prints: rows, what became of them, and every refused row with its reasons."""
    refused = [
        {"row": row.line, "reasons": [str(fault) for fault in row.faults]} for row in rows_of(batch).defer("raw")
    ]
    return {
        "batch": batch.uid,
        "state": batch.state,
        "rows": batch.total,
        "created": batch.created,
        "changed": batch.changed,
        "already_there": batch.already,
        "refused": refused,
        "noted": [{"note": words, "count": count, "rows": lines} for words, (count, lines) in batch.notes.items()],
        "gone": batch.names_gone(),
        "dropped_columns": list(batch.dropped),
    }
