"""Wrong tries at doors other than signing in: a receipt's code."""

from __future__ import annotations

from linli.access import rules
from linli.access.actions._doors import count_failure
from linli.access.queries import door_key
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.flow import action

CODE_FAILURES = 10
"""So many wrong codes for one number lock it for a while, known or not."""


@action
def note_wrong_code(*, actor: Actor, number: str) -> None:
    """Counts a wrong code for a number, by the number and by the address, and locks them when there were too many."""
    count_failure(door_key("receipt", number), actor.now, CODE_FAILURES)
    count_failure(door_key("receipts-from", actor.address), actor.now, rules.ADDRESS_FAILURES)
    record_act(actor=actor, verb="receipt.refused")
