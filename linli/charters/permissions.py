"""Who may change a community's rules."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.places.models import Place


def may_apply_charter(actor: Actor, community: Place) -> bool:
    """The community's secretary, and the administrator; the machine's own operator by the command."""
    return actor.is_system or actor.holds("secretary", "administrator", over=community)


def may_change_calendar(actor: Actor) -> bool:
    """Only an administrator of the whole installation: one day changes everybody's deadlines."""
    return actor.is_system or any(grant.level == "everywhere" for grant in actor.grants_of(["administrator"]))
