"""Which matters an actor may know of: grants on plain columns, holder, follower, receipt, audience."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.core.flow import Phase
from linli.core.times import moment
from linli.matters.models import Follower, Matter, Recount
from linli.matters.queries.sight import bodies_of, seeing_grants
from linli.matters.states import KINDS, Audience

NOBODY = Q(pk=None)
OPEN_TO_GRANTS = ~Q(audience=Audience.SEALED)


def matters_visible_to(actor: Actor) -> QuerySet[Matter]:
    """The matters that the actor may know of. A sealed one exists for those concerned alone."""
    if actor.is_system:
        return Matter.objects.all()
    return Matter.objects.filter(Q(audience=Audience.PUBLIC) | within_grants(actor) | concerning(actor))


def within_grants(actor: Actor) -> Q:
    """What lies in the places of the actor's grants."""
    found = NOBODY
    for grant in seeing_grants(actor):
        if grant.level == "everywhere":
            return OPEN_TO_GRANTS
        if grant.place_id is not None:
            found |= Q(**{f"{grant.level}_id": grant.place_id}) & OPEN_TO_GRANTS
    return found


def concerning(actor: Actor) -> Q:
    """What the actor holds, follows or has a receipt of, and what a sealed kind shows to them."""
    found = Q(uid__in=actor.receipts) if actor.receipts else NOBODY
    bodies = bodies_of(actor)
    if bodies:
        found |= Q(holder_body_id__in=bodies)
    if actor.person_id is not None:
        followed = Follower.objects.filter(person_id=actor.person_id).values("matter")
        found |= Q(holder_person_id=actor.person_id) | Q(pk__in=followed)
    for kind in KINDS:
        if kind.seen_by is not None:
            found |= Q(kind=kind.name) & kind.seen_by(actor)
    return found


def matter_of(actor: Actor, uid: str) -> Matter:
    """The matter of that public id. Raises `NotFound` where there is none, or none to be known of."""
    found = matters_visible_to(actor).select_related("place", "holder_body").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def matters_overdue(at: datetime) -> QuerySet[Matter]:
    """Running matters of which a clock is over."""
    return Matter.objects.exclude(phase=Phase.DONE).filter(urgent_at__lte=at)


def matters_with_alarm(at: datetime) -> QuerySet[Matter]:
    """Matters whose alarm is to sound by ``at``, earliest first; read from the partial index."""
    return Matter.objects.filter(next_alarm_at__lte=at).order_by("next_alarm_at")


def recount_mark() -> Recount:
    """How far the clocks have been counted anew."""
    return Recount.objects.filter(pk=1).first() or Recount(pk=1)


def matters_crossing(layer: str, days: Iterable[str], after_id: int) -> QuerySet[Matter]:
    """Matters below the place codes of ``layer`` with a working-time clock that ends on or after the first of ``days``.

    In the order of their ids, from the one after ``after_id``.
    """
    first = moment(date.fromisoformat(min(days)))
    clocks = Q(step_minutes__isnull=False, step_due_at__gt=first) | Q(case_minutes__isnull=False, due_at__gt=first)
    found = Matter.objects.exclude(phase=Phase.DONE).filter(clocks, pk__gt=after_id)
    return found.filter(place__code__startswith=layer).order_by("pk") if layer else found.order_by("pk")


def matters_flagged_for_table(community_id: int, day: date | None = None) -> QuerySet[Matter]:
    """What is flagged for a community's meeting; with ``day``, for the one on that day."""
    found = Matter.objects.filter(is_for_table=True, community_id=community_id).exclude(phase=Phase.DONE)
    return found.filter(table_on=day) if day else found
