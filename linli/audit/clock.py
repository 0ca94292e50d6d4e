"""What the tick does for the audit."""

from __future__ import annotations

from datetime import datetime

from linli.audit import actions
from linli.core.actor import system


def seal_records(now: datetime) -> int:
    """Seal what has waited long enough."""
    return actions.seal_records(actor=system(now))


def empty_seals(now: datetime) -> int:
    """Let go of what is past its retention."""
    return actions.empty_seals(actor=system(now))


CLOCK = (seal_records, empty_seals)
