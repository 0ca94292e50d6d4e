"""Who may announce, and who may know which homes were not reached."""

from __future__ import annotations

from collections.abc import Iterable

from linli.announcements.models import Announcement
from linli.announcements.rules import DRAFT
from linli.core.actor import Actor
from linli.places.models import Place

ANNOUNCERS = ("desk", "secretary", "property_manager", "committee", "street_officer", "district_officer")
KNOCKERS = ("desk", "secretary", "grid_worker", "captain")


def may_see_announcements(actor: Actor) -> bool:
    """Staff's list: who announces, and who goes from door to door."""
    return actor.holds(*ANNOUNCERS, *KNOCKERS)


def may_announce(actor: Actor, body_id: int | None, places: Iterable[Place]) -> bool:
    """Who wears a post of that body over every one of the places."""
    grants = [grant for grant in actor.grants_of(ANNOUNCERS) if body_id is not None and grant.body_id == body_id]
    return bool(grants) and all(any(grant.covers(place) for grant in grants) for place in places)


def may_keep_announcement(actor: Actor, announcement: Announcement) -> bool:
    """Whoever may announce the same."""
    return may_announce(actor, announcement.body_id, announcement.places.all())


def may_see_announcement(actor: Actor, announcement: Announcement) -> bool:
    """Everybody, once it is published; before, who keeps it."""
    return announcement.state != DRAFT or may_keep_announcement(actor, announcement)


def may_tell_home(actor: Actor, home: Place) -> bool:
    """Who goes to that door."""
    return actor.person_id is not None and actor.holds(*KNOCKERS, over=home)
