from django.db import models


class Item(models.Model):
    """One row of one table."""

    title = models.CharField(max_length=120)
    words = models.TextField(max_length=4000)
    phone = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=24, default="NEW")
    person_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
