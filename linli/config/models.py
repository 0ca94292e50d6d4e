"""The one table of the installation itself: when the clock last went round."""

from __future__ import annotations

from django.db import models


class TickMark(models.Model):
    """One row: the last round of any tick, on whatever machine, and which clocks failed in it."""

    ticked_at = models.DateTimeField()
    faults = models.JSONField(default=dict)
    """Clock name to the exception's words."""
