"""What waits: for its reporter, for a promise to be kept, for a supervisor to ring."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.charters.queries import charter_of
from linli.charters.rules import Charter, is_office_time, working_minutes_between
from linli.core.times import day_of
from linli.matters.models import Matter, Seen
from linli.people.models import Appointment, Shift
from linli.people.queries import chain_of, in_force, shift_on
from linli.tickets.models import Promise, Ticket
from linli.tickets.permissions import SUPERVISORS
from linli.tickets.queries.reading import JOINED
from linli.tickets.rules.times import RATING_REMINDERS
from linli.tickets.states import AWAITING_RATING, SUBMITTED, UNFINISHED

CANNOT_WAIT = frozenset({"E0", "E1", "U", "S"})
"""Classes that are seen to out of hours as well."""
UNOPENED_MINUTES = 120


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


def duty_shift(matter: Matter, at: datetime, charter: Charter | None = None) -> Shift | None:
    """Whoever is on duty for what cannot wait, out of the holder's office hours; None within them."""
    if matter.class_code not in CANNOT_WAIT or matter.holder_body_id is None:
        return None
    charter = charter or charter_of(matter.community_id)
    if is_office_time(at, charter.hours, charter.calendar):
        return None
    return shift_on(matter.holder_body_id, day_of(at))


def tickets_unopened(now: datetime) -> list[Ticket]:
    """Reports that nobody opened or touched for two office hours, and of which no supervisor was told yet."""
    waiting = Ticket.objects.filter(
        ~Exists(Seen.objects.filter(matter=OuterRef("pk"))),
        left_unopened_at=None,
        matter__state=SUBMITTED,
        matter__opened_at__lte=now - timedelta(minutes=UNOPENED_MINUTES),
    )
    found = waiting.select_related(*JOINED).order_by("pk")[:200]
    return [ticket for ticket in found if _office_minutes(ticket.matter, now) >= UNOPENED_MINUTES]


def _office_minutes(matter: Matter, now: datetime) -> int:
    charter = charter_of(matter.community_id)
    return working_minutes_between(matter.opened_at, now, charter.hours, charter.calendar)
