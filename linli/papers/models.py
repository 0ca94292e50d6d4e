"""Which outward address a telephone has opened; and paper that takes longer than a click, part by part."""

from __future__ import annotations

from django.db import models

from linli.core.numbers import new_uid


class PrintRun(models.Model):
    """A pile of posters on its way to PDF, part by part. ``base`` and ``own`` are where its codes lead."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    owner_uid = models.CharField(max_length=40)
    place = models.ForeignKey("places.Place", models.CASCADE, related_name="+", db_index=False)
    size = models.CharField(max_length=10)
    chosen = models.JSONField()
    base = models.CharField(max_length=200, blank=True)
    own = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    total = models.PositiveIntegerField()
    files = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="printrun_due", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["owner_uid", "-id"], name="printrun_owner"),
            models.Index(fields=["begun_at"], name="printrun_age"),
        ]

    @property
    def done(self) -> int:
        """How many parts are ready."""
        return len(self.files)

    @property
    def is_stopped(self) -> bool:
        """Whether it was given up."""
        return self.next_at is None and self.done < self.total


class TriedAddress(models.Model):
    """An address behind whose test code somebody read the figures on a telephone, and typed them in."""

    base = models.CharField(max_length=200, unique=True)
    tried_at = models.DateTimeField()
