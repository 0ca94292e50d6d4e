"""Which sentence a community has recorded, in which tongue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.voices.rules import TONGUES


class Recording(models.Model):
    """One sentence, read aloud by a neighbour. Whose voice it is, is nowhere written."""

    community = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=16)
    tongue = models.CharField(max_length=4)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "sentence", "tongue"], name="recording_once"),
            models.CheckConstraint(condition=Q(tongue__in=list(TONGUES)), name="recording_tongue_known"),
        ]
