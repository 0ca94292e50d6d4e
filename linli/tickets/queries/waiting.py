"""What waits for its reporter."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from linli.tickets.models import Ticket
from linli.tickets.queries.reading import JOINED
from linli.tickets.rules.times import RATING_REMINDERS
from linli.tickets.states import AWAITING_RATING


def tickets_to_remind(now: datetime) -> QuerySet[Ticket]:
    """Reports whose reporters have not rated 24 or 72 hours after they were asked; one indexed question."""
    due = Q(pk__in=())
    for count, after in enumerate(RATING_REMINDERS):
        due |= Q(rating_reminded=count, checked_at__lte=now - after)
    waiting = Ticket.objects.filter(due, matter__state=AWAITING_RATING)
    return waiting.select_related(*JOINED).order_by("checked_at")
