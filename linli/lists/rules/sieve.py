"""Which reports a list holds, for how long a request stands, and what is written on every row that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from linli.core.times import local

LASTS = timedelta(hours=24)
"""How long a request waits for the second person, and an approved one for its one download (PRV-037)."""

MOST = 20_000
"""Rows in one list."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """The filter of a list; what is empty filters nothing. Keys, not rows: it is kept with a request."""

    start: date
    end: date
    place_id: int | None = None
    body_id: int | None = None
    state: str = ""
    category: str = ""

    def kept(self) -> dict[str, Any]:
        """As plain values for a column."""
        return {
            "start": self.start.isoformat(), "end": self.end.isoformat(), "place_id": self.place_id,
            "body_id": self.body_id, "state": self.state, "category": self.category,
        }  # fmt: skip


def sieve_of(kept: Mapping[str, Any]) -> Sieve:
    """The filter that `Sieve.kept` wrote down."""
    days = {name: date.fromisoformat(kept[name]) for name in ("start", "end")}
    return Sieve(**{**kept, **days})


def is_over(expires_at: datetime, now: datetime) -> bool:
    """Whether the time of a request has run out."""
    return expires_at <= now


def watermark(names: tuple[str, str], taken_at: datetime, purpose: str, uid: str) -> str:
    """What stands on every row: who took it out, who agreed, when, what for, under which request."""
    return f"{names[0]} / {names[1]} · {local(taken_at):%Y-%m-%d %H:%M} · {purpose} · {uid[:8]}"
