"""That a notice was said by a person."""

from __future__ import annotations

from django.db import models


class Knock(models.Model):
    """One notice that no channel takes out: said when (by whom, the audit knows), or how often nobody was found."""

    notice = models.OneToOneField("notices.Notice", models.CASCADE, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(null=True)
