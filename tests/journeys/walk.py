"""Finds every page there is: follows links as each role, from every address that needs no argument."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, get_resolver, resolve

WALKERS = (
    "", "elder", "owner", "captain", "desk", "repairman", "manager", "secretary", "grid", "chair", "auditor",
    "district", "administrator",
)  # fmt: skip


def names() -> set[str]:
    """Every name in the URLconf."""
    found, waiting = set(), list(get_resolver().url_patterns)
    while waiting:
        pattern = waiting.pop()
        waiting += getattr(pattern, "url_patterns", ())
        if getattr(pattern, "name", None):
            found.add(pattern.name)
    return found


def starts() -> list[str]:
    """The addresses that take no argument."""
    patterns = [pattern for entry in get_resolver().url_patterns for pattern in getattr(entry, "url_patterns", [entry])]
    routes = [str(pattern.pattern) for pattern in patterns]
    return ["/" + route for route in routes if not re.search(r"[<(^]", route) and not route.startswith("healthz")]


def name_of(address: str) -> str:
    """The URLconf's name of an address of ours, or ""."""
    try:
        return resolve(unquote(urlsplit(address).path)).url_name or ""
    except Resolver404:
        return ""


def links_of(text: str) -> Iterator[str]:
    """The addresses of our own that a page links to."""
    for found in re.findall(r'<a\b[^>]*?\bhref="(/[^"#]*)', text):
        yield html.unescape(found)


def pages_for(page) -> dict[str, str]:
    """Name and address of each page that this visitor can open, one of each name."""
    found: dict[str, str] = {}
    tried: dict[str, int] = {}
    waiting = starts()
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        if not name or name in found or tried.get(name, 0) >= 3:
            continue
        tried[name] = tried.get(name, 0) + 1
        answer = page.request.get(address, max_redirects=0)
        if answer.status >= 500:
            raise AssertionError(f"{address}: {answer.status}")
        if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
            found[name] = address
            waiting += links_of(answer.text())
    return found
