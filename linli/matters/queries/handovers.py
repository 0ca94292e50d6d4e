"""What somebody who leaves has in hand, and who may follow."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.matters.models import RUNNING, Handover, Matter
from linli.matters.states import Audience
from linli.people.models import Body, Person
from linli.people.queries import appointments_after, in_force

OPENLY_HELD = Matter.objects.filter(RUNNING).exclude(audience=Audience.SEALED)
"""What is sealed is handed on inside its own module: here nobody may learn that it exists."""


def held_in_person(person: Person) -> QuerySet[Matter]:
    """The running matters that a person has in hand by name, most urgent first."""
    found = OPENLY_HELD.filter(holder_person=person)
    return found.select_related("place", "holder_body").order_by("urgent_at", "id")


def held_by_body(body: Body) -> QuerySet[Matter]:
    """The running matters that a body has in hand, claimed by one of its people or not."""
    found = OPENLY_HELD.filter(holder_body=body)
    return found.select_related("place", "holder_person").order_by("urgent_at", "id")


def people_to_follow(person: Person, on: date) -> list[Person]:
    """Who may take over: who holds a post of the same body, or the same bodiless post in the same community."""
    same = Q(pk__in=())
    for post in appointments_after(person.pk, on):
        if post.body_id is not None:
            same |= Q(appointments__body_id=post.body_id)
        elif post.place is not None:
            same |= Q(appointments__post=post.post, appointments__place__community_id=post.place.community_id)
    now = in_force(on, "appointments__")
    found = Person.objects.filter(same & now, erased_at=None).exclude(pk=person.pk)
    return list(found.distinct().order_by("display_name", "pk"))


def bodies_to_follow(body: Body) -> list[Body]:
    """Which active bodies may follow: those in the same community, or of the same kind where there is none."""
    near = Q(community_id=body.community_id) if body.community_id else Q(kind=body.kind)
    return list(Body.objects.filter(near, is_active=True).exclude(pk=body.pk).order_by("name", "pk"))


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Those that the actor made, leaves by, or follows in; all for an administrator."""
    found = Handover.objects.select_related("person", "successor", "body", "next_body", "made_by")
    if actor.holds("administrator"):
        return found
    if actor.person_id is None:
        return found.none()
    mine = Q(made_by_id=actor.person_id) | Q(person_id=actor.person_id) | Q(successor_id=actor.person_id)
    return found.filter(mine | Q(next_body_id=actor.body_id or 0))
