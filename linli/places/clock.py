"""What the tick does for places."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import system
from linli.core.times import day_of
from linli.places.actions import carry_out_turns
from linli.places.queries import turns_due


def carry_out(now: datetime) -> int:
    """Rename, merge and split what is due today."""
    due = list(turns_due(day_of(now))[:20])
    return carry_out_turns(actor=system(now), turns=due) if due else 0


CLOCK = (carry_out,)
