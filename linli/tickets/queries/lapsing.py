"""Which reports are old enough to be forgotten in part (PRV-030)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from linli.tickets.models import Ticket

CONTACT_DAYS = 90
WORDS_DAYS = 3 * 365


def tickets_to_blank(now: datetime) -> QuerySet[Ticket]:
    """Closed ninety days ago and still with contact data."""
    old = Ticket.objects.filter(matter__closed_at__lte=now - timedelta(days=CONTACT_DAYS), contact_blanked_at=None)
    return old.select_related("matter").order_by("pk")


def tickets_to_shrink(now: datetime) -> QuerySet[Ticket]:
    """Closed three years ago and still with words and pictures."""
    old = Ticket.objects.filter(matter__closed_at__lte=now - timedelta(days=WORDS_DAYS), words_blanked_at=None)
    return old.select_related("matter").order_by("pk")
