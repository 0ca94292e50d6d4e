"""A person leaves: out of use at once, wiped within thirty days, in every module that held something (PIPL 47)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.times import day_of
from linli.people import permissions, rules
from linli.people.actions.badges import forget_badge_photos
from linli.people.held import HELD
from linli.people.models import Application, Appointment, Consent, Person, Tie
from linli.people.queries import in_force
from linli.people.signals import person_erased

REVIEWED_AT_ONCE = 200
NO_CONTACT: dict[str, Any] = {
    "phone": "",
    "phone_index": "",
    "email": "",
    "channels": [],
    "quiet_from": None,
    "quiet_to": None,
}


@action
def erase_person(*, actor: Actor, person: Person) -> Person:
    """Takes a person out of use at once: posts, ties, consents and sessions end, nobody finds them (PRV-035)."""
    if not permissions.may_erase_person(actor, person):
        raise NotAllowed
    if person.erased_at is not None:
        raise WrongState(_("已经注销了。"))
    today = day_of(actor.now)
    if not Person.objects.filter(pk=person.pk, erased_at=None).update(erased_at=actor.now):
        raise LostRace
    person.erased_at = actor.now
    Appointment.objects.filter(in_force(today), person=person).update(to_on=today)
    Tie.objects.filter(in_force(today), person=person).update(to_on=today)
    Consent.objects.filter(person=person, state__in=("asked", "given")).update(state="withdrawn", ended_at=actor.now)
    record_act(actor=actor, verb="person.erased", subject=person.uid, person_uid=person.uid)
    person_erased.send(None, actor=actor, person=person)
    return person


@action
def purge_person(*, actor: Actor, person: Person) -> Person:
    """Wipes what every module holds about a person who left; a nameless row stays so that records keep their author."""
    if not actor.is_system:
        raise NotAllowed
    if person.erased_at is None:
        raise WrongState
    if not Person.objects.filter(pk=person.pk, purged_at=None, erased_at__isnull=False).update(purged_at=actor.now):
        raise LostRace
    for holding in HELD:
        holding.erase(person.uid, actor)
    record_act(actor=actor, verb="person.purged", subject=person.uid, person_uid=person.uid)
    person.refresh_from_db()
    return person


@action
def blank_person(*, actor: Actor, person_uid: str) -> None:
    """Leaves of a person's own row nothing but that there was one, and drops ties and consents."""
    if not actor.is_system:
        raise NotAllowed
    found = Person.objects.filter(uid=person_uid, erased_at__isnull=False)
    if not found.update(display_name=rules.GONE, name_bo="", wants_large=False, **NO_CONTACT):
        raise WrongState
    Tie.objects.filter(person__uid=person_uid).delete()
    Consent.objects.filter(person__uid=person_uid).delete()
    Application.objects.filter(person__uid=person_uid).delete()
    person = Person.objects.get(uid=person_uid)
    forget_badge_photos(actor=actor, person=person)
    record_act(actor=actor, verb="person.blanked", subject=person_uid, person_uid=person_uid)


@action
def review_people(*, actor: Actor) -> int:
    """Lets go of people nobody needs any more: contact data after a year, the name two years later (PRV-030)."""
    if not actor.is_system:
        raise NotAllowed
    today = day_of(actor.now)
    due = Person.objects.filter(erased_at=None, review_on__lte=today).order_by("review_on")
    people = list(due.annotate(post_end=Max("appointments__to_on"), tie_end=Max("ties__to_on"))[:REVIEWED_AT_ONCE])
    if not people:
        return 0
    needed = {uid for holding in HELD for uid in holding.needed([person.uid for person in people], actor.now)}
    still = Person.objects.filter(Q(in_force(today, "appointments__")) | Q(in_force(today, "ties__")))
    needed |= set(still.filter(pk__in=[person.pk for person in people]).values_list("uid", flat=True))
    for person in people:
        last = max(filter(None, (day_of(person.added_at), person.post_end, person.tie_end)))
        _review(actor, person, last, is_needed=person.uid in needed)
    return len(people)


def _review(actor: Actor, person: Person, last: date, *, is_needed: bool) -> None:
    today = day_of(actor.now)
    kept = rules.keep_how(today, last, is_needed=is_needed)
    found = Person.objects.filter(pk=person.pk, review_on=person.review_on, erased_at=None)
    if kept is rules.Keep.AS_TOMBSTONE:
        found.update(erased_at=actor.now)
        record_act(actor=actor, verb="person.lapsed", subject=person.uid, person_uid=person.uid)
    elif kept is rules.Keep.WITHOUT_CONTACT and person.lapsed_on is None:
        found.update(lapsed_on=today, review_on=last + rules.REVIEW_AFTER + rules.TOMBSTONE_AFTER, **NO_CONTACT)
        record_act(actor=actor, verb="person.contact_lapsed", subject=person.uid, person_uid=person.uid)
    else:
        found.update(review_on=today + rules.REVIEW_AGAIN, lapsed_on=None if is_needed else person.lapsed_on)
