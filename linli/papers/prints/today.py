"""The day's list: what we have in hand, the most urgent first, to tick off; and the end of the audit's chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.queries import last_seal
from linli.matters.rules.clocks import urgency
from linli.tickets.queries import Row

MOST = 150
"""More than this nobody does in a day; the rest is counted."""
TAIL = 16

SECTIONS = {
    "late": _("已经超时"),
    "today": _("今天要办好"),
    "later": _("往后几天"),
    "waiting": _("停着的，在等"),
}


@dataclass(slots=True)
class Section:
    """Some rows under one heading."""

    words: Any
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seal:
    """The end of the audit's chain as it stood this morning."""

    number: int
    at: datetime
    tail: str


def sections_of(rows: Sequence[Row], now: datetime) -> list[Section]:
    """The rows by urgency; headings without rows are left out."""
    found = {name: Section(words) for name, words in SECTIONS.items()}
    for row in rows:
        found[urgency(row.matter.urgent_at, row.matter.phase, now)].rows.append(row)
    return [section for section in found.values() if section.rows]


def seal_of(community_code: str) -> Seal | None:
    """What is printed of the last seal: whoever keeps the list can tell later whether the past was rewritten."""
    found = last_seal(community_code)
    return Seal(found.number, found.sealed_at, spaced(found.head[-TAIL:])) if found else None


def spaced(figures: str) -> str:
    """``9f3c 71ab 02de 55aa``."""
    return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))
