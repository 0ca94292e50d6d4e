"""What accounts, sessions and codes leave behind is let go in time (PRV-030)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from linli.access.models import Account, Device, Lock, OneTimeCode, Pin, Session
from linli.access.rules import FORGOTTEN_AFTER
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action

SESSIONS_KEPT = timedelta(days=183)
"""Security logs are kept six months at least (Cybersecurity Law art. 23); the audit keeps the signing in itself."""
CODES_KEPT = timedelta(days=1)
AT_ONCE = 500


@action
def wipe_account(*, actor: Actor, person_uid: str) -> None:
    """Deletes the sessions and codes of a person who was erased, and all that was in the account (PIPL art. 47)."""
    if not actor.is_system:
        raise NotAllowed
    account = Account.objects.filter(person__uid=person_uid).first()
    if account is None:
        return
    Session.objects.filter(account=account).delete()
    OneTimeCode.objects.filter(account=account).delete()
    Device.objects.filter(account=account).delete()
    Pin.objects.filter(account=account).delete()
    Account.objects.filter(pk=account.pk).update(
        is_active=False, login=None, passphrase="", history=[], totp="", totp_new="", recovery=[]
    )
    record_act(actor=actor, verb="account.wiped", subject=account.uid, person_uid=person_uid)


@action
def forget_old_doors(*, actor: Actor) -> int:
    """Deletes sessions that ended half a year ago, codes of yesterday and counts of failures long past."""
    if not actor.is_system:
        raise NotAllowed
    gone = (
        _drop(Device.objects.filter(ends_at__lt=actor.now - SESSIONS_KEPT))
        + _drop(Session.objects.filter(ends_at__lt=actor.now - SESSIONS_KEPT))
        + _drop(OneTimeCode.objects.filter(ends_at__lt=actor.now - CODES_KEPT))
        + _drop(Lock.objects.filter(last_at__lt=actor.now - FORGOTTEN_AFTER * 2))
    )
    if gone:
        record_act(actor=actor, verb="account.doors_forgotten", detail={"rows": gone})
    return gone


def _drop(found: QuerySet) -> int:
    ids = list(found.values_list("pk", flat=True)[:AT_ONCE])
    return found.model._default_manager.filter(pk__in=ids).delete()[0] if ids else 0
