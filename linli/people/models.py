"""Persons, their bodies, posts, homes and consents. No census: only who came to us or holds a post."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linli.core.numbers import new_uid, random_code
from linli.core.secret import SecretField
from linli.people.states import APPLICATION, DEMAND


def new_badge_code() -> str:
    """A badge's code: ten characters, fifty random bits."""
    return random_code(10)


class Person(models.Model):
    """Somebody with a name in any script (GEN-007). Contact data is ciphertext; ``*_index`` finds equal values."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    display_name = models.CharField(max_length=60)
    name_bo = models.CharField(max_length=60, blank=True, default="")
    phone = SecretField(blank=True, default="")
    phone_index = models.CharField(max_length=32, blank=True, default="")
    email = SecretField(blank=True, default="")
    language = models.CharField(max_length=8, default="zh-hans")
    wants_large = models.BooleanField(default=False)
    channels = models.JSONField(default=list)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    review_on = models.DateField()
    lapsed_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="person_by_phone", condition=~Q(phone_index="")),
            models.Index(fields=["display_name", "id"], name="person_by_name"),
            models.Index(
                fields=["erased_at"], name="person_to_purge", condition=Q(erased_at__isnull=False, purged_at=None)
            ),
            models.Index(fields=["review_on"], name="person_to_review", condition=Q(erased_at=None)),
        ]
        constraints = [models.CheckConstraint(condition=~Q(display_name=""), name="person_has_name")]


class Body(models.Model):
    """An office, company, team or committee that holds matters and gives posts."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=80, blank=True, default="")
    kind = models.CharField(max_length=24)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    phone = models.CharField(max_length=24, blank=True, default="")
    aliases = models.JSONField(default=list)
    duty_categories = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    district = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    street = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    community = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    compound = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    building = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["name"], name="body_by_name")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="body_has_name")]


class Appointment(models.Model):
    """A person's post: for a body, over a place, from a day to a day (both included). Rights come from here."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=24)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="appointments")
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="appointment_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["person", "post", "body", "place", "from_on"],
                name="appointment_once",
            ),
        ]


class Badge(models.Model):
    """A work badge of a post; the page behind its code says valid or not, which team, until when (SAF-008)."""

    code = models.CharField(max_length=12, unique=True, default=new_badge_code)
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="badges")
    photo = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+")
    valid_to = models.DateField()
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment"], condition=Q(ended_at=None), name="badge_one_in_force"),
        ]


class Call(models.Model):
    """A call for captains of a community, open to all until a day (000-31)."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    community = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    words = models.TextField(max_length=2000, blank=True)
    wanted = models.PositiveSmallIntegerField()
    until_on = models.DateField()
    opened_at = models.DateTimeField()


class Application(models.Model):
    """Somebody applies to be captain of a building. What led to no post goes 90 days after the call has ended."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    call = models.ForeignKey(Call, models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    phone = SecretField()
    phone_index = models.CharField(max_length=32)
    building = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=12)
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "phone_index"], name="application_once")]

    @property
    def state_words(self) -> str:
        """How the state is said."""
        return str(APPLICATION.states[self.state].words)


class Shift(models.Model):
    """A turn on duty for a body, from a day to a day (both included): who is reached out of hours, who stands in."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="shifts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    phone = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="shift_ends_after_start"),
            models.CheckConstraint(condition=~Q(stand_in=F("person")), name="shift_of_two"),
            models.UniqueConstraint(fields=["body", "from_on"], name="shift_once"),
        ]


class Tie(models.Model):
    """What ties a person to a home, said by that person or the desk; who comes next inherits nothing."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ties")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="tie_ends_after"),
            models.UniqueConstraint(
                fields=["person", "home", "kind"], condition=Q(to_on__isnull=True), name="tie_once_open"
            ),
        ]


class Consent(models.Model):
    """One person's answer to one question, with the very text that was shown (PRV-042)."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    scope = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    given_by = models.CharField(max_length=12, blank=True, default="")
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=16)
    witness = models.CharField(max_length=60, blank=True, default="")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="consent_to_expire", condition=Q(state="given")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scope"], condition=Q(state__in=["asked", "given"]), name="consent_one_open"
            ),
        ]


class Processor(models.Model):
    """Somebody outside to whom personal data is entrusted: for what, how, how long, under which duties (PIPL 21)."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    community = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    party = models.CharField(max_length=120)
    purpose = models.CharField(max_length=400)
    kinds = models.CharField(max_length=400)
    way = models.CharField(max_length=400)
    measures = models.CharField(max_length=400)
    duties = models.CharField(max_length=400)
    may_pass_on = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ending_proof = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="processor_ends_after_start"),
            models.CheckConstraint(condition=Q(ended_on=None) | ~Q(ending_proof=""), name="processor_end_is_proved"),
        ]


class Demand(models.Model):
    """A public authority asks for personal data on paper: by which paper, who agreed, what it got (PRV-045)."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid)
    community = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12)
    authority = models.CharField(max_length=120)
    paper_no = models.CharField(max_length=80)
    scope = models.CharField(max_length=1000)
    asked_on = models.DateField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=1000, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    untold_reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")), name="demand_agreed_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(first_by__isnull=False, second_by__isnull=False),
                name="demand_given_after_two",
            ),
        ]
        indexes = [models.Index(fields=["ended_at"], name="demand_to_forget", condition=Q(ended_at__isnull=False))]

    @property
    def state_words(self) -> str:
        """How the state is said."""
        return str(DEMAND.states[self.state].words)
