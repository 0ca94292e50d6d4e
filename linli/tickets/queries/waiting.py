"""What waits: for its reporter, for a promise to be kept, for a supervisor to ring."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.people.models import Appointment
from linli.people.queries import chain_of, in_force
from linli.tickets.models import Promise, Ticket
from linli.tickets.permissions import SUPERVISORS
from linli.tickets.queries.reading import JOINED
from linli.tickets.rules.times import RATING_REMINDERS
from linli.tickets.states import AWAITING_RATING, UNFINISHED


def tickets_to_remind(now: datetime) -> QuerySet[Ticket]:
    """Reports whose reporters have not rated 24 or 72 hours after they were asked; one indexed question."""
    due = Q(pk__in=())
    for count, after in enumerate(RATING_REMINDERS):
        due |= Q(rating_reminded=count, checked_at__lte=now - after)
    waiting = Ticket.objects.filter(due, matter__state=AWAITING_RATING)
    return waiting.select_related(*JOINED).order_by("checked_at")


def promises_missed(now: datetime) -> QuerySet[Promise]:
    """Promises of running reports whose day went by unkept; one indexed question."""
    late = Promise.objects.filter(kept_at=None, missed_at=None, due_at__lte=now, ticket__matter__state__in=UNFINISHED)
    return late.select_related(*(f"ticket__{name}" for name in JOINED)).order_by("due_at")


def supervisors_of(ticket: Ticket, on: date) -> list[int]:
    """Who answers for a report's desk: the secretary, or where there is none the officers above."""
    place = ticket.matter.place
    if place is None:
        return []
    found = Appointment.objects.filter(in_force(on), post__in=SUPERVISORS, place_id__in=chain_of(place))
    wearers = {post: [each.person_id for each in found if each.post == post] for post in SUPERVISORS}
    return next((wearers[post] for post in SUPERVISORS[max(0, ticket.level - 2) :] if wearers[post]), [])
