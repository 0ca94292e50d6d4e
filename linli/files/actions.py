"""The only place that writes files: the bytes first, under their own hash, then the row."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import Busy, NotAllowed
from linli.core.flow import action, preparation
from linli.files.models import StoredFile
from linli.files.permissions import may_cover, may_sweep
from linli.files.queries import DRAFT_LIFE, content_of, draft_files, loose_blobs, path_of
from linli.files.rules import Box, Clean, clean_image, clean_sheet, clean_sound, covered
from linli.files.scanner import refuse_malware


@preparation
def take_images(*, actor: Actor, uploads: Sequence[Any]) -> list[Clean]:
    """Cleans uploaded pictures and puts their bytes on disk, before the transaction; `store_files` makes the rows."""
    return _taken(uploads, clean_image)


@preparation
def take_sounds(*, actor: Actor, uploads: Sequence[Any]) -> list[Clean]:
    """Checks voice notes and puts their bytes on disk, before the transaction; `store_files` makes the rows."""
    return _taken(uploads, clean_sound)


@preparation
def take_sheets(*, actor: Actor, uploads: Sequence[Any]) -> list[Clean]:
    """Checks spreadsheets and puts their bytes on disk, before the transaction; `store_files` makes the rows."""
    return _taken(uploads, clean_sheet)


@preparation
def take_made(*, actor: Actor, made: Sequence[Clean]) -> list[Clean]:
    """Puts on disk what Linli itself made (a PDF), before the transaction; `store_files` makes the rows."""
    for one in made:
        _put(one)
    return list(made)


def _taken(uploads: Sequence[Any], clean: Callable[[bytes, str], Clean]) -> list[Clean]:
    taken = [one if isinstance(one, Clean) else _cleaned(one, clean) for one in uploads]
    for one in taken:
        _put(one)
    return taken


def _cleaned(upload: Any, clean: Callable[[bytes, str], Clean]) -> Clean:
    content = upload.read()
    refuse_malware(content)
    return clean(content, upload.name or "")


@action
def store_files(*, actor: Actor, taken: Sequence[Clean], owner: str, is_draft: bool = False) -> list[StoredFile]:
    """Stores what was taken for the module ``owner``; a draft's files go after two days without `keep_files`."""
    rows = [
        StoredFile(
            stored_at=actor.now,
            owner=owner,
            kind=clean.kind,
            mime=clean.mime,
            name=clean.name,
            sha256=clean.sha256,
            size=len(clean.content),
            thumb_sha256=clean.thumb_sha256,
            width=clean.width,
            height=clean.height,
            seconds=clean.seconds,
            draft_until=actor.now + DRAFT_LIFE if is_draft else None,
        )
        for clean in taken
    ]
    return StoredFile.objects.bulk_create(rows)


@action
def store_images(*, actor: Actor, uploads: Sequence[Any], owner: str, is_draft: bool = False) -> list[StoredFile]:
    """Stores pictures for the module ``owner``: uploads, or better what `take_images` made of them beforehand."""
    taken = take_images(actor=actor, uploads=uploads)
    return store_files(actor=actor, taken=taken, owner=owner, is_draft=is_draft)


@action
def keep_files(*, actor: Actor, uids: Sequence[str]) -> None:
    """Keeps a draft's files for good, now that what they belong to was sent."""
    StoredFile.objects.filter(uid__in=uids).update(draft_until=None)


@action
def drop_files(*, actor: Actor, uids: Sequence[str]) -> int:
    """Removes files for the module that owns them; their bytes go with the next sweep."""
    gone = StoredFile.objects.filter(uid__in=uids).delete()[0]
    if gone:
        record_act(actor=actor, verb="file.dropped", detail={"files": list(uids)})
    return gone


@preparation
def cover_boxes(*, actor: Actor, file: StoredFile, boxes: Sequence[Box]) -> StoredFile:
    """Paints over parts of a picture for good and stores the result as a new file (PRV-038)."""
    if not may_cover(actor, file):
        raise NotAllowed
    clean = covered(content_of(file), boxes, file.name)
    _put(clean)
    return _store_covered(actor=actor, clean=clean, file=file, boxes=len(boxes))


@action
def _store_covered(*, actor: Actor, clean: Clean, file: StoredFile, boxes: int) -> StoredFile:
    """The row and the audit of a covered picture."""
    [row] = store_files(actor=actor, taken=[clean], owner=file.owner)
    record_act(actor=actor, verb="file.covered", subject=row.uid, detail={"from": file.uid, "boxes": boxes})
    return row


@action
def sweep_drafts(*, actor: Actor) -> int:
    """Removes files that came with drafts which nobody sent."""
    if not may_sweep(actor):
        raise NotAllowed
    gone = draft_files(actor.now).delete()[0]
    if gone:
        record_act(actor=actor, verb="file.drafts_swept", detail={"files": gone})
    return gone


@preparation
def sweep_blobs(*, actor: Actor, part: int) -> int:
    """Removes bytes of one of 256 folders that no row names and nobody touched for a day."""
    if not may_sweep(actor):
        raise NotAllowed
    gone = 0
    for blob in loose_blobs(part, actor.now):
        blob.unlink(missing_ok=True)
        gone += 1
    return gone


def _put(clean: Clean) -> None:
    """The bytes on disk, safe against a power cut. Raises `Busy` when the disk takes no more."""
    _write(clean.sha256, clean.content)
    if clean.thumbnail:
        _write(clean.thumb_sha256, clean.thumbnail)


def _write(sha256: str, content: bytes) -> None:
    place = path_of(sha256)
    half = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        if place.exists():
            os.utime(place)  # touched: the sweep leaves it alone until the row stands
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(place)
        _sync(place.parent)
    except OSError as error:
        _forget(half)
        raise Busy from error


def _forget(half: Path) -> None:
    """Takes away what was half written, if the disk lets us."""
    try:
        half.unlink(missing_ok=True)
    except OSError:
        return


def _sync(folder: Path) -> None:
    """The folder's own entry on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
