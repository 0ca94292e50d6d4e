"""The only place that writes batches. Each step commits its rows and its place in the file together: exactly once."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.audit.actions import record_act
from linli.batches.imports import IMPORTERS, Checked, Importer, Outcome
from linli.batches.models import Batch, BatchRow, SavedMapping
from linli.batches.permissions import may_change_batch, may_import, may_step_batch
from linli.batches.queries import mappings_of, saved_options
from linli.batches.rules import Table, denied, proposed_mapping, read_table, recognised
from linli.batches.rules.owners import actor_from, owner_of, values_of
from linli.batches.states import ADVANCING, ALREADY, CANCELLED, CHANGED, CHECKING, DONE, FLOW, NEW, RECEIVING, REFUSED
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action, preparation
from linli.files.scanner import refuse_malware

STEP, SMALL = 1_000, 5_000
"""Rows in a step; a file of at most `SMALL` rows is one step, taken in whole or not at all."""

ATTEMPTS = 5
NOTED = 100
"""How many lines a note names."""


@preparation
def receive_file(*, actor: Actor, importer: Importer, name: str, content: bytes, line: int = 0) -> Batch:
    """Reads a file outside the transaction and stores its rows in short acts; denied columns are dropped unread."""
    if not may_import(actor, importer):
        raise NotAllowed
    refuse_malware(content)
    known = [heading for mapping in mappings_of(importer).values() for heading in mapping.values()]
    table = read_table(content, [*importer.headings, *known], line)
    batch = open_batch(actor=actor, importer=importer, name=name, content=content, table=table)
    kept = [number for number, heading in enumerate(table.headings) if heading and heading not in batch.dropped]
    for start in range(0, len(table.rows), STEP):
        rows = [
            BatchRow(batch=batch, no=start + offset, line=line, raw=json.dumps([cells[at] for at in kept]))
            for offset, (line, cells) in enumerate(
                zip(table.numbers[start : start + STEP], table.rows[start : start + STEP], strict=True), start=1
            )
        ]
        add_rows(actor=actor, batch=batch, rows=rows)
    return end_upload(actor=actor, batch=batch)


@action
def open_batch(*, actor: Actor, importer: Importer, name: str, content: bytes, table: Table) -> Batch:
    """Begins to receive a file; columns that Linli must not know of are dropped by name (PRV-040)."""
    if not may_import(actor, importer):
        raise NotAllowed
    dropped = denied(table.headings, table.rows)
    headings = [heading for heading in table.headings if heading and heading not in dropped]
    mappings = mappings_of(importer)
    known = recognised(headings, mappings)
    batch = Batch.objects.create(
        importer=importer.name,
        file_name="".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())[-120:],
        sha256=hashlib.sha256(content).hexdigest(),
        sheet=table.sheet[:60],
        heading_line=table.line,
        headings=headings,
        dropped=dropped,
        mapping=proposed_mapping(headings, importer.columns, mappings.get(known)),
        options={option.name: "" if option.is_text else option.default for option in importer.options}
        | saved_options(importer, known)
        | {"mapping": known},
        owner=owner_of(actor),
        owner_uid=actor.account_uid,
        owner_name=actor.name,
        total=len(table.rows),
        uploaded_at=actor.now,
    )
    _record(actor, batch, "batch.opened", rows=batch.total, dropped=len(dropped))
    return batch


@action
def add_rows(*, actor: Actor, batch: Batch, rows: Sequence[BatchRow]) -> None:
    """Stores some rows of a file that is being received."""
    if not may_change_batch(actor, batch) or batch.state != RECEIVING:
        raise NotAllowed
    BatchRow.objects.bulk_create(rows, batch_size=STEP)


@action
def end_upload(*, actor: Actor, batch: Batch) -> Batch:
    """Ends the receiving of a file."""
    _require(actor, batch)
    moved = _move(batch, "receive")
    _record(actor, moved, "batch.received", rows=moved.total)
    return moved


def _require(actor: Actor, batch: Batch) -> None:
    if not may_change_batch(actor, batch):
        raise NotAllowed


def _move(batch: Batch, move: str, target: str | None = None, **fields: Any) -> Batch:
    """One step of the state table, by compare-and-set."""
    state = FLOW.step(batch.state, move, target).name
    if not Batch.objects.filter(pk=batch.pk, state=batch.state, step=batch.step).update(state=state, **fields):
        raise LostRace
    batch.refresh_from_db()
    return batch


def _record(actor: Actor, batch: Batch, verb: str, **detail: Any) -> None:
    record_act(actor=actor, verb=verb, subject=batch.uid, detail={"importer": batch.importer, **detail})


@action
def map_columns(
    *, actor: Actor, batch: Batch, mapping: Mapping[str, str], options: Mapping[str, Any], save_as: str = ""
) -> Batch:
    """Says which heading is which column, and has every row checked; may keep the mapping under a name."""
    _require(actor, batch)
    importer = IMPORTERS.get(batch.importer)
    mapping = {column.name: mapping[column.name] for column in importer.columns if mapping.get(column.name)}
    missing = [str(column.words) for column in importer.columns if column.is_required and column.name not in mapping]
    if missing:
        raise BadInput({"": [_("还差这几列：%(names)s。请选出它们在文件里叫什么。") % {"names": "、".join(missing)}]})
    if set(mapping.values()) - set(batch.headings) or len(set(mapping.values())) < len(mapping):
        raise BadInput({"": [_("每一列只能对应文件里的一个列名。")]})
    if save_as:
        keep_mapping(actor=actor, importer=importer, name=save_as, mapping=mapping, options=options)
    batch.rows.exclude(status="").update(status="", faults=[])
    fresh: dict[str, Any] = {"notes": {}, "gone": "", "step": 0, "checked": 0, "attempts": 0}
    moved = _move(batch, "map", mapping=mapping, options=dict(options), **fresh)
    _record(actor, moved, "batch.mapped", rows=moved.total)
    return moved


@action
def keep_mapping(
    *, actor: Actor, importer: Importer, name: str, mapping: Mapping[str, str], options: Mapping[str, Any]
) -> SavedMapping:
    """Keeps under a name which heading is which column: from one's own file, or out of a colleague's small file."""
    if not may_import(actor, importer):
        raise NotAllowed
    values = {"mapping": dict(mapping), "options": dict(options), "saved_at": actor.now}
    kept, _is_new = SavedMapping.objects.update_or_create(
        importer=importer.name, name=name.strip()[:60], defaults=values
    )
    record_act(actor=actor, verb="mapping.kept", detail={"importer": importer.name, "name": kept.name})
    return kept


@action
def forget_mapping(*, actor: Actor, importer: Importer, name: str) -> None:
    """Forgets a mapping that was kept; files that were read by it stay as they are."""
    if not may_import(actor, importer):
        raise NotAllowed
    if not SavedMapping.objects.filter(importer=importer.name, name=name).delete()[0]:
        raise WrongState
    record_act(actor=actor, verb="mapping.forgotten", detail={"importer": importer.name, "name": name})


@action
def confirm_batch(*, actor: Actor, batch: Batch, without_bad: bool = False) -> Batch:
    """Confirms the preview: from here the tick takes the good rows in. Bad rows are left out only when told so."""
    _require(actor, batch)
    bad = batch.rows.filter(status=REFUSED).count()
    if bad and not without_bad:
        raise BadInput({"": [_("有 %(bad)d 行有问题。请改好文件重新上传，或勾选“先录没问题的行”。") % {"bad": bad}]})
    moved = _move(
        batch, "confirm", step=0, attempts=0, confirmed_at=actor.now, owner=owner_of(actor), owner_name=actor.name
    )
    _record(actor, moved, "batch.confirmed", rows=moved.total, bad=bad)
    return moved


@action
def cancel_batch(*, actor: Actor, batch: Batch) -> Batch:
    """Cancels a file that nobody needs any more; its rows are deleted, what was taken in stays."""
    _require(actor, batch)
    moved = _move(batch, "cancel", finished_at=actor.now, has_rows=False, gone="")
    moved.rows.all().delete()
    _record(actor, moved, "batch.cancelled", done=moved.done)
    return moved


@action
def retry_batch(*, actor: Actor, batch: Batch) -> Batch:
    """Carries on where a file stopped; rows already taken in are not taken twice."""
    _require(actor, batch)
    moved = _move(batch, "retry", batch.stopped_in, attempts=0, fault="")
    _record(actor, moved, "batch.retried", step=moved.step)
    return moved


@action
def step_batch(*, actor: Actor, batch: Batch) -> Batch:
    """Takes a batch one step on: rows and place in the file stand or fall together, so each row is taken once."""
    if not may_step_batch(actor, batch):
        raise NotAllowed
    if batch.state not in ADVANCING:
        raise WrongState
    is_one = batch.total <= SMALL or (batch.state == CHECKING and IMPORTERS.get(batch.importer).checks_whole)
    last = batch.total if is_one else min(batch.step + STEP, batch.total)
    if not Batch.objects.filter(pk=batch.pk, state=batch.state, step=batch.step).update(step=last, attempts=0):
        raise LostRace
    now = Batch.objects.get(pk=batch.pk)
    rows = list(now.rows.filter(no__gt=batch.step, no__lte=last).order_by("no"))
    owner = actor_from(now.owner, actor.now)
    with override(owner.language):
        counts = _work(now, owner, rows)
    progress = {field: F(field) + number for field, number in counts.items()}
    Batch.objects.filter(pk=now.pk).update(**progress)
    now.refresh_from_db()
    if last < now.total:
        return now
    if now.state == CHECKING:
        return _move(now, "check")
    done = _move(now, "finish", finished_at=actor.now)
    figures = {field: getattr(done, field) for field in ("created", "changed", "already", "refused")}
    _record(owner, done, "batch.finished", **figures)
    return done


def _work(batch: Batch, owner: Actor, rows: list[BatchRow]) -> dict[str, int]:
    """Check the rows and, once confirmed, commit the good ones; the batch's counters that this adds to."""
    importer = IMPORTERS.get(batch.importer)
    if not may_import(owner, importer):
        raise NotAllowed
    values = [values_of(row.cells(), batch.headings, batch.mapping) for row in rows]
    if batch.state == CHECKING and importer.checks_whole:
        batch.options = {**batch.options, "survey": importer.survey(values)}
    checked = importer.check(owner, values, batch.options)
    if len(checked) != len(rows):
        raise RuntimeError(f"importer {importer.name} answered {len(checked)} of {len(rows)} rows")
    if batch.state == CHECKING:
        gone = importer.gone(owner, checked, batch.options) if len(rows) == batch.total else []
        Batch.objects.filter(pk=batch.pk).update(
            options=batch.options, notes=_noted(batch.notes, rows, checked), gone=json.dumps(gone) if gone else ""
        )
        _write(rows, [(REFUSED, one.faults) if one.faults else (one.status, one.changes) for one in checked])
        return {"checked": len(rows)}
    results = _commit(importer, owner, checked, batch.options)
    _write(rows, results, is_final=True)
    statuses = [status for status, _reasons in results]
    fields = {"created": NEW, "changed": CHANGED, "already": ALREADY, "refused": REFUSED}
    return {"done": len(rows), **{field: statuses.count(status) for field, status in fields.items()}}


def _noted(notes: dict[str, Any], rows: list[BatchRow], checked: list[Checked]) -> dict[str, Any]:
    """Each note with how many rows it is about and the lines of the first of them."""
    found = dict(notes)
    for row, one in zip(rows, checked, strict=True):
        for words in map(str, one.notes):
            count, lines = found.get(words, (0, []))
            found[words] = (count + 1, [*lines, row.line] if len(lines) < NOTED else lines)
    return found


def _commit(
    importer: Importer, owner: Actor, checked: list[Checked], options: Mapping[str, Any]
) -> list[tuple[str, Sequence[Any]]]:
    """What became of each row."""
    good = [one for one in checked if one.is_good]
    outcomes = importer.commit(owner, good, options) if good else []
    if len(outcomes) != len(good):
        raise RuntimeError(f"importer {importer.name} answered {len(outcomes)} of {len(good)} rows")
    answers = iter(outcomes)
    results: list[tuple[str, Sequence[Any]]] = []
    for one in checked:
        outcome = next(answers) if one.is_good else Outcome(REFUSED if one.faults else one.status)
        reasons = one.faults or ([outcome.reason] if outcome.reason else [])
        results.append((outcome.status, reasons))
    return results


def _write(rows: list[BatchRow], results: Sequence[tuple[str, Sequence[Any]]], *, is_final: bool = False) -> None:
    """What came of the rows, one statement for all that fared alike; a row that is taken in keeps no cells."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, (status, faults) in zip(rows, results, strict=True):
        groups[status, *map(str, faults)].append(row.pk)
    for (status, *faults), keys in groups.items():
        blank = {"raw": ""} if is_final and status != REFUSED else {}
        for start in range(0, len(keys), STEP):
            BatchRow.objects.filter(pk__in=keys[start : start + STEP]).update(status=status, faults=faults, **blank)


@action
def stop_batch(*, actor: Actor, batch: Batch, fault: str, is_final: bool) -> Batch:
    """Notes that a step failed; stops the batch where trying again would not help. Nothing of that step has stayed."""
    if not may_step_batch(actor, batch):
        raise NotAllowed
    now = Batch.objects.get(pk=batch.pk)
    if now.state not in ADVANCING:
        return now
    if not is_final and now.attempts + 1 < ATTEMPTS:
        Batch.objects.filter(pk=now.pk).update(attempts=F("attempts") + 1, fault=fault[:2000])
        return now
    _record(actor, now, "batch.stopped", step=now.step)
    return _move(now, "stop", stopped_in=now.state, fault=fault[:2000])


@action
def record_export(*, actor: Actor, importer: Importer, kind: str) -> None:
    """Writes down that somebody takes a register out as a sheet (PRV-037)."""
    if not may_import(actor, importer):
        raise NotAllowed
    record_act(actor=actor, verb="sheet.exported", detail={"importer": importer.name, "kind": kind})


@action
def forget_rows(*, actor: Actor, batch: Batch) -> Batch:
    """Deletes the rows of a file that is long done, or that nobody confirmed in time (PRV-044)."""
    if not actor.is_system:
        raise NotAllowed
    BatchRow.objects.filter(batch=batch).delete()
    fields: dict[str, Any] = {"has_rows": False, "gone": ""}
    if batch.state not in {DONE, CANCELLED}:
        fields |= {"state": CANCELLED, "finished_at": actor.now}
    Batch.objects.filter(pk=batch.pk).update(**fields)
    _record(actor, batch, "batch.forgotten", state=batch.state)
    return batch
