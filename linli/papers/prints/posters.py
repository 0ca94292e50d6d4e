"""Posters and stickers for doors: one code, one telephone number, one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Words
from linli.facilities.queries import emergency_phones_at
from linli.papers.models import PrintRun
from linli.papers.prints.paper import Paper, both, paper_at, say_phone
from linli.places.models import Place
from linli.ui.prints import pdf_of

SIZES = {"a4": 1, "sticker": 8}
"""How many stand on a page."""
TEMPLATES = {"a4": "papers/print_posters.html", "sticker": "papers/print_stickers.html"}
PARTS = {"a4": 60, "sticker": 20}
"""How many pages make one PDF of a long pile: six or seven seconds of a processor, then others get their turn."""
AT_ONCE = 12
"""How many pages are made while one waits."""

SAYINGS = {
    "scan": _("扫一扫，说一件事"),
    "call": _("打个电话，说一件事"),
    "first": _("您说一声，拍张照就行"),
    "then": _("社区接下，告诉您谁来办、最晚哪天"),
    "last": _("办好了，您来打分"),
    "code": _("地点码"),
    "no_scan": _("不会扫码？打电话，报地点码"),
    "with_code": _("接通后报地点码，就知道您在哪里"),
    "emergency": _("有人受伤、着火、漏气，先打"),
    "own": _("急事打"),
    "demo": _("示范数据 · 非官方"),
    "trial": _("试扫：只有这台电脑打得开"),
}
"""What a poster says, in both scripts with the same content."""


@dataclass(frozen=True, slots=True)
class Poster:
    """One place on paper."""

    place: Words
    tag: str
    url: str
    trial_url: str
    emergency: str = ""


def sayings_of() -> dict[str, Words]:
    """The poster's sentences in both scripts."""
    return {name: both(words) for name, words in SAYINGS.items()}


def posters_of(places: Iterable[Place], paper: Paper) -> list[Poster]:
    """A poster for each place, in order."""
    rows = list(places)
    phones = emergency_phones_at(rows)
    return [
        _poster(place, reverse("place-poster", args=[place.tag]), paper, say_phone(phones.get(place.pk, "")))
        for place in rows
    ]


def _poster(place: Place, path: str, paper: Paper, emergency: str) -> Poster:
    tibetan = "" if place.label_bo == place.label else place.label_bo
    return Poster(Words(place.label, tibetan), place.tag, paper.url(path), paper.trial_url(path), emergency)


def by_page(posters: list[Poster], size: str) -> list[list[Poster]]:
    """The posters page by page."""
    step = SIZES[size]
    return [posters[at : at + step] for at in range(0, len(posters), step)]


@dataclass(frozen=True, slots=True)
class Pile:
    """Which posters, how large; many are printed in parts."""

    place: Place
    chosen: list[Place]
    size: str

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return -(-len(self.chosen) // SIZES[self.size])

    @property
    def is_long(self) -> bool:
        """Whether nobody should wait for it at a page."""
        return self.pages > AT_ONCE

    @property
    def parts(self) -> list[range]:
        """The posters of each part, by their place in the pile."""
        step = PARTS[self.size] * SIZES[self.size]
        return [range(at, min(at + step, len(self.chosen))) for at in range(0, len(self.chosen), step)]

    def context(self, paper: Paper, part: int = 0) -> dict[str, Any]:
        """What its template draws: all of it, or one part."""
        those = self.parts[part - 1] if part else range(len(self.chosen))
        pages = by_page(posters_of(self.chosen[those.start : those.stop], paper), self.size)
        return {
            "paper": paper,
            "say": sayings_of(),
            "pages": pages,
            "pages_in_all": self.pages,
            "before": those.start // SIZES[self.size],
            "count": len(self.chosen),
        }


def pile_of(run: PrintRun) -> Pile:
    """The posters of a run, in its order; a place that was closed meanwhile keeps its poster."""
    known = Place.objects.in_bulk(run.chosen)
    return Pile(run.place, [known[pk] for pk in run.chosen if pk in known], run.size)


def pdf_of_part(run: PrintRun, part: int) -> bytes:
    """One part of a run as PDF. Raises `NoPrinter`."""
    paper = paper_at(run.place, run.base, run.own)
    return pdf_of(TEMPLATES[run.size], pile_of(run).context(paper, part))
