"""Posters and stickers for doors: one code, one telephone number, one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Words
from linli.facilities.queries import emergency_phones_at
from linli.papers.prints.paper import Paper, both, say_phone
from linli.places.models import Place

SIZES = {"a4": 1, "sticker": 8}
"""How many stand on a page."""
TEMPLATES = {"a4": "papers/print_posters.html", "sticker": "papers/print_stickers.html"}
PARTS = {"a4": 60, "sticker": 20}
"""How many pages make one PDF: six or seven seconds of a processor, after which others get their turn."""

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


def pages_for(count: int, size: str) -> int:
    """How many pages that many posters take."""
    return -(-count // SIZES[size])


def parts_of(count: int, size: str) -> list[range]:
    """Which posters make which PDF, where they are many."""
    step = PARTS[size] * SIZES[size]
    return [range(at, min(at + step, count)) for at in range(0, count, step)]
