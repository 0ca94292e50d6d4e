"""Reads: a file's bytes, and the short-lived address under which a page may show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.files.models import StoredFile

SIGNER = Signer(salt="linli.files")
DRAFT_LIFE = timedelta(days=2)
BLOB_LIFE = timedelta(days=1)
"""How long bytes may lie without a row: a form may take its time between its pictures and its sending."""


def folder() -> Path:
    """Where the bytes lie."""
    return Path(settings.LINLI_DATA) / "files"


def path_of(sha256: str) -> Path:
    """The place of one content on disk."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


def files_of(uids: Sequence[str]) -> QuerySet[StoredFile]:
    """Stored files by public id."""
    return StoredFile.objects.filter(uid__in=uids)


def content_of(file: StoredFile) -> bytes:
    """The stored bytes. Raises `NotFound` when the disk no longer has them."""
    try:
        return path_of(file.sha256).read_bytes()
    except FileNotFoundError:
        raise NotFound from None


def keeper_of(actor: Actor) -> str:
    """Whose session an address is for: this account's, or that of visitors who have not signed in."""
    return actor.account_uid or (f"a{actor.account_id}" if actor.account_id else "visitor")


def address_of(file: StoredFile, actor: Actor, minutes: int = 10, *, small: bool = False) -> str:
    """The signed address of a file for this actor's session, good for ``minutes`` to twice that.

    The owning module asks for it after its own read rule has been passed. The end is rounded so that the address,
    and with it the browser's cache, stays the same between two visits of a page.
    """
    span = minutes * 60
    ends = (int(actor.now.timestamp()) // span + 2) * span
    token = SIGNER.sign_object({"f": file.uid, "s": int(small), "e": ends, "k": keeper_of(actor)})
    return reverse("file-show", args=[token])


def opened_by(token: str, actor: Actor) -> tuple[StoredFile, bool, int]:
    """The file behind a signed address, whether its thumbnail is meant, and the seconds that are left.

    Raises `NotFound` for a false, foreign or expired address.
    """
    try:
        told = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        raise NotFound from None
    left = told["e"] - int(actor.now.timestamp())
    if left <= 0 or told["k"] != keeper_of(actor):
        raise NotFound
    file = StoredFile.objects.filter(uid=told["f"]).first()
    if file is None:
        raise NotFound
    return file, bool(told["s"]), left


def draft_files(now: datetime) -> QuerySet[StoredFile]:
    """Files that came with a draft which nobody sent."""
    return StoredFile.objects.filter(draft_until__lt=now)


def loose_blobs(part: int, now: datetime) -> Iterator[Path]:
    """Bytes of one of the 256 folders that no row names and that nobody touched for a day."""
    found = {path.name: path for path in (folder() / f"{part:02x}").glob("*/*") if path.is_file()}
    named = set(StoredFile.objects.filter(sha256__in=found).values_list("sha256", flat=True))
    named |= set(StoredFile.objects.filter(thumb_sha256__in=found).values_list("thumb_sha256", flat=True))
    for name, path in found.items():
        if name not in named and _untouched(path, now):
            yield path


def _untouched(path: Path, now: datetime) -> bool:
    try:
        return path.stat().st_mtime < (now - BLOB_LIFE).timestamp()
    except FileNotFoundError:
        return False
