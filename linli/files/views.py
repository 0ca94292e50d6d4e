"""One address: a file under its signed, short-lived token."""

from __future__ import annotations

import re
from typing import BinaryIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from linli.core.actor import Request
from linli.core.errors import NotFound
from linli.files.models import StoredFile
from linli.files.queries import opened_by, path_of
from linli.files.rules import SHOWN


@require_safe
def show(request: Request, token: str) -> HttpResponseBase:
    """The bytes, with headers that let no browser take them for anything else."""
    file, small, left = opened_by(token, request.actor)
    try:
        content = path_of(file.thumb_sha256 if small and file.thumb_sha256 else file.sha256).open("rb")
    except OSError:
        raise NotFound from None
    shown = file.mime in SHOWN
    part = (
        re.fullmatch(r"bytes=(\d{1,9})-(\d{0,9})", request.headers.get("Range", "")) if file.kind == "sound" else None
    )
    if part:
        answer: HttpResponseBase = _piece(file, content, int(part[1]), int(part[2] or file.size - 1))
    else:
        answer = FileResponse(
            content,
            content_type=file.mime if shown else "application/octet-stream",
            as_attachment=not shown,
            filename=file.name or file.uid,
        )
    answer["Cache-Control"] = f"private, max-age={left}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Accept-Ranges"] = "bytes" if file.kind == "sound" else "none"
    return answer


def _piece(file: StoredFile, content: BinaryIO, first: int, last: int) -> HttpResponse:
    """A stretch of a voice note: an iPhone plays nothing that it cannot ask for in pieces."""
    with content:
        last = min(last, file.size - 1)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
        content.seek(first)
        answer = HttpResponse(content.read(last - first + 1), status=206, content_type=file.mime)
    answer["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return answer
