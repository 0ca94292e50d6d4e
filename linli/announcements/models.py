"""Announcements, where they hold, and which homes a person told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.announcements.rules import DRAFT, KINDS, PUBLISHED, WITHDRAWN
from linli.core.numbers import short_uid


class Announcement(models.Model):
    """What a body tells the homes of some places, once, for a time."""

    uid = models.CharField(max_length=16, unique=True, default=short_uid)
    body = models.ForeignKey("people.Body", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=DRAFT)
    words = models.CharField(max_length=400)
    words_bo = models.CharField(max_length=800, blank=True)
    is_bo_read = models.BooleanField(default=False)
    places = models.ManyToManyField("places.Place", related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    notices = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="announcement_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=[DRAFT, PUBLISHED, WITHDRAWN]), name="announcement_state_known"
            ),
            models.CheckConstraint(condition=Q(to_at=None) | Q(to_at__gt=F("from_at")), name="announcement_ends_after"),
        ]
        indexes = [models.Index(fields=["from_at"], condition=Q(state=PUBLISHED), name="announcement_published")]


class Telling(models.Model):
    """That somebody went to a home and told what was announced. It names a home and no resident."""

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="tellings")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "home"], name="telling_once")]
