"""Who records the community's voice."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.places.models import Place

RECORDERS = ("desk", "secretary")


def may_record(actor: Actor, community: Place) -> bool:
    """The desk and the secretary, with the neighbour beside them."""
    return actor.holds(*RECORDERS, over=community)
