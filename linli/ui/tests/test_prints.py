"""Paper, and what is said where there is no printer."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys

import pytest
from django.test import RequestFactory

from linli.core.errors import LinliError
from linli.ui import prints
from linli.ui.views import patterns

weasyprint = pytest.importorskip("weasyprint", exc_type=Exception)


def _words(paper: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils reads the PDF back")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.slow
def test_pattern_sheets_become_two_pages_with_number_and_page_count():
    answer = patterns.show_pdf(RequestFactory().get("/patterns/print.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    words = _words(answer.content).replace(" ", "")
    assert "XL2D-2026-000482-3" in words
    assert "9f3c71ab" in words
    assert "1/2" in words
    assert "2/2" in words


def test_pdf_reads_no_address_but_our_static_files():
    fetch = prints._fetcher(weasyprint).fetch
    assert b"@page" in fetch(f"{prints.HOME}static/ui/print.css").read()
    for address in ("https://example.org/x.css", "file:///etc/passwd", f"{prints.HOME}files/secret"):
        with pytest.raises(ValueError, match=r".+"):
            fetch(address)
    with pytest.raises(Exception, match=r".+"):
        fetch(f"{prints.HOME}static/../../etc/passwd")


def test_no_printer_names_the_mending_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(prints.NoPrinter) as refusal:
        prints.pdf_of("ui/patterns_print.html", {})
    assert isinstance(refusal.value, LinliError)
    assert refusal.value.status == 503
    assert refusal.value.mending in str(refusal.value)
    assert prints.missing_parts() == [str(refusal.value)]


def test_pdf_is_offered_under_its_own_name(monkeypatch):
    monkeypatch.setattr(prints, "pdf_of", lambda template, context: b"%PDF-")
    answer = prints.pdf_response("ui/patterns_print.html", {}, "通知 1")
    assert answer["Content-Disposition"].endswith("filename*=UTF-8''%E9%80%9A%E7%9F%A5%201.pdf")
    assert io.BytesIO(answer.content).read() == b"%PDF-"
