"""One table for every place, from the district to the home, and what is drawn of it."""

from __future__ import annotations

from typing import Any

from django.db import models

from linli.core.numbers import new_uid, random_code
from linli.places.rules.crs import WGS84
from linli.places.rules.tree import WORDS


def new_tag() -> str:
    """A random six-character place code, as printed on posters."""
    return random_code(6)


def ancestor() -> models.ForeignKey[Any, Any]:
    """A plain column that names the place of one upper level which this place is, or lies in."""
    return models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)


class Place(models.Model):
    """A place. Upper levels carry the state's codes, lower ones ours; nothing is ever deleted, only closed."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    level = models.CharField(max_length=12)
    code = models.CharField(max_length=80, unique=True)
    tag = models.CharField(max_length=6, unique=True, default=new_tag)
    name = models.CharField(max_length=60)
    name_bo = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=250)
    label_bo = models.CharField(max_length=500)
    label_en = models.CharField(max_length=500)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_index=False)
    district = ancestor()
    street = ancestor()
    community = ancestor()
    compound = ancestor()
    building = ancestor()
    order = models.CharField(max_length=700)
    area_centi = models.PositiveBigIntegerField(null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    source_crs = models.CharField(max_length=6, default=WGS84)
    has_official_code = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["parent", "order"], name="place_children"),
            models.Index(fields=["district", "level", "order"], name="place_district"),
            models.Index(fields=["street", "level", "order"], name="place_street"),
            models.Index(fields=["community", "level", "order"], name="place_community"),
            models.Index(fields=["compound", "level", "order"], name="place_compound"),
            models.Index(fields=["building", "level", "order"], name="place_building"),
            models.Index(fields=["level", "order"], name="place_level"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=list(WORDS)), name="place_level_known"),
            models.CheckConstraint(
                condition=models.Q(level="district", parent__isnull=True)
                | (~models.Q(level="district") & models.Q(parent__isnull=False)),
                name="place_parent_by_level",
            ),
            models.UniqueConstraint(
                fields=["parent", "level", "name"], condition=models.Q(closed_on=None), name="place_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FormerCode(models.Model):
    """A code that a place bore before the state's was known. It still finds the place, and is never given out again."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="former_codes")
    code = models.CharField(max_length=80, unique=True)


class Turn(models.Model):
    """What becomes of a place from a day: another name, a part of another place, or two."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    place = models.ForeignKey(Place, models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=8)
    from_on = models.DateField()
    name = models.CharField(max_length=60, blank=True)
    name_bo = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    former_name = models.CharField(max_length=60, blank=True)
    target = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    parts = models.ManyToManyField(Place, related_name="+")
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["rename", "merge", "split"]), name="turn_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(kind="merge") | models.Q(target__isnull=False), name="turn_merge_has_target"
            ),
        ]
        indexes = [
            models.Index(
                fields=["from_on"], condition=models.Q(done_at=None, dropped_at=None), name="turn_still_to_come"
            )
        ]


class GridCover(models.Model):
    """A compound, building or stairwell that belongs to a grid, or a grid to an area; each to one only (REG-012)."""

    grid = models.ForeignKey(Place, models.PROTECT, related_name="covers")
    place = models.OneToOneField(Place, models.PROTECT, related_name="grid_cover")


class Outline(models.Model):
    """The outline of a place: GeoJSON geometry in WGS-84, and the system in which it was given."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="outline")
    geometry = models.TextField()
    source_crs = models.CharField(max_length=6)


class MapApproval(models.Model):
    """A map approval number (审图号) that the operator holds; from then on maps may show to everybody."""

    number = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
