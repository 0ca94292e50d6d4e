"""What a report holds beside its matter: the words, the reporter, and the rows of what was done for it."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from linli.core.secret import SecretField


class Ticket(models.Model):
    """A report (诉求). State, place, holder and clocks stand in its matter."""

    matter = models.OneToOneField("matters.Matter", models.PROTECT, primary_key=True, related_name="+")
    words = models.TextField(max_length=4000)
    where = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    family = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=20)
    language = models.CharField(max_length=10, default="zh-hans")
    order_code = models.CharField(max_length=40, blank=True)
    price_fen = models.PositiveIntegerField(default=0)

    reporter = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    reporter_name = models.CharField(max_length=60, blank=True)
    reporter_phone = SecretField(blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    receipt_digest = models.CharField(max_length=64, blank=True)
    wants_reply = models.BooleanField(default=True)
    is_secret = models.BooleanField(default=False)
    about_body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    filed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    desk_body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    public_words = models.TextField(max_length=4000, blank=True)

    draft_key = models.CharField(max_length=64, unique=True, null=True)
    external_source = models.CharField(max_length=40, blank=True)
    external_no = models.CharField(max_length=80, blank=True)
    category_given = models.CharField(max_length=120, blank=True)

    size = models.CharField(max_length=8, blank=True)
    size_reasons = models.JSONField(default=list)
    is_size_overridden = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=2)
    state_before = models.CharField(max_length=24, blank=True)

    accepted_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    due_from_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    contact_due_at = models.DateTimeField(null=True)
    handler = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    is_named = models.BooleanField(default=False)
    extensions = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    urges = models.PositiveSmallIntegerField(default=0)
    urged_at = models.DateTimeField(null=True)
    call_back_at = models.DateTimeField(null=True)
    left_unopened_at = models.DateTimeField(null=True)
    rounds = models.PositiveSmallIntegerField(default=0)
    reworks = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    unhappy = models.PositiveSmallIntegerField(default=0)
    reviews = models.PositiveSmallIntegerField(default=0)
    cost_fen = models.BigIntegerField(default=0)
    supervised_at = models.DateTimeField(null=True)
    rating_reminded = models.PositiveSmallIntegerField(default=0)
    released_at = models.DateTimeField(null=True)
    contact_blanked_at = models.DateTimeField(null=True)
    words_blanked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["external_source", "external_no"], condition=~Q(external_no=""), name="ticket_external_once"
            ),
            CheckConstraint(condition=Q(level__range=(1, 4)), name="ticket_level_1_to_4"),
        ]
        indexes = [
            Index(fields=["reporter", "-matter"], condition=Q(reporter__isnull=False), name="ticket_reporter"),
            Index(fields=["phone_index"], condition=~Q(phone_index=""), name="ticket_phone"),
            Index(
                fields=["checked_at"],
                condition=Q(rating_reminded__lt=2, checked_at__isnull=False),
                name="ticket_unrated",
            ),
            Index(fields=["call_back_at"], condition=Q(call_back_at__isnull=False), name="ticket_call_back"),
            Index(fields=["handler"], condition=Q(handler__isnull=False), name="ticket_handler"),
        ]


class Photo(models.Model):
    """A picture that belongs to a report: what the reporter saw, before, after, or a proof.

    ``public_file`` is the copy that everybody may see once it is released: faces and plates are painted over in it.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="photos")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in ("reported", "before", "after", "proof")])
    added_at = models.DateTimeField()
    is_released = models.BooleanField(default=False)
    public_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]


class Assignment(models.Model):
    """One body that has, or had, the report in hand: the lead, or a helper that reports to the lead (SRQ-034)."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="assignments")
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    is_helper = models.BooleanField(default=False)
    task = models.CharField(max_length=400, blank=True)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    was_wrong = models.BooleanField(default=False)
    charged_minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(
                fields=["ticket"], condition=Q(is_helper=False, ended_at__isnull=True), name="assignment_one_lead"
            )
        ]
        indexes = [Index(fields=["body"], condition=Q(ended_at__isnull=True), name="assignment_running")]


class Return(models.Model):
    """A unit's word that the report is not its to do, and what the desk decided (SRQ-033)."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="returns")
    body = models.ForeignKey("people.Body", models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=40)
    words = models.CharField(max_length=1000)
    proposed_body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)
    decision_words = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]


class Question(models.Model):
    """What the desk or the handler asked the reporter, and the answer."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="questions")
    words = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]


class Cost(models.Model):
    """A part or a piece of work, with its price in 0.01 yuan."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="costs")
    what = models.CharField(max_length=120)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, default=1)
    amount_fen = models.BigIntegerField()
    payer = models.CharField(max_length=60, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [CheckConstraint(condition=Q(amount_fen__gte=0), name="cost_not_negative")]


class Promise(models.Model):
    """What somebody in office told the reporter would be done, and by when."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="promises")
    words = models.CharField(max_length=400)
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            Index(fields=["due_at"], condition=Q(kept_at__isnull=True, missed_at__isnull=True), name="promise_running")
        ]


class Rating(models.Model):
    """One answer of one reporter to "were you contacted, is it solved, are you content" (SRQ-060)."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    voice = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    was_contacted = models.BooleanField(null=True)
    solved = models.CharField(max_length=6, choices=[(k, k) for k in ("yes", "partly", "no")])
    stars = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=1000, blank=True)
    rated_at = models.DateTimeField()
    is_by_phone = models.BooleanField(default=False)
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(fields=["voice", "ticket", "round"], name="rating_once_each_round"),
            CheckConstraint(condition=Q(stars__isnull=True) | Q(stars__range=(1, 5)), name="rating_1_to_5_stars"),
        ]


class Merge(models.Model):
    """A report that stands with another on the same thing; ``ended_at`` where it was taken apart again (SRQ-050)."""

    child = models.ForeignKey(Ticket, models.CASCADE, related_name="merges")
    master = models.ForeignKey(Ticket, models.CASCADE, related_name="voices")
    merged_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state_before = models.CharField(max_length=24)
    due_before = models.DateTimeField(null=True)
    step_due_before = models.DateTimeField(null=True)
    master_due_before = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(fields=["child"], condition=Q(ended_at__isnull=True), name="merge_one_master"),
            CheckConstraint(condition=~Q(child=models.F("master")), name="merge_not_itself"),
        ]
