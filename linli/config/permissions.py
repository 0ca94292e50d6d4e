"""Who may look after the machine, and see how it stands."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.places.models import Place

KEEPERS = ("secretary", "administrator")


def may_keep_machine(actor: Actor) -> bool:
    """The clock, and whoever sits at the machine itself."""
    return actor.is_system or (actor.channel == "command" and actor.holds("administrator"))


def may_see_machine(actor: Actor) -> bool:
    """Who answers for the community, and who administers."""
    return actor.holds(*KEEPERS)


def may_see_opening(actor: Actor, community: Place) -> bool:
    """The community's secretary, and an administrator over it."""
    return actor.holds(*KEEPERS, over=community)
