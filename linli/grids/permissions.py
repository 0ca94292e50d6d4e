"""Who may read and keep the lists of a grid."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.places.models import Place
from linli.places.permissions import STAFF

KEEPERS = ("secretary", "desk", "administrator")


def may_see_grids(actor: Actor) -> bool:
    """Staff, whatever their post."""
    return actor.holds(*STAFF)


def may_keep_grid(actor: Actor, grid: Place) -> bool:
    """The secretary and the desk of its community, and who administers it."""
    return actor.holds(*KEEPERS, over=grid)
