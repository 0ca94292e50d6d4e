"""Who rings and knocks."""

from __future__ import annotations

from linli.core.actor import Actor

KNOCKERS = ("desk", "secretary", "grid_worker")


def may_see_knocks(actor: Actor) -> bool:
    """Those who keep in touch with residents by word of mouth."""
    return actor.person_id is not None and actor.holds(*KNOCKERS)
