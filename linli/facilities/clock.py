"""What the tick does for facilities."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import system
from linli.core.times import day_of
from linli.facilities.actions import remind_inspections
from linli.facilities.queries import inspections_due

AT_ONCE = 100


def tell_inspections(now: datetime) -> int:
    """Remind carers and firms of what is to be inspected soon."""
    due = list(inspections_due(day_of(now))[:AT_ONCE])
    return remind_inspections(actor=system(now), facilities=due) if due else 0


CLOCK = (tell_inspections,)
