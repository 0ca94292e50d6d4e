"""Stored files. The bytes lie on disk under their own hash; a row says what they are and whose."""

from __future__ import annotations

from django.db import models

from linli.core.numbers import new_uid


class StoredFile(models.Model):
    """One cleaned file, owned by the module that stored it."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    stored_at = models.DateTimeField()
    owner = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    mime = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    thumb_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    draft_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="files_sha256"),
            models.Index(fields=["thumb_sha256"], name="files_thumb", condition=~models.Q(thumb_sha256="")),
            models.Index(fields=["draft_until"], name="files_draft", condition=models.Q(draft_until__isnull=False)),
        ]
