"""The month on one sheet of paper, for the street: what came, how it went, where and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.indicators.queries import figures_by, figures_of, names_of
from linli.indicators.rules import RATE_WORDS, Figures, month_of
from linli.places.models import Place

MOST = 8
"""How many rows of a split stand on the sheet."""
SPLITS = {"class": _("按类别"), "body": _("按单位"), "place": _("按地方")}


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month of a place: its rates with their fractions and the month before, and three splits."""

    month: date
    cases: int
    cases_before: int
    rates: list[dict[str, Any]]
    splits: list[tuple[Any, list[tuple[str, int, str]], int]]


def month_sheet_of(place: Place, day: date) -> MonthSheet:
    """The sheet of the month of ``day``: eight reads for any number of reports."""
    period = month_of(day)
    before = month_of(period[0] - timedelta(days=1))
    now, then = figures_of(place, *period), figures_of(place, *before)
    rates = [
        {"words": RATE_WORDS[name][0], "parts": RATE_WORDS[name][1], "rate": rate, "before": then.rates()[name]}
        for name, rate in now.rates().items()
    ]
    splits = [(words, *_split(group, place, period)) for group, words in SPLITS.items()]
    return MonthSheet(period[0], now["cases"], then["cases"], rates, splits)


def _split(group: str, place: Place, period: tuple[date, date]) -> tuple[list[tuple[str, int, str]], int]:
    """The largest parts by name, with their number and how many were on time; and how many more parts there are."""
    parts = [(key, part) for key, part in figures_by(group, place, *period) if part["cases"]]
    parts.sort(key=lambda each: -each[1]["cases"])
    names = names_of(group, [key for key, _part in parts[:MOST]])
    rows = [(str(names.get(key) or _("没有写明")), part["cases"], _on_time(part)) for key, part in parts[:MOST]]
    return rows, max(0, len(parts) - MOST)


def _on_time(part: Figures) -> str:
    rate = part.rates()["on_time"]
    return f"{rate}（{rate.part} / {rate.whole}）" if rate.whole else "—"
