"""The installation's own tables: when the clock last went round, and when the machine was looked after."""

from __future__ import annotations

from django.db import models


class TickMark(models.Model):
    """One row: the last round of any tick, on whatever machine, and which clocks failed in it."""

    ticked_at = models.DateTimeField()
    faults = models.JSONField(default=dict)
    """Clock name to the exception's words."""


class Upkeep(models.Model):
    """A backup, a drill, the recovery sheet, the seal's letter: once a day each, by whichever tick was first."""

    kind = models.CharField(max_length=10)
    day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_good = models.BooleanField(default=False)
    words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="upkeep_once_a_day")]
