"""Reads of lists and of requests for them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from linli.core.actor import LEVELS, Actor
from linli.core.errors import NotFound
from linli.core.times import end_of_day, moment
from linli.lists.models import ExportRequest
from linli.lists.permissions import LISTERS
from linli.lists.rules import MOST, Sieve
from linli.matters.models import Matter
from linli.people.models import Body
from linli.places.models import Place
from linli.places.queries import open_places, within
from linli.tickets.models import Ticket
from linli.tickets.permissions import SUPERVISORS
from linli.tickets.queries import tickets_in_area

CHOSEN = ("district", "street", "community", "compound")
KEPT = timedelta(days=90)
"""How far back the page of requests goes."""


def area_of(actor: Actor) -> QuerySet[Place]:
    """The places, down to the compound, for which the actor may take lists out."""
    inside = Q(pk__in=())
    for grant in actor.grants_of(LISTERS):
        if grant.level in LEVELS and grant.place_id is not None:
            inside |= Q(**{f"{grant.level}_id": grant.place_id})
    return open_places().filter(inside, level__in=CHOSEN)


def bodies_of_area(actor: Actor) -> QuerySet[Body]:
    """The bodies that have or had reports of the actor's area in hand."""
    held = tickets_in_area(actor).exclude(holder_body=None).order_by().values("holder_body").distinct()
    return Body.objects.filter(pk__in=held).order_by("name", "pk")


def matters_listed(actor: Actor, sieve: Sieve) -> QuerySet[Matter]:
    """The reports of the actor's area that pass the filter, newest first."""
    period = (moment(sieve.start), end_of_day(sieve.end))
    found = tickets_in_area(actor).filter(opened_at__gte=period[0], opened_at__lt=period[1])
    if sieve.place_id is not None:
        found = found.filter(within(Place.objects.get(pk=sieve.place_id)))
    if sieve.body_id is not None:
        found = found.filter(holder_body_id=sieve.body_id)
    if sieve.category:
        found = found.filter(category_code=sieve.category)
    if sieve.state in {"open", "waiting", "done"}:
        found = found.filter(phase=sieve.state)
    elif sieve.state:
        found = found.filter(state=sieve.state)
    return found.order_by("-opened_at", "-pk")


def tickets_listed(actor: Actor, sieve: Sieve) -> list[Ticket]:
    """The same with their reports, in one read."""
    joined = ("matter__place", "matter__building", "matter__community", "matter__holder_body", "reporter")
    keys = matters_listed(actor, sieve).values("pk")
    found = Ticket.objects.filter(pk__in=keys).select_related(*joined)
    return list(found.order_by("-matter__opened_at", "-pk")[:MOST])


def requests_visible_to(actor: Actor) -> QuerySet[ExportRequest]:
    """The actor's own requests, and those on which the actor may decide."""
    if actor.person_id is None:
        return ExportRequest.objects.none()
    mine = Q(asker_id=actor.person_id)
    for grant in actor.grants_of(SUPERVISORS):
        if grant.level in LEVELS and grant.place_id is not None:
            mine |= Q(**{f"place__{grant.level}_id": grant.place_id})
    found = ExportRequest.objects.filter(mine, asked_at__gte=actor.now - KEPT)
    return found.select_related("place", "asker", "decider").order_by("-asked_at", "-pk")


def request_of(actor: Actor, uid: str) -> ExportRequest:
    """A request that the actor may know of. Raises `NotFound`."""
    found = requests_visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found
