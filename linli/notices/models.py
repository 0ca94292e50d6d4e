"""Messages to people: one table is both the outbox and the inbox; deliveries go outward from it."""

from __future__ import annotations

from django.db import models

from linli.core.numbers import new_uid
from linli.core.secret import SecretField


class Notice(models.Model):
    """One message to a person, to the wearers of a body's posts, or to a bare telephone or mail address."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    words = models.TextField(max_length=2000, blank=True)
    url = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+", db_index=False)
    body = models.ForeignKey("people.Body", models.CASCADE, null=True, related_name="+", db_index=False)
    phone = SecretField(blank=True, default="")
    email = SecretField(blank=True, default="")
    has_contact = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    is_for_group = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    not_before = models.DateTimeField(null=True)
    expanded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="notices_outbox", condition=models.Q(expanded_at__isnull=True)),
            models.Index(fields=["person", "-id"], name="notices_person"),
            models.Index(fields=["body", "-id"], name="notices_body"),
            models.Index(fields=["at"], name="notices_at"),
            models.Index(fields=["at"], name="notices_contact", condition=models.Q(has_contact=True)),
            models.Index(fields=["at"], name="notices_code", condition=models.Q(kind="code")),
        ]


class Reading(models.Model):
    """That somebody has read a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "notice"], name="notices_read_once")]


class Delivery(models.Model):
    """One way outward for one notice: a text message, a mail, a webhook."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    channel = models.CharField(max_length=20)
    to = SecretField(blank=True)
    to_index = models.CharField(max_length=32)
    state = models.CharField(max_length=10, default="QUEUED")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel", "to_index"], name="notices_one_way")]
        indexes = [
            models.Index(fields=["next_at"], name="notices_due", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["-id"], name="notices_dead", condition=models.Q(state="DEAD")),
        ]
