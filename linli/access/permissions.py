"""Who may open doors for others."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.core.times import day_of
from linli.people.models import Person
from linli.people.permissions import may_end_appointment
from linli.people.queries import appointments_of
from linli.people.rules import is_self


def may_open_account(actor: Actor, person: Person) -> bool:
    """An administrator; or whoever may give every post that the person holds (and there is one)."""
    if person.erased_at is not None:
        return False
    if actor.holds("administrator"):
        return True
    held = list(appointments_of(person.pk, day_of(actor.now)))
    return not is_self(actor, person) and bool(held) and all(may_end_appointment(actor, each) for each in held)


def may_close_account(actor: Actor, person: Person) -> bool:
    """The person, an administrator, or the clock that wipes who left."""
    return actor.is_system or is_self(actor, person) or actor.holds("administrator")
