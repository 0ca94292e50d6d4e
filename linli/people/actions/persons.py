"""Persons come into the register, are put right, choose how to be reached, and are shown for a purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_acts, record_look
from linli.audit.rules import Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, NotFound
from linli.core.flow import action
from linli.core.secret import blind_index
from linli.core.times import day_of
from linli.people import permissions, rules
from linli.people.models import Person, Tie
from linli.people.queries import PHONE_INDEX, community_of, community_of_person
from linli.people.rules import PersonDraft

CONTACT = ("phone", "email")


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person wants to be reached, and to read."""

    language: str = "zh-hans"
    wants_large: bool = False
    channels: tuple[str, ...] = ()
    quiet_from: time | None = None
    quiet_to: time | None = None


def _new(actor: Actor, draft: PersonDraft) -> Person:
    known = rules.clean_draft(draft)
    return Person(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        phone_index=blind_index(known.phone, PHONE_INDEX),
        added_at=actor.now,
        review_on=day_of(actor.now) + rules.REVIEW_AFTER,
    )


@action
def add_people(*, actor: Actor, drafts: Sequence[PersonDraft]) -> list[Person]:
    """Puts people who hold posts, or asked to be known, into the register (GEN-007; PIPL art. 6: nothing else)."""
    if not permissions.may_add_people(actor):
        raise NotAllowed
    people = [_new(actor, draft) for draft in drafts]
    Person.objects.bulk_create(people, batch_size=500)
    record_acts(actor=actor, records=[Record("person.added", person.uid, person_uid=person.uid) for person in people])
    return people


@action
def register_person(*, actor: Actor, draft: PersonDraft) -> Person:
    """Lets somebody who proved a telephone number register themself (PIPL art. 13: at their own wish)."""
    if actor.is_signed_in or not draft.phone:
        raise NotAllowed
    person = _new(actor, draft)
    person.save(force_insert=True)
    record_act(actor=actor, verb="person.registered", subject=person.uid, person_uid=person.uid)
    return person


@action
def register_neighbour(*, actor: Actor, draft: PersonDraft, home: Any, kind: str) -> Person:
    """Lets whoever holds a household's slip register themself with the home it names (PIPL art. 13: at their wish).

    Somebody who is signed in keeps their own row, and only the tie is added.
    """
    if actor.is_system or home.level != "home" or home.closed_on is not None:
        raise NotAllowed
    if kind not in rules.TIE_KINDS:
        raise BadInput({"kind": [_("请选到户，并说明是业主、家人还是租户。")]})
    person = Person.objects.filter(pk=actor.person_id or 0, erased_at=None).first()
    if person is None:
        person = _new(actor, draft)
        person.save(force_insert=True)
        record_act(actor=actor, verb="person.registered", subject=person.uid, person_uid=person.uid)
    _tie, is_new = Tie.objects.get_or_create(
        person=person, home=home, kind=kind, to_on=None, defaults={"from_on": day_of(actor.now)}
    )
    if is_new:
        record_act(
            actor=actor,
            verb="tie.stated",
            subject=home.uid,
            community=community_of(home),
            person_uid=person.uid,
        )
    return person


@action
def correct_person(*, actor: Actor, person: Person, draft: PersonDraft) -> Person:
    """Puts a person's name and contact data right, at their own hand or word (PIPL art. 46)."""
    if not permissions.may_correct_person(actor, person):
        raise NotAllowed
    fresh = _new(actor, draft)
    changed = [name for name in ("display_name", "name_bo", *CONTACT, "language") if _differs(person, fresh, name)]
    if not changed:
        return person
    columns = {name: getattr(fresh, name) for name in changed} | {"phone_index": fresh.phone_index}
    if not Person.objects.filter(pk=person.pk, erased_at=None).update(**columns):
        raise LostRace
    for name, value in columns.items():
        setattr(person, name, value)
    record_act(actor=actor, verb="person.corrected", subject=person.uid, person_uid=person.uid, fields=changed)
    return person


def _differs(person: Person, fresh: Person, name: str) -> bool:
    return bool(getattr(person, name) != getattr(fresh, name))


@action
def set_preferences(*, actor: Actor, person: Person, preferences: Preferences) -> Person:
    """Keeps the channels, quiet hours, language and letter size that a person chose."""
    if not rules.is_self(actor, person):
        raise NotAllowed
    wrong = [name for name in preferences.channels if name not in rules.CHANNELS]
    if wrong or preferences.language not in rules.LANGUAGES:
        raise BadInput
    if (preferences.quiet_from is None) != (preferences.quiet_to is None):
        raise BadInput({"quiet_to": [_("安静时段要有开始，也要有结束。")]})
    columns = {field.name: getattr(preferences, field.name) for field in fields(preferences)}
    columns["channels"] = list(preferences.channels)
    if not Person.objects.filter(pk=person.pk, erased_at=None).update(**columns):
        raise LostRace
    for name, value in columns.items():
        setattr(person, name, value)
    record_act(actor=actor, verb="person.preferred", subject=person.uid, person_uid=person.uid, fields=tuple(columns))
    return person


@action
def show_contact(*, actor: Actor, person: Person, fields: Sequence[str], purpose: str) -> dict[str, str]:
    """Shows a person's contact data for a stated purpose; the person can see that it was shown (PRV-036)."""
    if not permissions.may_see_person(actor, person):
        raise NotFound
    if not permissions.may_show_contact(actor, person):
        raise NotAllowed
    if purpose not in rules.PURPOSES:
        raise BadInput({"purpose": [_("请先说明为什么要看。")]})
    if not fields or not set(fields) <= set(CONTACT):
        raise BadInput
    if not rules.is_self(actor, person):
        record_look(
            actor=actor,
            person_uid=person.uid,
            fields=tuple(fields),
            purpose=purpose,
            subject=person.uid,
            community=community_of_person(person),
        )
    return {name: getattr(person, name) for name in fields}
