"""Who may see and try again what could not be delivered, and who delivers."""

from __future__ import annotations

from linli.core.actor import Actor


def may_deliver(actor: Actor) -> bool:
    """The clock delivers."""
    return actor.is_system


def may_see_undelivered(actor: Actor) -> bool:
    """The administrator of the installation."""
    return any(grant.level == "everywhere" for grant in actor.grants_of(("administrator",)))


def may_read_inbox(actor: Actor) -> bool:
    """Whoever has one: a person who signed in, or the wearer of a body's post."""
    return actor.person_id is not None or actor.body_id is not None
