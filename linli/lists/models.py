"""Requests for lists that hold personal data."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q

from linli.core.numbers import new_uid
from linli.lists.states import FLOW


class ExportRequest(models.Model):
    """One person asks with a purpose, another decides, the first takes the list out once (PRV-037)."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    state = models.CharField(max_length=10, default=FLOW.start)
    asker = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    sieve = models.JSONField()
    rows = models.PositiveIntegerField()
    purpose = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    decider = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            Index(fields=["asker", "-asked_at"], name="exportrequest_mine"),
            Index(fields=["place", "-asked_at"], name="exportrequest_place"),
        ]
        constraints = [
            CheckConstraint(condition=Q(state__in=list(FLOW.states)), name="exportrequest_state_known"),
            CheckConstraint(condition=Q(decider=None) | ~Q(decider=F("asker")), name="exportrequest_two_persons"),
        ]
