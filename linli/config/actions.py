"""The installation's own act."""

from __future__ import annotations

from collections.abc import Mapping

from linli.config.models import TickMark
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action


@action
def mark_tick(*, actor: Actor, faults: Mapping[str, str]) -> TickMark:
    """Note that the clock went round and which clocks failed; it is the machine's pulse, so no audit row is left."""
    if not actor.is_system:
        raise NotAllowed
    mark, _ = TickMark.objects.update_or_create(pk=1, defaults={"ticked_at": actor.now, "faults": dict(faults)})
    return mark
