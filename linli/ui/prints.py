"""Paper: a template becomes a PDF on this machine, without the network."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import gettext_lazy as _

from linli.core.errors import LinliError

HOME = "https://linli.invalid/"
"""Where a sheet believes it stands, so that its addresses can be told from the world's. Nothing is ever fetched."""
MENDING = {
    "linux": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk",
    "darwin": "brew install pango",
    "win32": "pacman -S mingw-w64-x86_64-pango",
}


class NoPrinter(LinliError):
    """The libraries that set type are not on this machine."""

    status = 503
    words = _("这台机器还不能做 PDF。可以先用浏览器打印这一页；请管理员装上排版库。")

    def __init__(self, why: str = "") -> None:
        self.why = why
        self.mending = MENDING.get(sys.platform, MENDING["linux"])
        super().__init__()

    def __str__(self) -> str:
        return f"{self.words} {self.mending}"


def _typesetter() -> Any:
    """WeasyPrint, or why there is none. Raises `NoPrinter`."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise NoPrinter(str(error)) from error
    return weasyprint


def missing_parts() -> list[str]:
    """What this machine lacks for paper, as words for the operator (a page takes 16 s without the subsetter)."""
    try:
        _typesetter()
    except NoPrinter as error:
        return [str(error)]
    from weasyprint.text import ffi

    return [] if getattr(ffi, "harfbuzz_subset", None) else [f"libharfbuzz-subset0: {MENDING['linux']}"]


def _static_bytes(path: str) -> bytes:
    """A static file of ours by its address. Raises `ValueError` for anything else."""
    prefix = urlsplit(settings.STATIC_URL).path
    if not path.startswith(prefix):
        raise ValueError(path)
    name = unquote(path.removeprefix(prefix))
    found = finders.find(name)
    if found:
        return Path(str(found)).read_bytes()
    with staticfiles_storage.open(name) as file:
        return bytes(file.read())


@cache
def _font_bytes(path: str) -> bytes:
    """A web font of ours, unpacked once for all papers: unpacking takes longer than setting a page."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(_static_bytes(path)))
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain)
    return plain.getvalue()


def _fetcher(weasyprint: Any) -> Any:
    """Fetches our own static files and ``data:`` addresses, and nothing else."""

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(HOME):
                kind = {"css": "text/css", "svg": "image/svg+xml"}.get(
                    url.rsplit(".", 1)[-1], "application/octet-stream"
                )
                path = urlsplit(url).path
                content = _font_bytes(path) if path.endswith(".woff2") else _static_bytes(path)
                return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=("data",))


def pdf_of(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF of a template that extends ``ui/print.html``. Raises `NoPrinter` where the libraries are missing."""
    weasyprint = _typesetter()
    words = loader.render_to_string(template, dict(context))
    paper = weasyprint.HTML(string=words, base_url=HOME, url_fetcher=_fetcher(weasyprint))
    return bytes(paper.write_pdf(pdf_variant="pdf/ua-1"))


def pdf_response(template: str, context: Mapping[str, Any], name: str) -> HttpResponse:
    """The PDF to look at or keep, under a name that says what it is (``通知 0103-2026-000482-3``)."""
    answer = HttpResponse(pdf_of(template, context), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename=\"print.pdf\"; filename*=UTF-8''{quote(name)}.pdf"
    return answer
