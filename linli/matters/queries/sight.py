"""As what an actor reads a matter: staff, party, public, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from linli.core.actor import Actor, Grant
from linli.core.asked import Question, Told
from linli.matters.models import Follower, Matter
from linli.matters.states import KINDS, Audience

MOVING_POSTS = frozenset({"captain", "grid_worker", "desk", "secretary", "street_officer", "district_officer"})
"""Posts whose place gives a hand in all that happens there. A company's people come in as holders."""
SEEING_POSTS = MOVING_POSTS | {"auditor"}
FOLLOWING = Question(lambda: Follower.objects.filter(matter_id=Told("matter"), person_id=Told("person"))[:1])


def followed_column(matter: str) -> Exists:
    """Whether the person told as ``person`` follows the row's ``matter``, as a column of another read."""
    return Exists(Follower.objects.filter(matter=OuterRef(matter), person_id=Told("person")))


def bodies_of(actor: Actor) -> frozenset[int]:
    """The bodies that the actor acts for."""
    ids = {actor.body_id, *(grant.body_id for grant in actor.grants)}
    return frozenset(body for body in ids if body is not None)


def seeing_grants(actor: Actor) -> Iterator[Grant]:
    """The grants by which all matters of a place are seen."""
    return actor.grants_of(SEEING_POSTS)


def sight_of(actor: Actor, matter: Matter, *, is_follower: bool | None = None) -> Audience | None:
    """As what the actor reads the matter: staff, party, public; None where it is not to be known of.

    ``is_follower`` saves the question where the caller knows.
    """
    if actor.is_system or holds(actor, matter, as_person=False):
        return Audience.STAFF
    if matter.audience != Audience.SEALED and any(grant.covers(matter) for grant in seeing_grants(actor)):
        return Audience.STAFF
    may = KINDS.get(matter.kind).may
    if may is not None and may(actor, "see", matter):
        return Audience.STAFF
    if holds(actor, matter) or matter.uid in actor.receipts:
        return Audience.PARTIES
    if follows(actor, matter) if is_follower is None else is_follower:
        return Audience.PARTIES
    return Audience.PUBLIC if matter.audience == Audience.PUBLIC else None


def follows(actor: Actor, matter: Matter) -> bool:
    """Whether the actor follows the matter. Asks the database, so it is asked last."""
    if actor.person_id is None:
        return False
    return bool(FOLLOWING.rows(matter=matter.pk, person=actor.person_id))


def holds(actor: Actor, matter: Matter, *, as_person: bool = True) -> bool:
    """Whether the matter is in the hands of the actor, or of a body that the actor acts for."""
    if matter.holder_body_id is not None and matter.holder_body_id in bodies_of(actor):
        return True
    return as_person and actor.person_id is not None and matter.holder_person_id == actor.person_id
