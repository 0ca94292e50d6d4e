"""Reads: who is behind a request, what they showed, which doors stand open."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.access.models import Account, DemoMark, Device, Lock, Pin, Session
from linli.charters.queries import edition_column
from linli.core.actor import Actor, Grant
from linli.core.asked import Question, Told
from linli.core.errors import BadInput
from linli.core.secret import digest
from linli.people.models import Appointment
from linli.people.queries import appointments_of
from linli.people.rules import POSTS

COOKIE = "linli_session"
DEVICE = "linli_device"
RECEIPTS = "linli_receipts"
RECEIPTS_KEPT = 60
RECEIPTS_DAYS = 180
OPEN_SESSION = Question(
    lambda: Session.objects.filter(
        digest=Told("digest"), ended_at=None, locked_at=None, ends_at__gt=Told("at"), account__is_active=True
    ).annotate(account_uid=F("account__uid"), edition=edition_column())[:1]
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the door knows of a request besides its session."""

    now: datetime
    address: str = ""
    language: str = "zh-hans"
    channel: str = "web"
    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    receipts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a login and passphrase; the hashing is done outside the writer's turn.

    ``tried`` is the public id of the account that was tried, if there is one; ``account_id`` only where it was right.
    """

    key: str
    tried: str = ""
    account_id: int | None = None
    seen_hash: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class PinTry:
    """What became of a PIN that was typed; hashed outside the writer's turn, as a passphrase is."""

    pin_id: int | None = None
    seen_hash: str = ""
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new passphrase that was checked and hashed, for the account whose old hash was ``seen_hash``."""

    hashed: str
    account_id: int | None = None
    seen_hash: str = ""


def stranger(visit: Visit) -> Actor:
    """Somebody who has not signed in."""
    return Actor(
        now=visit.now,
        channel=visit.channel,
        address=visit.address,
        language=visit.language,
        receipts=visit.receipts,
        request_id=visit.request_id,
    )


def session_of(token: str, at: datetime) -> Session | None:
    """The open session of a token, in one read; None when it ended, lapsed or never was."""
    if not 20 <= len(token) <= 100:
        return None
    session = OPEN_SESSION.first(digest=rules.token_digest(token), at=at)
    if session is None or session.last_seen_at + timedelta(minutes=session.idle_minutes) <= at:
        return None
    return session


def actor_in(session: Session | None, visit: Visit) -> Actor:
    """The actor that a session's snapshot describes."""
    if session is None:
        return stranger(visit)
    known: dict[str, Any] = session.snapshot
    return Actor(
        now=visit.now,
        channel=visit.channel,
        account_id=session.account_id,
        account_uid=session.account_uid,  # type: ignore[attr-defined]  # annotated in session_of
        person_id=known.get("person_id"),
        person_uid=known.get("person_uid", ""),
        name=known.get("name", ""),
        hat=known.get("hat", ""),
        appointment_id=session.appointment_id,
        body_id=known.get("body_id"),
        grants=tuple(Grant(*grant) for grant in known.get("grants", ())),
        receipts=visit.receipts,
        address=visit.address,
        language=visit.language,
        request_id=visit.request_id,
        second_factor=session.second_factor_at is not None,
    )


def actor_of(  # noqa: PLR0917
    token: str, now: datetime, address: str = "", language: str = "zh-hans", channel: str = "web", request_id: str = ""
) -> Actor:
    """The actor behind a session token, in ONE select; a stranger for no, an ended or a lapsed session."""
    visit = Visit(now=now, address=address, language=language, channel=channel)
    if request_id:
        visit = replace(visit, request_id=request_id)
    return actor_in(session_of(token, now) if token else None, visit)


def door_key(use: str, value: str) -> str:
    """The name under which failed tries at a door are counted; it does not tell which door."""
    return f"{use}:{digest(value, f'lock/{use}')}"


def is_locked(keys: tuple[str, ...], at: datetime) -> bool:
    """Whether one of these doors is locked at a moment."""
    return Lock.objects.filter(key__in=keys, locked_until__gt=at).exists()


def proof_of(login: str, passphrase: str, address: str, now: datetime) -> Proof:
    """Try a login and passphrase. An unknown login takes as long as a wrong passphrase (no enumeration)."""
    login = login.strip().lower()[:200]
    key = door_key("login", login)
    if is_locked((key, door_key("address", address)), now):
        return Proof(key, is_locked=True)
    account = Account.objects.filter(login=login, is_active=True).exclude(passphrase="").first() if login else None
    if account is None or len(passphrase) > 200:
        make_password(passphrase[:200])
        return Proof(key)
    if not check_password(passphrase, account.passphrase):
        return Proof(key, account.uid)
    return Proof(key, account.uid, account.pk, account.passphrase)


def fresh_of(account: Account | None, typed: str) -> Fresh:
    """A new passphrase, checked against the rules and the last five, and hashed. Raises `BadInput`."""
    name = account.person.display_name if account and account.person else ""
    faults = rules.passphrase_faults(typed, (account and account.login) or "", name)
    if not faults and account is not None:
        used = [account.passphrase, *account.history][: rules.HISTORY]
        if any(check_password(typed, old) for old in used if old):
            faults.append(_("这个密码最近用过，请换一个。"))
    if faults:
        raise BadInput({"passphrase": faults})
    hashed = make_password(typed)
    return Fresh(hashed, account.pk, account.passphrase) if account else Fresh(hashed)


def pin_of(typed: str) -> str:
    """A new PIN, checked and hashed. Raises `BadInput`."""
    faults = rules.pin_faults(rules.digits_of(typed))
    if faults:
        raise BadInput({"pin": faults})
    return make_password(rules.digits_of(typed))


def pin_tried(device: Device | None, account_id: int | None, typed: str) -> PinTry:
    """Try a PIN of an account on a device; one that is worth nothing any more is not even compared."""
    found = Pin.objects.filter(device=device, account_id=account_id or 0, failures__lt=rules.PIN_TRIES).first()
    if found is None:
        return PinTry()
    return PinTry(found.pk, found.hashed, check_password(rules.digits_of(typed)[:6], found.hashed))


def device_of(token: str, at: datetime) -> Device | None:
    """The known device of a cookie, unless it was let go or its time is over."""
    if not 20 <= len(token) <= 100:
        return None
    found = Device.objects.filter(digest=rules.token_digest(token), ended_at=None, ends_at__gt=at)
    return found.select_related("account", "account__person", "body").first()


def lapsed_session(token: str, at: datetime) -> Session | None:
    """The session of a cookie that was locked or lay idle, within its twelve hours."""
    if not 20 <= len(token) <= 100 or session_of(token, at) is not None:
        return None
    found = Session.objects.filter(digest=rules.token_digest(token), ended_at=None, ends_at__gt=at)
    return found.filter(account__is_active=True).first()


def turns_at(device: Device, at: datetime) -> list[Session]:
    """The open sessions of an office's PC whose owners have a PIN there: who may take a turn."""
    live = Pin.objects.filter(device=device, account=OuterRef("account"), failures__lt=rules.PIN_TRIES)
    found = Session.objects.filter(Exists(live), bound_device=device, proof="passphrase", ended_at=None, ends_at__gt=at)
    newest: dict[int, Session] = {}
    for session in found.select_related("account", "account__person").order_by("-started_at", "-id"):
        newest.setdefault(session.account_id, session)
    return sorted(newest.values(), key=lambda each: each.snapshot.get("name", ""))


def devices_of(account_id: int, at: datetime) -> QuerySet[Device]:
    """The telephones bound to an account."""
    return Device.objects.filter(account_id=account_id, ended_at=None, ends_at__gt=at).order_by("-bound_at")


def offices_bound(body_id: int | None, at: datetime) -> QuerySet[Device]:
    """The PCs bound to an office."""
    return Device.objects.filter(body_id=body_id or 0, ended_at=None, ends_at__gt=at).order_by("-bound_at")


def account_by_login(login: str) -> Account | None:
    """The account of a login in use."""
    return Account.objects.filter(login=login.strip().lower(), is_active=True).select_related("person").first()


def hats_of(session: Session | None, person_id: int | None, on: date) -> list[Appointment]:
    """The posts that a person may put on within a session, by how they proved themself."""
    if session is None or person_id is None:
        return []
    proved = (session.proof, session.second_factor_at is not None)
    return [each for each in appointments_of(person_id, on) if rules.may_wear(each.post, *proved)]


def needs_second_factor(person_id: int | None, on: date) -> bool:
    """Whether one of the person's posts can only be worn after a second proof."""
    held = appointments_of(person_id, on) if person_id else ()
    return any(POSTS[each.post].needs_second_factor for each in held if each.post in POSTS)


def sessions_of(account_id: int, at: datetime) -> QuerySet[Session]:
    """The account's open sessions, last seen first."""
    return Session.objects.filter(account_id=account_id, ended_at=None, ends_at__gt=at).order_by("-last_seen_at", "-id")


def account_of(person_id: int | None) -> Account | None:
    """The account of a person."""
    return Account.objects.filter(person_id=person_id).first() if person_id else None


def demo_mark() -> DemoMark | None:
    """When `linli demo` made this database, and how many days were skipped since; None where it is no demo."""
    return DemoMark.objects.filter(pk=1).first()


def is_demo() -> bool:
    """Whether this database was made by `linli demo` and is marked so."""
    return DemoMark.objects.filter(pk=1).exists()


def is_opened() -> bool:
    """Whether somebody has an account here, or it is a demo: from then on no opening code works."""
    return is_demo() or Account.objects.exists()


def can_send_codes() -> bool:
    """Whether a code sent to a telephone could arrive; where not, no page offers one."""
    return bool(settings.LINLI_SMS)


def receipts_of(request: HttpRequest) -> frozenset[str]:
    """Public ids of the matters whose receipt code was shown on this device."""
    return frozenset(_receipts(request))


def _receipts(request: HttpRequest) -> list[str]:
    kept = request.COOKIES.get(RECEIPTS, "")
    if not kept:
        return []
    try:
        uids = signing.loads(kept, salt=RECEIPTS, max_age=RECEIPTS_DAYS * 24 * 3600)
    except signing.BadSignature:
        return []
    return [uid for uid in uids if isinstance(uid, str)][:RECEIPTS_KEPT] if isinstance(uids, list) else []


def remember_receipt(response: HttpResponseBase, request: HttpRequest, uid: str) -> None:
    """Let this device show a matter from now on: a signed cookie with its public id, newest first."""
    uids = [uid, *(known for known in _receipts(request) if known != uid)][:RECEIPTS_KEPT]
    request.COOKIES[RECEIPTS] = kept = signing.dumps(uids, salt=RECEIPTS, compress=True)
    response.set_cookie(
        RECEIPTS, kept, max_age=RECEIPTS_DAYS * 24 * 3600, httponly=True, samesite="Lax", secure=settings.IS_SECURE
    )


def forget_receipts(response: HttpResponseBase) -> None:
    """Take the receipts off this device (a borrowed telephone, the office's PC)."""
    response.delete_cookie(RECEIPTS, samesite="Lax")
