"""Who may open doors for others."""

from __future__ import annotations

from typing import Any

from linli.access.models import Device
from linli.core.actor import Actor
from linli.core.times import day_of
from linli.people.models import Body, Person
from linli.people.permissions import may_end_appointment
from linli.people.queries import appointments_of, persons_reached
from linli.people.rules import POSTS, is_self, posts_that


def may_open_account(actor: Actor, person: Person) -> bool:
    """An administrator; or whoever may give every post that the person holds (and there is one)."""
    if person.erased_at is not None:
        return False
    if actor.holds("administrator"):
        return True
    held = list(appointments_of(person.pk, day_of(actor.now)))
    return not is_self(actor, person) and bool(held) and all(may_end_appointment(actor, each) for each in held)


def may_print_slips(actor: Actor, home: Any) -> bool:
    """Who keeps the register of people there; the slip names a home and no person."""
    return home.level == "home" and actor.holds(*posts_that("keeps_people"), over=home)


def may_invite(actor: Actor, person: Person) -> bool:
    """Whoever may open the account; the desk for somebody of its area who holds no staff post."""
    if may_open_account(actor, person):
        return True
    if person.erased_at is not None or is_self(actor, person):
        return False
    held = appointments_of(person.pk, day_of(actor.now))
    if any(POSTS[each.post].is_staff for each in held if each.post in POSTS):
        return False
    return persons_reached(actor, "keeps_people").filter(pk=person.pk).exists()


def may_bind_office(actor: Actor, body: Body) -> bool:
    """Who answers for the office: its secretary, a street's or district's officer of that body, an administrator."""
    if actor.holds("administrator"):
        return True
    heads = ("secretary", "street_officer", "district_officer", "property_manager")
    return any(grant.body_id == body.pk for grant in actor.grants_of(heads))


def may_end_device(actor: Actor, device: Device) -> bool:
    """One's own telephone; an office's PC by who may bind it."""
    if device.body is not None:
        return may_bind_office(actor, device.body)
    return actor.account_id is not None and device.account_id == actor.account_id


def may_close_account(actor: Actor, person: Person) -> bool:
    """The person, an administrator, or the clock that wipes who left."""
    return actor.is_system or is_self(actor, person) or actor.holds("administrator")
