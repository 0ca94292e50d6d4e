"""What one asks of a facility beside its place, and when it was out of service."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.core.numbers import new_uid
from linli.facilities.rules import KINDS


class Facility(models.Model):
    """A thing that serves a place. Its own place is a common part: there stand name, code and sticker."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    place = models.OneToOneField("places.Place", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    registration = models.CharField(max_length=40, blank=True)
    carer = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    firm = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    emergency_phone = models.CharField(max_length=24, blank=True)
    inspected_on = models.DateField(null=True)
    next_inspection_on = models.DateField(null=True)
    reminded_for = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="facility_kind_known")]
        indexes = [
            models.Index(
                fields=["next_inspection_on"],
                condition=Q(next_inspection_on__isnull=False),
                name="facility_inspection",
            )
        ]


class Outage(models.Model):
    """A time in which a facility did not serve; open where it has no end."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="outages")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["-from_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["facility"], condition=Q(to_at=None), name="outage_one_open"),
            models.CheckConstraint(condition=Q(to_at=None) | Q(to_at__gte=F("from_at")), name="outage_ends_after"),
        ]
