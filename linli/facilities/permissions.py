"""Who may do what with a facility. That it is there, and out of service, everybody may know."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.facilities.models import Facility
from linli.places.models import Place
from linli.places.permissions import may_edit

WATCHERS = ("desk", "secretary", "grid_worker", "property_manager", "property_staff", "street_officer", "administrator")


def may_see_facilities(actor: Actor) -> bool:
    """The register with its figures: those who look after places."""
    return actor.holds(*WATCHERS)


def may_keep_facility(actor: Actor, place: Place) -> bool:
    """Whoever keeps the places there."""
    return may_edit(actor, place)


def may_watch_facility(actor: Actor, facility: Facility) -> bool:
    """Who is there and sees that it stands still: staff of the place, and of its carer and its firm."""
    bodies = {facility.carer_id, facility.firm_id} - {None}
    ours = any(grant.body_id in bodies for grant in actor.grants_of(WATCHERS))
    return ours or actor.holds("desk", "secretary", "grid_worker", "property_manager", over=facility.place)


def may_remind(actor: Actor) -> bool:
    """The clock."""
    return actor.is_system
