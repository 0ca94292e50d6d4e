"""What goes over the wire: little, and nothing that anybody else holds."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest

STATIC = Path(__file__).parents[1] / "static" / "ui"


def _wire(content: bytes) -> int:
    return len(brotli.compress(content, quality=11))


@pytest.mark.django_db
def test_first_visit_weighs_at_most_60_kb_and_the_next_15(client):
    for way in ("/", "/no/such/page/"):
        page = client.get(way)
        later = _wire(page.content) + sum(len(f"{name}: {value}") for name, value in page.items())
        assets = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page.content.decode()))
        first = later + sum(_wire((STATIC.parent / name).read_bytes()) for name in assets) + len(assets) * 400
        assert (later < 15_000, first < 60_000) == (True, True), (way, later, first)
        assert first < 30_000, "a page of the shelf alone leaves half of the budget to its module"


def test_static_files_name_no_other_host():
    for file in STATIC.rglob("*.*"):
        if file.suffix in {".css", ".js", ".svg"}:
            hosts = set(re.findall(r"https?://[\w.]+", file.read_text())) - {"http://www.w3.org"}
            assert hosts == set(), file


def test_tibetan_font_comes_with_its_licence():
    assert (STATIC / "tibetan" / "NotoSerifTibetan-Regular.woff2").stat().st_size < 170_000
    assert "SIL OPEN FONT LICENSE" in (STATIC / "tibetan" / "OFL.txt").read_text()


@pytest.mark.django_db
def test_pages_travel_packed_and_other_files_as_they_are(client):
    page = client.get("/no/such/page/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert gzip.decompress(page.content).startswith(b"<!doctype html>")
    assert len(page.content) < 1800
    for plain in (client.get("/no/such/page/"), client.get("/healthz", headers={"accept-encoding": "gzip"})):
        assert "Content-Encoding" not in plain
