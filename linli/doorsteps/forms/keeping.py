"""Pictures that stay with a form while it goes to and fro without JavaScript: bytes on disk, named in a token.

The token is signed, names files by their content's hash, and ends after some hours; it gives nobody a way to read one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core import signing

from linli.files.queries import path_of
from linli.files.rules import Clean

SALT = "linli.doorsteps.kept"
HOURS = 6


def token_of(files: Sequence[Clean]) -> str:
    """The hidden value that keeps these files with a form; "" for none."""
    named = [
        [one.kind, one.mime, one.sha256, one.name, one.thumb_sha256, one.width, one.height, one.seconds]
        for one in files
    ]
    return signing.dumps(named, salt=SALT, compress=True) if named else ""


def files_in(token: str) -> list[Clean]:
    """The files that a token keeps; none for a false or old one."""
    if not token:
        return []
    try:
        named = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
        return [_file(*one) for one in named]
    except (signing.BadSignature, OSError):
        return []


def _file(kind: str, mime: str, sha256: str, name: str, thumb: str, *sizes: Any) -> Clean:
    thumbnail = path_of(thumb).read_bytes() if thumb else b""
    return Clean(kind, mime, path_of(sha256).read_bytes(), name, thumbnail, *sizes)


def without_doubles(files: Iterable[Clean]) -> list[Clean]:
    """Each file once: a browser with JavaScript sends again what the token keeps."""
    return list({one.sha256: one for one in files}.values())
