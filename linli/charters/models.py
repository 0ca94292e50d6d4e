"""Applied charters, announced days, and one mark that tells every process that something changed."""

from __future__ import annotations

import secrets

from django.db import models


def new_token() -> str:
    """A random mark."""
    return secrets.token_hex(8)


class CharterVersion(models.Model):
    """A charter as it was applied: the text as written, and the data as merged then. Never changed afterwards.

    Without a community it is the shipped national profile of that time.
    """

    community = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    data = models.JSONField()
    ruleset_id = models.CharField(max_length=120, blank=True)
    applied_at = models.DateTimeField()
    applied_by = models.CharField(max_length=120, blank=True)
    account_uid = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="charter_number_once"),
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(community=None), name="charter_national_number_once"
            ),
        ]


class CalendarYear(models.Model):
    """A year whose official days an administrator brought in, in place of the shipped ones, and who announced them."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)


class CalendarDay(models.Model):
    """A day off, or a day worked instead, in one layer: "" for the country, else the beginning of place codes."""

    layer = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    is_work = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layer", "on"], name="calendar_day_once")]


class CalendarChange(models.Model):
    """An announcement: the days of a layer that became worked or free. Clocks that cross them are recomputed."""

    layer = models.CharField(max_length=80, blank=True)
    days = models.JSONField()
    at = models.DateTimeField()


class Edition(models.Model):
    """One row: a mark that is new after each change of a charter or of the calendar, so that caches know."""

    token = models.CharField(max_length=16, default=new_token)
