"""Who may do what with places. A resident may know of every place but homes; the register is kept by the office."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.places.models import Place
from linli.places.rules.tree import HOME

KEEPERS = ("administrator", "secretary")
STAFF = (
    "captain", "grid_worker", "desk", "secretary", "property_staff", "property_manager", "committee",
    "branch_secretary", "street_officer", "district_officer", "administrator", "auditor",
)  # fmt: skip

POSTER_POSTS = (
    "captain", "grid_worker", "desk", "secretary", "property_staff", "property_manager", "street_officer",
    "district_officer", "administrator",
)  # fmt: skip


def may_edit(actor: Actor, place: Place) -> bool:
    """The administrator over the place; the secretary from her community down."""
    return actor.holds("administrator", over=place) or (
        place.community_id is not None and actor.holds("secretary", over=place)
    )


def may_add_under(actor: Actor, parent: Place | None) -> bool:
    """Whoever may edit the parent; a district only the administrator of the whole installation."""
    if parent is None:
        return any(grant.level == "everywhere" for grant in actor.grants_of(["administrator"]))
    return may_edit(actor, parent)


def may_import(actor: Actor) -> bool:
    """Anybody who keeps some part of the register; each row is checked again."""
    return actor.holds(*KEEPERS)


def may_see_register(actor: Actor) -> bool:
    """Staff, whatever their post."""
    return actor.holds(*STAFF)


def may_see_homes(actor: Actor, place: Place) -> bool:
    """Staff whose grant covers the place."""
    return actor.holds(*STAFF, over=place)


def may_approve_map(actor: Actor) -> bool:
    """The administrator of the whole installation: the map approval number stands for all its maps."""
    return may_add_under(actor, None)


def may_print_posters(actor: Actor, place: Place) -> bool:
    """Who works at a place prints what hangs on its doors; a home has no poster."""
    return place.level != HOME and actor.holds(*POSTER_POSTS, over=place)


def may_carry_out(actor: Actor) -> bool:
    """The clock: what a keeper planned for a day."""
    return actor.is_system


def may_follow_place(actor: Actor, place: Place) -> bool:
    """Rows that carry a place's columns follow it: for the clock, and for whoever may move the place."""
    return actor.is_system or may_edit(actor, place)
