"""Who may see, open and move a matter. The capabilities' own rules are finer; these are the outer walls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linli.core.actor import Actor
from linli.core.times import day_of
from linli.matters.models import Matter
from linli.matters.queries.sight import MOVING_POSTS, follows, holds, sight_of
from linli.matters.states import KINDS, Audience
from linli.people.models import Body, Person
from linli.people.permissions import may_add_bodies, may_end_posts
from linli.people.queries import appointments_after

if TYPE_CHECKING:
    from linli.matters.actions.drafts import Opening


def may_open(actor: Actor, opening: Opening) -> bool:
    """System, a grant that covers the place, or the kind's own rule."""
    if actor.is_system:
        return True
    if any(grant.level == "everywhere" or (opening.place and grant.covers(opening.place)) for grant in actor.grants):
        return True
    may = KINDS.get(opening.kind).may
    return may is not None and may(actor, "open", opening)


def may_move(actor: Actor, matter: Matter) -> bool:
    """System, a grant that covers it, its holder, its follower, the bearer of its receipt, or the kind's own rule."""
    if actor.is_system or holds(actor, matter) or matter.uid in actor.receipts:
        return True
    if matter.audience != Audience.SEALED and actor.holds(*MOVING_POSTS, over=matter):
        return True
    may = KINDS.get(matter.kind).may
    return (may is not None and may(actor, "move", matter)) or follows(actor, matter)


def may_tell(actor: Actor, matter: Matter) -> bool:
    """Whoever may see the matter may be heard; what may be said is the capability's rule."""
    return may_see(actor, matter)


def may_follow(actor: Actor, matter: Matter) -> bool:
    """Whoever may see the matter may be told of it."""
    return may_see(actor, matter)


def may_follow_as_person(actor: Actor, matter: Matter) -> bool:
    """Whoever is known by name may ask to be told of what is still under way."""
    return actor.person_id is not None and not matter.is_done and may_follow(actor, matter)


def may_see(actor: Actor, matter: Matter) -> bool:
    """Whether the actor may know that the matter exists."""
    return sight_of(actor, matter) is not None


def may_sound(actor: Actor) -> bool:
    """The clock alone."""
    return actor.is_system


def may_blank(actor: Actor) -> bool:
    """Retention alone, which the clock runs."""
    return actor.is_system


def may_hand_over(actor: Actor, person: Person) -> bool:
    """Whoever may end every post that the person holds (and there is one)."""
    held = list(appointments_after(person.pk, day_of(actor.now)))
    return person.erased_at is None and bool(held) and may_end_posts(actor, person, held)


def may_hand_over_body(actor: Actor, body: Body) -> bool:
    """Whoever keeps the list of bodies there; nobody the body that they act for."""
    return actor.body_id != body.pk and may_add_bodies(actor, body.place)
