"""What the spine announces, done in the same transaction: who leaves is no report's unit any more."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from linli.matters.signals import body_left
from linli.tickets.actions import change_unit


@receiver(body_left)
def follow_unit(sender: Any, actor: Any, body: Any, successor: Any, **_more: Any) -> None:
    """The unit that follows has the reports in hand, and helps where the old one did."""
    change_unit(actor=actor, body=body, successor=successor)
