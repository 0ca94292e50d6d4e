"""Signing in and out, putting on a hat, and doors that are shut from elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from linli.access import rules
from linli.access.actions._doors import LOCKED, Opened, forget_failures, hat_columns, open_session, refused_try
from linli.access.models import Account, Session
from linli.access.queries import Proof, device_of, door_key, is_demo, is_locked, session_of
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, NotFound
from linli.core.flow import action
from linli.core.times import day_of
from linli.people.models import Appointment, Person
from linli.people.queries import in_force


@action
def sign_in(*, actor: Actor, proof: Proof, device: str = "", bound: str = "") -> Opened:
    """Opens a session for a right login and passphrase, counts a wrong try (B.11.4: five failures lock the door).

    ``bound`` is the token of the office's PC this happens at, if it is one.
    """
    address_key = door_key("address", actor.address)
    if proof.is_locked or is_locked((proof.key, address_key), actor.now):
        return Opened(words=LOCKED)
    account = Account.objects.filter(pk=proof.account_id or 0, passphrase=proof.seen_hash, is_active=True).first()
    if proof.account_id is None or account is None:
        return refused_try(actor, proof)
    forget_failures(proof.key)
    opened = open_session(actor, account, "passphrase", device, on=device_of(bound, actor.now))
    record_act(actor=actor, verb="account.signed_in", subject=account.uid, detail={"by": "passphrase"})
    return opened


@action
def sign_out(*, actor: Actor, token: str) -> None:
    """Ends the session of this device."""
    if actor.account_id is None:
        return
    Session.objects.filter(digest=rules.token_digest(token), account_id=actor.account_id, ended_at=None).update(
        ended_at=actor.now
    )
    record_act(actor=actor, verb="account.signed_out", subject=actor.account_uid)


@action
def touch_session(*, actor: Actor, session: Session) -> None:
    """Notes that a session is in use, at most once a minute, so that it does not lapse (B.11.4)."""
    Session.objects.filter(pk=session.pk, last_seen_at=session.last_seen_at, ended_at=None).update(
        last_seen_at=actor.now
    )


@action
def end_session(*, actor: Actor, session: Session) -> None:
    """Ends one of one's own sessions on another device."""
    if session.account_id != actor.account_id or actor.account_id is None:
        raise NotFound
    if not Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=actor.now):
        raise LostRace
    record_act(actor=actor, verb="account.session_ended", subject=actor.account_uid)


@action
def end_sessions(*, actor: Actor, person_ids: Collection[int]) -> int:
    """Ends every session of people whose posts changed, so that no old right stays open (B.11.4)."""
    ended = 0
    ids = list(person_ids)
    for start in range(0, len(ids), 500):
        found = Session.objects.filter(account__person_id__in=ids[start : start + 500], ended_at=None)
        ended += found.update(ended_at=actor.now)
    if ended:
        record_act(actor=actor, verb="account.sessions_ended", detail={"sessions": ended})
    return ended


@action
def wear_hat(*, actor: Actor, token: str, appointment: Appointment) -> str:
    """Puts on another of one's own posts, under a new token; from now on every act is done in it."""
    session = session_of(token, actor.now)
    if session is None or actor.account_id != session.account_id:
        raise NotAllowed
    person = Person.objects.filter(pk=actor.person_id or 0, erased_at=None).first()
    mine = Appointment.objects.filter(in_force(day_of(actor.now)), pk=appointment.pk, person_id=actor.person_id or 0)
    if person is None or not mine.exists():
        raise NotFound
    if not rules.may_wear(appointment.post, session.proof, session.second_factor_at is not None):
        raise NotAllowed
    fresh = secrets.token_urlsafe(32)
    columns = hat_columns(person, appointment, actor.now)
    columns["ends_at"] = min(columns["ends_at"], session.ends_at)
    if not Session.objects.filter(pk=session.pk, digest=session.digest, ended_at=None).update(
        digest=rules.token_digest(fresh), last_seen_at=actor.now, **columns
    ):
        raise LostRace
    record_act(
        actor=actor,
        verb="account.hat_worn",
        subject=appointment.uid,
        detail={"from": actor.hat, "to": appointment.post},
    )
    return fresh


@action
def wear_role(*, actor: Actor, person: Person, appointment: Appointment | None = None, device: str = "") -> Opened:
    """Puts on one of the demo's roles with one press; only in a database that `linli demo` made."""
    if not is_demo():
        raise NotFound
    if person.erased_at is not None or (appointment is not None and appointment.person_id != person.pk):
        raise NotFound
    account, _made = Account.objects.get_or_create(person=person, defaults={"opened_at": actor.now})
    opened = open_session(actor, account, "demo", device, with_second=True, hat=appointment)
    record_act(actor=actor, verb="account.signed_in", subject=account.uid, detail={"by": "demo"})
    return opened
