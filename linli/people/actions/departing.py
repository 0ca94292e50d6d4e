"""Somebody lays down their posts, or a company goes: all of it ends on one day, in one act."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_acts
from linli.audit.rules import Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.times import day_of
from linli.people import permissions
from linli.people.models import Appointment, Body, Person
from linli.people.queries import appointments_after, community_of
from linli.people.signals import appointments_changed


@action
def end_posts(*, actor: Actor, person: Person, on: date) -> list[Appointment]:
    """Ends every post of a person after a day, the last one included; what they had opened ends at once (B.11.4)."""
    held = list(appointments_after(person.pk, day_of(actor.now)))
    if not permissions.may_end_posts(actor, person, held):
        raise NotAllowed
    if not held:
        raise WrongState(_("这个人现在没有岗位。"))
    _end(actor, held, on)
    return held


def _end(actor: Actor, held: list[Appointment], on: date) -> None:
    """End posts that run longer than a day; those that would only begin later never begin."""
    if on < day_of(actor.now):
        raise BadInput({"on": [_("最后一天不能早于今天。")]})
    for post in held:
        last = max(on, post.from_on)
        if not Appointment.objects.filter(pk=post.pk, to_on=post.to_on).update(to_on=last):
            raise LostRace
        post.to_on = last
    record_acts(
        actor=actor,
        records=[
            Record(
                "person.appointment_ended",
                post.uid,
                community=community_of(post.place),
                person_uid=post.person.uid,
                detail={"post": post.post},
            )
            for post in held
        ],
    )
    appointments_changed.send(None, actor=actor, person_ids={post.person_id for post in held})


@action
def retire_body(*, actor: Actor, body: Body, on: date) -> list[Appointment]:
    """Takes a body that leaves off the list: every post that it gave ends after a day, the last one included."""
    if not permissions.may_add_bodies(actor, body.place):
        raise NotAllowed
    today = day_of(actor.now)
    if on < today:
        raise BadInput({"on": [_("最后一天不能早于今天。")]})
    running = Appointment.objects.filter(Q(to_on=None) | Q(to_on__gt=on), body=body)
    held = list(running.select_related("person", "place", "place__community", "body"))
    if not Body.objects.filter(pk=body.pk, is_active=True).update(is_active=False):
        raise LostRace
    if held:
        _end(actor, held, on)
    record_act(actor=actor, verb="body.retired", subject=body.uid, detail={"posts": len(held)})
    body.is_active = False
    return held
