"""What the tick does for notices."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import system
from linli.notices import actions
from linli.notices.queries import (
    deliveries_due,
    deliveries_to_blank,
    notices_to_blank,
    notices_to_clear,
    notices_to_expand,
)


def deliver_notices(now: datetime) -> int:
    """Expand the outbox and send what is due."""
    actor = system(now)
    expanded = actions.expand_notices(actor=actor) if notices_to_expand(now).exists() else 0
    sent = actions.deliver_notices(actor=actor) if deliveries_due(now).exists() else 0
    return expanded + sent


def clear_notices(now: datetime) -> int:
    """Let go of what is past its retention."""
    if any(due(now).exists() for due in (notices_to_clear, notices_to_blank, deliveries_to_blank)):
        return actions.clear_notices(actor=system(now))
    return 0


CLOCK = (deliver_notices, clear_notices)
