"""Matters, their story, links and followers. One narrow table is read by every list; its indexes are the speed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.flow import Phase
from linli.core.numbers import random_code, short_uid
from linli.matters.rules.clocks import FAR
from linli.matters.states import LINK_WORDS, Audience

RUNNING = ~Q(phase=Phase.DONE.value)


def new_entry_uid() -> str:
    """A public id of an entry."""
    return random_code(14)


def _place() -> models.ForeignKey:
    # A copy of the place's own columns, which carry the constraint; the indexes below are the ones that are read.
    return models.ForeignKey(
        "places.Place", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )


class Serial(models.Model):
    """The last serial drawn for a community and year. Gaps are allowed."""

    community_code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community_code", "year"], name="serial_once")]


class Matter(models.Model):
    """Something that somebody must see to by some time.

    ``step_minutes`` and ``case_minutes`` are the lengths of clocks that run in working time, from ``step_from_at`` and
    ``due_set_at``; they are empty for clocks that run through. By them a change of the calendar moves the ends.
    """

    class OnTime(models.TextChoices):
        YES = "yes", _("按时")
        NO = "no", _("超时")
        UNKNOWN = "unknown", _("不清楚")

    class Solved(models.TextChoices):
        YES = "yes", _("解决了")
        PARTLY = "partly", _("解决了一部分")
        NO = "no", _("没解决")

    uid = models.CharField(max_length=16, unique=True, default=short_uid)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=80, blank=True)
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=32)
    phase = models.CharField(max_length=8)
    version = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=8, default=Audience.PARTIES.value)
    holder_body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", db_index=False)
    holder_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)

    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", db_index=False)
    district = _place()
    street = _place()
    community = _place()
    compound = _place()
    building = _place()

    category_code = models.CharField(max_length=48, blank=True)
    class_code = models.CharField(max_length=16, blank=True)
    charter_version = models.ForeignKey(
        "charters.CharterVersion", models.PROTECT, null=True, related_name="+", db_index=False
    )

    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    step_from_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    step_minutes = models.PositiveIntegerField(null=True)
    is_step_told = models.BooleanField(default=False)
    due_from_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_set_at = models.DateTimeField(null=True)
    case_minutes = models.PositiveIntegerField(null=True)
    urgent_at = models.DateTimeField(default=FAR)
    next_alarm_at = models.DateTimeField(null=True)
    alarm_no = models.PositiveSmallIntegerField(default=0)

    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    paused_reason = models.CharField(max_length=32, blank=True)
    paused_state = models.CharField(max_length=32, blank=True)
    step_left_minutes = models.PositiveIntegerField(null=True)
    is_step_by_day = models.BooleanField(default=False)
    case_left_minutes = models.PositiveIntegerField(null=True)
    is_case_by_day = models.BooleanField(default=False)
    paused_minutes = models.PositiveIntegerField(default=0)
    paused_working_minutes = models.PositiveIntegerField(default=0)

    contacted_at = models.DateTimeField(null=True)
    solved = models.CharField(max_length=8, blank=True, choices=Solved)
    stars = models.PositiveSmallIntegerField(null=True)
    on_time = models.CharField(max_length=8, blank=True, choices=OnTime)
    voices = models.PositiveIntegerField(default=1)
    is_for_table = models.BooleanField(default=False)
    table_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__range=(1, 5)), name="matter_stars"),
            models.CheckConstraint(
                condition=Q(paused_at=None) | Q(step_due_at=None, due_at=None), name="matter_paused_clocks"
            ),
        ]
        indexes = [
            models.Index(fields=["next_alarm_at"], name="matter_alarm", condition=Q(next_alarm_at__isnull=False)),
            models.Index(fields=["holder_body", "urgent_at", "id"], name="matter_body_day", condition=RUNNING),
            models.Index(
                fields=["holder_person", "urgent_at", "id"],
                name="matter_person_day",
                condition=RUNNING & Q(holder_person__isnull=False),
            ),
            models.Index(fields=["community", "urgent_at", "id"], name="matter_community_open", condition=RUNNING),
            models.Index(fields=["community", "id"], name="matter_community"),
            models.Index(fields=["district", "id"], name="matter_district"),
            models.Index(fields=["street", "id"], name="matter_street"),
            models.Index(fields=["place", "id"], name="matter_place"),
            models.Index(fields=["building", "id"], name="matter_building", condition=Q(building__isnull=False)),
            models.Index(fields=["thread"], name="matter_thread", condition=Q(thread__isnull=False)),
            models.Index(fields=["community", "table_on"], name="matter_table", condition=Q(is_for_table=True)),
        ]

    @property
    def root_id(self) -> int:
        """The matter at the root of the thread: itself, where nothing went before."""
        return self.thread_id or self.pk

    @property
    def is_done(self) -> bool:
        """Whether the way ended."""
        return self.phase == Phase.DONE


class Entry(models.Model):
    """One line of a matter's story. The database refuses to change or remove it; it holds no personal words."""

    uid = models.CharField(max_length=16, unique=True, default=new_entry_uid)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="entries", db_index=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=48)
    move = models.CharField(max_length=32, blank=True)
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32, blank=True)
    station = models.CharField(max_length=32, blank=True)
    audience = models.CharField(max_length=8, default=Audience.PUBLIC.value)
    person_uid = models.CharField(max_length=32, blank=True)
    hat = models.CharField(max_length=32, blank=True)
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=16, blank=True)
    figures = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    note_hash = models.CharField(max_length=64, blank=True)
    note_audience = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes = [models.Index(fields=["matter", "id"], name="entry_story")]


class Note(models.Model):
    """The words of an entry. Only retention may blank them; the entry keeps their salted hash."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="note")
    words = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    blanked_at = models.DateTimeField(null=True)


class Seen(models.Model):
    """Who opened a matter, first and last."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="looks", db_index=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    body = models.ForeignKey("people.Body", models.SET_NULL, null=True, related_name="+", db_index=False)
    hat = models.CharField(max_length=32, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="seen_once")]


class Link(models.Model):
    """How one matter leads to another; ``figures`` may carry an amount."""

    source = models.ForeignKey(Matter, models.PROTECT, related_name="links_out", db_index=False)
    target = models.ForeignKey(Matter, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=16, choices=list(LINK_WORDS.items()))
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="link_two_matters"),
        ]


class Follower(models.Model):
    """Who is told: a person, a helping body, or somebody known by a receipt alone."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="followers")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    body = models.ForeignKey("people.Body", models.CASCADE, null=True, related_name="+")
    receipt_digest = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=16, default="follower")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person"], name="follower_person", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(fields=["matter", "body"], name="follower_body", condition=Q(body__isnull=False)),
            models.UniqueConstraint(
                fields=["matter", "receipt_digest"], name="follower_receipt", condition=~Q(receipt_digest="")
            ),
        ]


class Handover(models.Model):
    """Somebody's posts ended, or a company's, and what was in hand went to a successor: the page that both sign."""

    uid = models.CharField(max_length=16, unique=True, default=short_uid)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    next_body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    posts = models.JSONField(default=list)
    matters = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, body__isnull=False) | Q(person__isnull=False, body=None),
                name="handover_of_one",
            ),
        ]


class Recount(models.Model):
    """How far the clocks have been counted anew: after which change of the calendar, up to which matter."""

    change_id = models.PositiveBigIntegerField(default=0)
    matter_id = models.PositiveBigIntegerField(default=0)


class SearchText(models.Model):
    """What a matter is found by: tokens for all who may see it, and tokens for those concerned."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="+")
    tokens = models.TextField()
    inner_tokens = models.TextField(blank=True)
