"""Who is told of a matter, and who has looked at it."""

from __future__ import annotations

from typing import Any

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import NotAllowed, NotFound
from linli.core.flow import action
from linli.matters.actions.drafts import Follow
from linli.matters.models import Follower, Matter, Seen
from linli.matters.permissions import may_blank, may_follow, may_move
from linli.matters.queries import sight_of
from linli.matters.states import Audience


@action
def follow_matter(*, actor: Actor, matter: Matter, follow: Follow | None = None) -> Follower:
    """Add somebody who will be told: oneself, or, for those who move the matter, a reporter or a helping body.

    Following twice is following once. Raises `NotFound` where the matter is not to be known of, `NotAllowed`.
    """
    if not may_follow(actor, matter):
        raise NotFound
    who = follow or Follow(person_id=actor.person_id)
    is_self = who.person_id is not None and who.person_id == actor.person_id
    if not (is_self or who.receipt_digest or may_move(actor, matter)):
        raise NotAllowed
    if not (who.person_id or who.body_id or who.receipt_digest):
        raise NotAllowed
    follower, is_new = Follower.objects.get_or_create(
        **_columns(matter, who), defaults={"role": who.role, "at": actor.now}
    )
    if is_new:
        record_act(actor=actor, verb="matter.followed", subject=matter.uid)
    return follower


@action
def unfollow_matter(*, actor: Actor, matter: Matter, follow: Follow | None = None) -> None:
    """Stop being told. Whoever reported a matter stays a party to it, and is told of its end.

    Raises `NotAllowed`.
    """
    who = follow or Follow(person_id=actor.person_id)
    if follow is not None and not may_move(actor, matter):
        raise NotAllowed
    if not (who.person_id or who.body_id or who.receipt_digest):
        raise NotAllowed
    found, _by_model = Follower.objects.filter(**_columns(matter, who)).exclude(role="reporter").delete()
    if found:
        record_act(actor=actor, verb="matter.unfollowed", subject=matter.uid)


@action
def forget_person(*, actor: Actor, person_uid: str) -> int:
    """Nobody tells, or sees, a person who left any more (PIPL art. 47): what they followed and opened is let go.

    Raises `NotAllowed` for all but the clock.
    """
    if not may_blank(actor):
        raise NotAllowed
    followed, _by_model = Follower.objects.filter(person__uid=person_uid).delete()
    Seen.objects.filter(person__uid=person_uid).delete()
    record_act(actor=actor, verb="matter.person_forgotten", subject=person_uid, detail={"followed": followed})
    return followed


def _columns(matter: Matter, who: Follow) -> dict[str, Any]:
    return {
        "matter": matter,
        "person_id": who.person_id,
        "body_id": who.body_id,
        "receipt_digest": who.receipt_digest,
    }


@action
def mark_seen(*, actor: Actor, matter: Matter) -> None:
    """Note that a person concerned opened the matter: first time and last, in one statement.

    Raises `NotFound` where the matter is not to be known of.
    """
    sight = sight_of(actor, matter)
    if sight is None:
        raise NotFound
    if actor.person_id is None or sight == Audience.PUBLIC:
        return
    seen = Seen(
        matter=matter,
        person_id=actor.person_id,
        body_id=actor.body_id,
        hat=actor.hat,
        first_at=actor.now,
        last_at=actor.now,
    )
    Seen.objects.bulk_create(
        [seen],
        update_conflicts=True,
        unique_fields=["matter", "person"],
        update_fields=["last_at", "hat", "body"],
    )
