"""``linli figures``: the figures of a place and period, or everything counted anew."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.core.times import day_of, now
from linli.indicators.actions import rebuild_figures
from linli.indicators.clock import refresh_figures
from linli.indicators.queries import GROUPS, figures_by, figures_of
from linli.indicators.rules import Figures
from linli.places.queries import place_by_code

FIRST = date(2000, 1, 1)


class Command(BaseCommand):
    """Show or rebuild the figures."""

    help = "Show the figures of a place and period; `linli figures rebuild` counts everything anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="?", choices=["show", "rebuild"], default="show")
        parser.add_argument("--place", default="", help="code of a district, street, community or compound")
        parser.add_argument("--from", dest="start", type=date.fromisoformat, default=FIRST)
        parser.add_argument("--to", dest="end", type=date.fromisoformat)
        parser.add_argument("--by", choices=GROUPS)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        actor = Actor(now=now(), channel="command")
        if what == "rebuild":
            self.stdout.write(f"matters counted: {rebuild_figures(actor=actor)}")
            return
        refresh_figures(actor.now)
        self._show(**options)

    def _show(self, place: str, start: date, end: date | None, by: str | None, json: bool, **_: Any) -> None:
        try:
            found = place_by_code(place) if place else None
        except NotFound:
            raise CommandError(f"no place with the code {place}") from None
        period = (start, end or day_of(now()))
        answer = {"place": place, "from": str(period[0]), "to": str(period[1]), **told(figures_of(found, *period))}
        if by:
            answer["by"] = [{by: str(key or ""), **told(figures)} for key, figures in figures_by(by, found, *period)]
        self.stdout.write(written(answer) if json else plain(answer))


def told(figures: Figures) -> dict[str, Any]:
    """The counts, and each rate with its numerator and denominator."""
    rates = {
        name: {"part": str(rate.part), "whole": rate.whole, "percent": str(rate)}
        for name, rate in figures.rates().items()
    }
    return {"counts": {name: count or 0 for name, count in figures.counts.items()}, "rates": rates}


def written(answer: dict[str, Any]) -> str:
    """As JSON."""
    return json.dumps(answer, ensure_ascii=False)


def plain(answer: dict[str, Any]) -> str:
    """As lines for a person."""
    lines = [f"{answer['from']} – {answer['to']}  {answer['place']}"]
    lines += [f"{name}: {count}" for name, count in answer["counts"].items()]
    lines += [f"{name}: {rate['percent']} ({rate['part']} / {rate['whole']})" for name, rate in answer["rates"].items()]
    return "\n".join(lines)
