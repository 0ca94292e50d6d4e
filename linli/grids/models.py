"""The lines of a grid's duty and assistance lists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.core.numbers import new_uid


class GridItem(models.Model):
    """One line: a duty of the grid's people, or help that they give a department. Ended ones stay as what was."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    grid = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6)
    words = models.CharField(max_length=200)
    often = models.CharField(max_length=40, blank=True)
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["duty", "assist"]), name="grid_item_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="assist") | Q(body__isnull=False), name="grid_item_assists_a_body"
            ),
        ]
