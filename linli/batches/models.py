"""A file on its way in, and its rows."""

from __future__ import annotations

import json

from django.db import models

from linli.batches.states import FLOW
from linli.core.numbers import new_uid
from linli.core.secret import SecretField


class Batch(models.Model):
    """One file: who sent it, how its columns are read, how far it is. The file itself is not kept (PRV-040)."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    importer = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=FLOW.start)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=60, blank=True)
    heading_line = models.PositiveIntegerField(default=1)
    headings = models.JSONField()
    dropped = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    owner = models.JSONField()
    owner_uid = models.CharField(max_length=32, blank=True)
    owner_name = models.CharField(max_length=120, blank=True)
    total = models.PositiveIntegerField()
    step = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    stopped_in = models.CharField(max_length=10, blank=True)
    fault = models.TextField(blank=True)
    notes = models.JSONField(default=dict)
    gone = SecretField(blank=True)
    has_rows = models.BooleanField(default=True)
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["uploaded_at"], condition=models.Q(state__in=["CHECKING", "RUNNING"]), name="batch_advancing"
            ),
            models.Index(fields=["uploaded_at"], condition=models.Q(has_rows=True), name="batch_with_rows"),
            models.Index(fields=["owner_uid", "-uploaded_at"], name="batch_owner"),
            models.Index(fields=["-uploaded_at"], name="batch_latest"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(FLOW.states)), name="batch_state_known")
        ]

    def names_gone(self) -> list[str]:
        """What the register has and the file has not, by name."""
        names: list[str] = json.loads(self.gone) if self.gone else []
        return names


class BatchRow(models.Model):
    """A row of the file. Its cells are ciphertext at rest and are blanked as soon as the row is taken in.

    ``faults`` say what is wrong with it or, where it changes something, what it changes.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_index=False)
    no = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    raw = SecretField(blank=True)
    status = models.CharField(max_length=8, blank=True)
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "no"], name="batchrow_once")]
        indexes = [models.Index(fields=["batch", "status", "no"], name="batchrow_status")]

    def cells(self) -> list[str]:
        """The row's cells under the batch's headings; empty once it is taken in."""
        cells: list[str] = json.loads(self.raw) if self.raw else []
        return cells


class SavedMapping(models.Model):
    """Which heading is which column, kept under a name for the next file of the same kind."""

    importer = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    mapping = models.JSONField()
    options = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["importer", "name"], name="savedmapping_once")]
