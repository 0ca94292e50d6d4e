"""What the tick does here."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import system
from linli.indicators.actions import refresh_figures as refresh
from linli.indicators.queries import figures_are_behind


def refresh_figures(now: datetime) -> int:
    """Bring the roll-ups up to date."""
    count = refresh(actor=system(now))
    while figures_are_behind() and (more := refresh(actor=system(now))):
        count += more
    return count


CLOCK = (refresh_figures,)
