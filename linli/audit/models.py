"""Who saw or did what, and the seals that make it provable."""

from __future__ import annotations

from django.db import models

from linli.core.numbers import new_uid


class Seal(models.Model):
    """A batch of records under one hash, chained to the seal before it in the same community."""

    community = models.CharField(max_length=24, blank=True)
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True)
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    rows = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="audit_seal_one_chain")]
        indexes = [
            models.Index(fields=["expires_at"], name="audit_seal_expires", condition=models.Q(emptied_at__isnull=True))
        ]


class AuditRecord(models.Model):
    """One act or look. It knows persons, accounts and things by their public ids alone."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    at = models.DateTimeField()
    community = models.CharField(max_length=24, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=64, blank=True)
    person_uid = models.CharField(max_length=32, blank=True)
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    account_uid = models.CharField(max_length=32, blank=True)
    actor_uid = models.CharField(max_length=32, blank=True)
    hat = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, related_name="records")

    class Meta:
        indexes = [
            models.Index(fields=["community", "id"], name="audit_loose", condition=models.Q(seal__isnull=True)),
            models.Index(fields=["person_uid", "-id"], name="audit_person", condition=~models.Q(person_uid="")),
            models.Index(fields=["subject", "-id"], name="audit_subject", condition=~models.Q(subject="")),
            models.Index(fields=["community", "-id"], name="audit_community"),
            models.Index(fields=["at"], name="audit_looks", condition=models.Q(verb="person.looked")),
            models.Index(fields=["actor_uid", "-id"], name="audit_actor", condition=~models.Q(actor_uid="")),
        ]
