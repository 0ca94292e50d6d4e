"""Daily roll-ups, and from which report each figure comes."""

from __future__ import annotations

from django.db import models

from linli.indicators.rules import MEASURES


class Measured(models.Model):
    """The counts that add up."""

    class Meta:
        abstract = True


for _measure in MEASURES:
    Measured.add_to_class(_measure, models.IntegerField(default=0))


class Cell(Measured):
    """The sums of one day, place, body and class. ``key`` names them in one word."""

    key = models.CharField(max_length=120, unique=True)
    counted_on = models.DateField()
    district = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", db_index=False)
    street = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", db_index=False)
    community = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", db_index=False)
    compound = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", db_index=False)
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", db_index=False)
    class_code = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "counted_on"], name="cell_district"),
            models.Index(fields=["street", "counted_on"], name="cell_street"),
            models.Index(fields=["community", "counted_on"], name="cell_community"),
        ]


class Counted(Measured):
    """What one matter adds, and to which cell: the row that a figure opens into."""

    matter = models.OneToOneField("matters.Matter", models.CASCADE, primary_key=True, related_name="+")
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="counted")


class Mark(models.Model):
    """How far the roll-up has read the story. One row.

    ``trail`` holds where it stood in the last minutes: the moment, the entry, and whether there was more to read.
    """

    name = models.CharField(max_length=20, unique=True)
    trail = models.JSONField(default=list)
    busy_until = models.DateTimeField(null=True)
