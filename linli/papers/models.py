"""Which outward address a telephone has opened: no code is printed that leads to another."""

from __future__ import annotations

from django.db import models


class TriedAddress(models.Model):
    """An address behind whose test code somebody read the figures on a telephone, and typed them in."""

    base = models.CharField(max_length=200, unique=True)
    tried_at = models.DateTimeField()
