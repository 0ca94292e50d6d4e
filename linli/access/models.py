"""Accounts, sessions and codes. Everything that opens a door is kept as a digest, never as itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.core.numbers import new_uid
from linli.core.secret import SecretField


class Account(models.Model):
    """One person's way in: a login with a passphrase, or none where a telephone code suffices."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    login = models.CharField(max_length=40, unique=True, null=True, blank=True)
    passphrase = models.CharField(max_length=200, blank=True, default="")
    history = models.JSONField(default=list)
    passphrase_set_at = models.DateTimeField(null=True, blank=True)
    totp = SecretField(blank=True, default="")
    totp_new = SecretField(blank=True, default="")
    totp_step = models.BigIntegerField(default=0)
    recovery = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()


class Device(models.Model):
    """A telephone that one person bound to their account, or an office's own PC where its people take turns."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="devices")
    body = models.ForeignKey("people.Body", models.CASCADE, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=120, blank=True, default="")
    bound_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None, body__isnull=False) | Q(account__isnull=False, body=None),
                name="device_of_one_or_an_office",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="device_old")]


class Pin(models.Model):
    """Six figures that open one account on one device, and are worth nothing elsewhere."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="pins")
    account = models.ForeignKey(Account, models.CASCADE, related_name="pins")
    hashed = models.CharField(max_length=200)
    failures = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "account"], name="pin_once")]


class Session(models.Model):
    """A door that stands open: who, in which hat, with which rights (a snapshot, so that one read tells all)."""

    digest = models.CharField(max_length=64, unique=True)
    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    appointment = models.ForeignKey("people.Appointment", models.SET_NULL, null=True, blank=True, related_name="+")
    bound_device = models.ForeignKey(Device, models.SET_NULL, null=True, blank=True, related_name="sessions")
    proof = models.CharField(max_length=12)
    snapshot = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True, default="")
    device = models.CharField(max_length=120, blank=True, default="")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    idle_minutes = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
    second_factor_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    unlocked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-last_seen_at"], name="session_open", condition=Q(ended_at=None)),
            models.Index(fields=["ends_at"], name="session_old"),
        ]


class OneTimeCode(models.Model):
    """A code that was sent to a telephone or handed over on a slip: spent at its first use, dead after its time."""

    digest = models.CharField(max_length=64)
    use = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="codes")
    address = models.CharField(max_length=45, blank=True, default="")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["use", "key", "-made_at"], name="code_by_key"),
            models.Index(fields=["use", "address", "made_at"], name="code_by_address"),
            models.Index(fields=["ends_at"], name="code_old"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "digest"],
                condition=Q(spent_at=None, use__in=["household", "invitation"]),
                name="code_found_by_itself",
            ),
        ]


class Lock(models.Model):
    """Failed tries at one door (a login, an address, a second factor), whether or not such an account exists."""

    key = models.CharField(max_length=80, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="lock_old")]


class DemoMark(models.Model):
    """Stands in a database that `linli demo` made, and nowhere else: there a role can be put on with one press."""

    made_at = models.DateTimeField()
    ahead_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_mark_single")]
