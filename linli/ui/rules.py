"""What a drawing shows: how much time is left, how long a bar is. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

Kind = Literal["done", "soon", "late", "wait"]
FULL = 1000
"""The width of a drawn bar in its own units; its box stretches to the column."""


@dataclass(frozen=True, slots=True)
class Left:
    """The time between now and a deadline, in the one unit that a person would say."""

    kind: Kind
    amount: int
    unit: Literal["minutes", "hours", "days"]


def time_left(due: datetime, now: datetime, soon: timedelta = timedelta(hours=24)) -> Left:
    """How long until ``due``, or since it. Time left is rounded down, so that nobody is promised more than there is."""
    gap = abs(due - now)
    kind: Kind = "late" if due < now else "soon" if gap <= soon else "wait"
    minutes = int(gap.total_seconds() // 60)
    if minutes < 60:
        return Left(kind, minutes, "minutes")
    if minutes < 48 * 60:
        return Left(kind, minutes // 60, "hours")
    return Left(kind, minutes // (24 * 60), "days")


def bar_width(value: float | Fraction, whole: float | Fraction) -> int:
    """The length of a bar for ``value`` of ``whole``, within the box; what is not nothing is at least seen."""
    if not whole or value <= 0:
        return 0
    return min(FULL, max(4, round(FULL * Fraction(value) / Fraction(whole))))


def stations_of(words: str | Iterable[str]) -> list[str]:
    """The states of a row of beads from ``"done done now next"`` or a list of such words; others count as next."""
    states = words.split() if isinstance(words, str) else list(words)
    return [state if state in {"done", "now", "next"} else "next" for state in states]


def progress(step: int, now: int) -> str:
    """Where ``step`` stands when one is at step ``now``: done, now or next."""
    return "done" if step < now else "now" if step == now else "next"
