"""What the tick does here."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import system
from linli.indicators.actions import refresh_figures as refresh


def refresh_figures(now: datetime) -> int:
    """Bring the roll-ups up to date."""
    return refresh(actor=system(now))


CLOCK = (refresh_figures,)
