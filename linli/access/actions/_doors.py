"""How every door opens, and what failed tries lead to. For the actions beside this file only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.access.models import Account, Device, Lock, Pin, Session
from linli.access.queries import Proof, door_key, is_locked
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.times import day_of, end_of_day
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.people.models import Appointment, Person
from linli.people.queries import appointments_of, grants_of, resident_grants
from linli.people.rules import POSTS

WRONG = _("登录名或密码不对。忘了密码，请找社区书记或管理员，当面领一张开通单。")
LOCKED = _("试错太多次，先锁住了。请过 15 分钟再试，或找管理员。")


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of a try: a token for the cookie, or the words that say why not.

    A refusal is an answer here and no exception, because the failed try has to stay counted.
    ``reader`` is who came in, for the language and letters they chose. ``device`` is the token of a device that was
    bound just now, for so long.
    """

    token: str = ""
    device: str = ""
    device_life: timedelta = timedelta()
    needs_second_factor: bool = False
    words: Any = ""
    reader: Person | None = None


def count_failure(key: str, at: datetime, most: int = rules.FAILURES) -> None:
    """Count a failed try at a door, and lock it when there were too many in a row."""
    Lock.objects.filter(key=key, last_at__lt=at - rules.FORGOTTEN_AFTER).update(failures=0, locked_until=None)
    Lock.objects.get_or_create(key=key, defaults={"last_at": at})
    Lock.objects.filter(key=key).update(failures=F("failures") + 1, last_at=at)
    span = rules.lock_after(Lock.objects.values_list("failures", flat=True).get(key=key), most)
    if span is not None:
        Lock.objects.filter(key=key).update(locked_until=at + span)


def tell(actor: Actor, person: Person, title: Any, words: Any) -> None:
    """Tell somebody what happened at their door, in their inbox and by the ways they chose."""
    message = Message("account", title, words, url="/account/", person_id=person.pk, language=person.language)
    queue_notices(actor=actor, messages=[message])


def forget_failures(key: str) -> None:
    """A right try clears the count."""
    Lock.objects.filter(key=key).delete()


def open_session(
    actor: Actor,
    account: Account,
    proof: str,
    device: str,
    *,
    with_second: bool = False,
    hat: Appointment | None = None,
    on: Device | None = None,
) -> Opened:
    """Open a new session under a new token, in the given or the first wearable hat."""
    today = day_of(actor.now)
    held = list(appointments_of(account.person_id, today)) if account.person_id else []
    wearable = [each for each in held if rules.may_wear(each.post, proof, with_second)]
    chosen = hat or next((each for each in wearable if each.post != "resident"), next(iter(wearable), None))
    token = secrets.token_urlsafe(32)
    Session.objects.create(
        digest=rules.token_digest(token),
        account=account,
        proof=proof,
        bound_device=on,
        address=actor.address,
        device=device[:120],
        started_at=actor.now,
        last_seen_at=actor.now,
        second_factor_at=actor.now if with_second else None,
        **hat_columns(account.person, chosen, actor.now),
    )
    waits = not with_second and any(POSTS[each.post].needs_second_factor for each in held if each.post in POSTS)
    return Opened(token, needs_second_factor=waits, reader=account.person)


def hat_columns(person: Person | None, hat: Appointment | None, at: datetime) -> dict[str, Any]:
    """The columns of a session that follow from the hat worn: rights, idle time, latest end."""
    is_staff = hat is not None and POSTS[hat.post].is_staff
    ends_at = at + (rules.STAFF_LIFE if is_staff else rules.RESIDENT_LIFE)
    if hat is not None and hat.to_on is not None:
        ends_at = min(ends_at, end_of_day(hat.to_on))
    tied = resident_grants(person.pk, day_of(at)) if person else ()
    grants = tied if hat is None else grants_of(hat)
    snapshot = {
        "person_id": person.pk if person else None,
        "person_uid": person.uid if person else "",
        "name": person.display_name if person else "",
        "hat": hat.post if hat else ("resident" if grants else ""),
        "body_id": hat.body_id if hat else None,
        "grants": [[grant.post, grant.level, grant.place_id, grant.body_id] for grant in grants],
    }
    return {
        "appointment": hat,
        "snapshot": snapshot,
        "idle_minutes": rules.STAFF_IDLE if is_staff else rules.RESIDENT_IDLE,
        "ends_at": ends_at,
    }


def has_post(actor: Actor, account: Account) -> bool:
    """Whether the account's person holds any post today, and so comes for a new invitation every month."""
    held = appointments_of(account.person_id, day_of(actor.now)) if account.person_id else ()
    return any(each.post != "resident" for each in held)


def new_device(actor: Actor, words: str, life: timedelta, **whose: object) -> tuple[Device, str]:
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        digest=rules.token_digest(token),
        words=words[:120],
        bound_at=actor.now,
        ends_at=actor.now + life,
        **whose,
    )
    return device, token


def bind(actor: Actor, account: Account, hashed: str, words: str) -> Opened:
    """Bind one telephone to an account, in place of any other, and open its first session."""
    Device.objects.filter(account=account, ended_at=None).update(ended_at=actor.now)
    Session.objects.filter(bound_device__account=account, ended_at=None).update(ended_at=actor.now)
    life = rules.PHONE_BOUND if has_post(actor, account) else rules.NEIGHBOUR_BOUND
    device, token = new_device(actor, words, life, account=account)
    Pin.objects.create(device=device, account=account, hashed=hashed, set_at=actor.now)
    opened = open_session(actor, account, "pin", words, on=device)
    person_uid = account.person.uid if account.person else ""
    record_act(actor=actor, verb="device.bound", subject=device.uid, person_uid=person_uid)
    return Opened(opened.token, device=token, device_life=life, reader=opened.reader)


def refused_try(actor: Actor, proof: Proof) -> Opened:
    """Count a wrong passphrase, by its login and by the address, and say so."""
    count_failure(proof.key, actor.now)
    count_failure(door_key("address", actor.address), actor.now, rules.ADDRESS_FAILURES)
    record_act(actor=actor, verb="account.sign_in_failed", subject=proof.tried)
    return Opened(words=LOCKED if is_locked((proof.key,), actor.now) else WRONG)
