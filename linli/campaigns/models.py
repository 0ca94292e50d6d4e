"""Tags and campaigns, and the reports that bear them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.core.numbers import short_uid


class Campaign(models.Model):
    """A tag over a place: standing where it has no end."""

    uid = models.CharField(max_length=16, unique=True, default=short_uid)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    name_bo = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], condition=Q(to_on=None), name="campaign_name_once"),
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="campaign_ends_after"),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """That a report bears a tag."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="taggings")
    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="+")
    tagged_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "matter"], name="tagging_once")]
