"""Consents: one question, one answer, with the very text that was shown; taken back as easily as given (PRV-042)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act, record_acts
from linli.audit.rules import Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.people import permissions, states
from linli.people.models import Consent, Person
from linli.people.rules import SCOPES, is_self, text_hash

OPEN = ("asked", "given")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a yes was given: by the person or a guardian, in which language, before whom."""

    given_by: str = "self"
    witness: str = ""
    language: str = ""


SELF = Answer()


def _open(person: Person, scope: str) -> Consent | None:
    return Consent.objects.filter(person=person, scope=scope, state__in=OPEN).first()


@action
def ask_consent(*, actor: Actor, person: Person, scope: str) -> Consent:
    """Asks a person one question; nothing is ticked beforehand (PIPL art. 14)."""
    if not permissions.may_ask_consent(actor, person):
        raise NotAllowed
    if scope not in SCOPES:
        raise BadInput
    if _open(person, scope) is not None:
        raise WrongState(_("这个问题已经问过了。"))
    consent = Consent(
        person=person,
        scope=scope,
        state=states.CONSENT.start,
        text_hash=text_hash(scope, actor.language),
        language=actor.language,
        channel=actor.channel,
        asked_at=actor.now,
    )
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError:
        raise LostRace from None
    _record(actor, "consent.asked", consent)
    return consent


@action
def give_consent(*, actor: Actor, person: Person, scope: str, answer: Answer = SELF) -> Consent:
    """Notes a yes, with text version, language and witness; an earlier yes is kept as changed (PIPL art. 14-16)."""
    if not permissions.may_give_consent(actor, person):
        raise NotAllowed
    if scope not in SCOPES or answer.given_by not in {"self", "guardian"}:
        raise BadInput
    if not is_self(actor, person) and not answer.witness.strip():
        raise BadInput({"witness": [_("替本人记下同意时，请写见证人。")]})
    before = _open(person, scope)
    if before is not None and before.state == "given":
        _end(before, "change", actor.now)
        before = None
    language = answer.language or actor.language
    columns = {
        "state": "given",
        "given_by": answer.given_by,
        "witness": answer.witness.strip()[:60],
        "language": language,
        "text_hash": text_hash(scope, language),
        "channel": actor.channel,
        "given_at": actor.now,
        "expires_at": actor.now + timedelta(days=SCOPES.get(scope).days),
    }
    consent = _given(person, scope, before, columns, actor)
    _record(actor, "consent.given", consent)
    return consent


def _given(person: Person, scope: str, before: Consent | None, columns: dict, actor: Actor) -> Consent:
    if before is not None:
        states.CONSENT.step(before.state, "give")
        if not Consent.objects.filter(pk=before.pk, state=before.state).update(**columns):
            raise LostRace
        before.refresh_from_db()
        return before
    consent = Consent(person=person, scope=scope, asked_at=actor.now, **columns)
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError:
        raise LostRace from None
    return consent


@action
def withdraw_consent(*, actor: Actor, consent: Consent) -> Consent:
    """Takes a yes back at once; no service is refused for it (PIPL art. 15-16)."""
    if not permissions.may_withdraw_consent(actor, consent.person):
        raise NotAllowed
    _end(consent, "withdraw", actor.now)
    _record(actor, "consent.withdrawn", consent)
    SCOPES.get(consent.scope).on_withdrawn(actor, consent.person)
    return consent


@action
def expire_consents(*, actor: Actor) -> int:
    """Lets consents lapse after their time (12 months); the clock's act (B.7.5)."""
    if not actor.is_system:
        raise NotAllowed
    due = list(Consent.objects.filter(state="given", expires_at__lte=actor.now).select_related("person")[:500])
    for consent in due:
        _end(consent, "expire", actor.now)
        SCOPES.get(consent.scope).on_withdrawn(actor, consent.person)
    record_acts(actor=actor, records=[_line("consent.expired", consent) for consent in due])
    return len(due)


def _end(consent: Consent, move: str, at: datetime) -> None:
    """Move an open consent to one of its ends by compare-and-set."""
    end = states.CONSENT.step(consent.state, move).name
    found = Consent.objects.filter(pk=consent.pk, state=consent.state)
    if not found.update(state=end, ended_at=at):
        raise LostRace
    consent.state, consent.ended_at = end, at


def _line(verb: str, consent: Consent) -> Record:
    return Record(verb, consent.uid, person_uid=consent.person.uid, detail={"scope": consent.scope})


def _record(actor: Actor, verb: str, consent: Consent) -> None:
    line = _line(verb, consent)
    record_act(actor=actor, verb=verb, subject=line.subject, person_uid=line.person_uid, detail=line.detail)
