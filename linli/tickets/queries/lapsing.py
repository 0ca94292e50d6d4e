"""Which reports are old enough to be forgotten in part (PRV-030)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from linli.tickets.models import Photo, Ticket

CONTACT_DAYS = 90
ORIGINAL_DAYS = 7
WORDS_DAYS = 3 * 365


def tickets_to_blank(now: datetime) -> QuerySet[Ticket]:
    """Closed ninety days ago and still with contact data."""
    old = Ticket.objects.filter(matter__closed_at__lte=now - timedelta(days=CONTACT_DAYS), contact_blanked_at=None)
    return old.select_related("matter").order_by("pk")


def tickets_to_shrink(now: datetime) -> QuerySet[Ticket]:
    """Closed three years ago and still with words and pictures."""
    old = Ticket.objects.filter(matter__closed_at__lte=now - timedelta(days=WORDS_DAYS), words_blanked_at=None)
    return old.select_related("matter").order_by("pk")


def originals_to_drop(now: datetime) -> QuerySet[Photo]:
    """Pictures released a week ago whose originals, without the boxes, are still there."""
    old = Photo.objects.filter(public_file__isnull=False, ticket__released_at__lte=now - timedelta(days=ORIGINAL_DAYS))
    return old.exclude(public_file=F("file"))
