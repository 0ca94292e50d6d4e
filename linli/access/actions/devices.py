"""Devices that are known: a neighbour's own telephone, and an office's PC at which several people take turns."""

from __future__ import annotations

import secrets

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.access import permissions, rules
from linli.access.actions._doors import Opened, has_post, new_device, open_session, refused_try
from linli.access.models import Device, Pin, Session
from linli.access.queries import PinTry, Proof, session_of
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, NotFound, WrongState
from linli.core.flow import action
from linli.people.models import Body

WRONG_PIN = _("PIN 不对。试错五次，就要用开通单或密码重新进来。")
DEAD_PIN = _("PIN 试错太多次，已经作废。请用密码进来；没有密码的，请当面再领一张邀请单。")


@action
def bind_office(*, actor: Actor, body: Body, words: str = "") -> Opened:
    """Makes this PC one of the office's, where its people may unlock their own sessions by PIN."""
    if not permissions.may_bind_office(actor, body):
        raise NotAllowed
    device, token = new_device(actor, words, rules.OFFICE_BOUND, body=body)
    record_act(actor=actor, verb="device.bound", subject=device.uid, detail={"body": body.uid})
    return Opened(device=token, device_life=rules.OFFICE_BOUND)


@action
def end_device(*, actor: Actor, device: Device) -> None:
    """Lets a device go: its PINs open nothing any more, and the sessions opened on it end."""
    if not permissions.may_end_device(actor, device):
        raise NotFound
    if not Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=actor.now):
        raise LostRace
    Session.objects.filter(bound_device=device, ended_at=None).update(ended_at=actor.now)
    record_act(actor=actor, verb="device.ended", subject=device.uid)


@action
def set_pin(*, actor: Actor, token: str, hashed: str) -> None:
    """Sets one's own PIN for the device this session was fully opened on; it unlocks this session and no other's."""
    session = session_of(token, actor.now)
    if session is None or session.account_id != actor.account_id or session.bound_device_id is None:
        raise NotAllowed
    if session.unlocked_at is not None:
        raise WrongState(_("换 PIN 之前，请先用密码重新登录。"))
    columns = {"hashed": hashed, "failures": 0, "set_at": actor.now}
    Pin.objects.update_or_create(device_id=session.bound_device_id, account_id=session.account_id, defaults=columns)
    record_act(actor=actor, verb="account.pin_set", subject=actor.account_uid)


@action
def enter_by_pin(*, actor: Actor, tried: PinTry, words: str = "") -> Opened:
    """Opens a session on one's own bound telephone for its PIN; five wrong ones let the telephone go."""
    pin = _live(actor, tried)
    if pin is None or pin.device.account_id is None:
        return Opened(words=DEAD_PIN)
    if not tried.is_right:
        return _failed(actor, pin)
    if pin.device.bound_at + rules.PHONE_BOUND <= actor.now and has_post(actor, pin.account):
        return Opened(words=DEAD_PIN)
    Pin.objects.filter(pk=pin.pk).update(failures=0)
    opened = open_session(actor, pin.account, "pin", words, on=pin.device)
    record_act(actor=actor, verb="account.signed_in", subject=pin.account.uid, detail={"by": "pin"})
    return opened


def _live(actor: Actor, tried: PinTry) -> Pin | None:
    """The PIN that was tried, unchanged since it was read and still worth something."""
    found = Pin.objects.select_related("device", "account", "account__person").filter(
        pk=tried.pin_id or 0,
        hashed=tried.seen_hash,
        failures__lt=rules.PIN_TRIES,
        account__is_active=True,
        device__ended_at=None,
        device__ends_at__gt=actor.now,
    )
    return found.first()


def _failed(actor: Actor, pin: Pin) -> Opened:
    """Count a wrong PIN; at the fifth it is worth nothing, and what it could open ends."""
    Pin.objects.filter(pk=pin.pk).update(failures=F("failures") + 1)
    record_act(actor=actor, verb="account.pin_failed", subject=pin.account.uid)
    if Pin.objects.filter(pk=pin.pk, failures__lt=rules.PIN_TRIES).exists():
        return Opened(words=WRONG_PIN)
    Session.objects.filter(account=pin.account, bound_device=pin.device, ended_at=None).update(ended_at=actor.now)
    return Opened(words=DEAD_PIN)


@action
def lock_session(*, actor: Actor, token: str) -> None:
    """Locks one's session at the office's PC, so that a colleague can take a turn."""
    session = session_of(token, actor.now)
    if session is None or session.account_id != actor.account_id or session.bound_device_id is None:
        raise NotAllowed
    if not Session.objects.filter(pk=session.pk, locked_at=None, ended_at=None).update(locked_at=actor.now):
        raise LostRace
    record_act(actor=actor, verb="account.locked", subject=actor.account_uid)


@action
def unlock_session(*, actor: Actor, tried: PinTry, session_uid: str) -> Opened:
    """Unlocks the session that the same person opened in full on this device within twelve hours, for their PIN."""
    pin = _live(actor, tried)
    if pin is None:
        return Opened(words=DEAD_PIN)
    if not tried.is_right:
        return _failed(actor, pin)
    mine = Session.objects.filter(
        uid=session_uid,
        account=pin.account,
        bound_device=pin.device,
        proof="passphrase",
        ended_at=None,
        ends_at__gt=actor.now,
    )
    fresh = secrets.token_urlsafe(32)
    columns = {"digest": rules.token_digest(fresh), "locked_at": None, "last_seen_at": actor.now}
    if not mine.update(**columns, unlocked_at=actor.now):
        return Opened(words=DEAD_PIN)
    Pin.objects.filter(pk=pin.pk).update(failures=0)
    record_act(actor=actor, verb="account.unlocked", subject=pin.account.uid)
    return Opened(fresh, reader=pin.account.person)


@action
def prove_again(*, actor: Actor, token: str, proof: Proof) -> Opened:
    """Takes the passphrase once more before a sensitive act in a session that only a PIN had unlocked."""
    session = session_of(token, actor.now)
    if session is None or session.account_id != actor.account_id:
        raise NotAllowed
    if proof.account_id != actor.account_id:
        return refused_try(actor, proof)
    if not Session.objects.filter(pk=session.pk, ended_at=None).update(unlocked_at=None):
        raise LostRace
    record_act(actor=actor, verb="account.proved_again", subject=actor.account_uid)
    return Opened(token)
