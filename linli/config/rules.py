"""When the machine is looked after, and what a new community still needs. Plain values in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.times import day_of, local

BACKUP_FROM, LETTER_FROM = time(2, 0), time(7, 30)
"""The night's backup, and the morning's letter with the audit's end."""
AGAIN_AFTER = timedelta(hours=1)
KEPT = 30
"""So many nights stay in the second place."""
RED_AFTER = 2
"""Days without a good backup after which the secretary's page turns red."""
DRILL_EVERY = 31

AUDIT_WORDS = {
    "upkeep.backup": _("做了备份"),
    "upkeep.drill": _("演练了还原"),
    "upkeep.sheet": _("印了恢复单"),
    "upkeep.seal": _("把审计尾码寄给了街道"),
}


def is_time_for(begin: time, at: datetime, done_on: date | None) -> bool:
    """Whether a daily piece of upkeep is due: its hour has come and it was not done today."""
    return local(at).time() >= begin and done_on != day_of(at)


def days_since(day: date | None, at: datetime) -> int | None:
    """Whole days since that day, None where it never was."""
    return None if day is None else max((day_of(at) - day).days, 0)


def is_red(backup_on: date | None, at: datetime) -> bool:
    """Whether the last good backup is more than two days old, or there is none."""
    age = days_since(backup_on, at)
    return age is None or age > RED_AFTER


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing that a new community needs: done or not, as counted now, and where it is done."""

    name: str
    words: Any
    is_done: bool
    found: Any
    href: str = ""
    command: str = ""


def next_tick(ticks: list[Tick]) -> Tick | None:
    """The first thing that is still to be done."""
    return next((tick for tick in ticks if not tick.is_done), None)


def old_copies(names: list[str], kept: int = KEPT) -> list[str]:
    """The oldest of our nightly archives, beyond those kept; other files in that folder are none of our business."""
    ours = sorted(name for name in names if name.startswith("linli-") and name.endswith(".tar.gz"))
    return ours[:-kept] if kept else ours
