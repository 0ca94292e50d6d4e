"""The second factor: a code from one's own telephone (TOTP, RFC 6238), or a printed one when that is lost."""

from __future__ import annotations

import secrets

import pyotp
from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.access.actions._doors import LOCKED, Opened, count_failure, forget_failures, open_session
from linli.access.models import Account, Session
from linli.access.queries import door_key, is_locked, session_of
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.numbers import clean_code, random_code
from linli.core.secret import digest

WRONG_SECOND = _("动态码不对。请看手机上现在的六位数，或用一个没用过的备用码。")


def _own(actor: Actor) -> Account:
    if actor.account_id is None:
        raise NotAllowed
    return Account.objects.select_related("person").get(pk=actor.account_id)


def _recovery(account: Account) -> tuple[list[str], list[str]]:
    codes = [random_code(8) for _number in range(rules.RECOVERY_CODES)]
    return codes, [_digest(account, code) for code in codes]


def _digest(account: Account, code: str) -> str:
    return digest(f"{account.uid}:{clean_code(code)}", "recovery")


@action
def offer_second_factor(*, actor: Actor) -> str:
    """Makes a secret for the telephone's authenticator, in force once a code from it was shown."""
    account = _own(actor)
    if account.totp and not actor.second_factor:
        raise NotAllowed(_("换动态码之前，先用现在的动态码登录。"))
    if account.totp_new:
        return account.totp_new
    secret = pyotp.random_base32()
    Account.objects.filter(pk=account.pk).update(totp_new=secret)
    record_act(actor=actor, verb="account.second_factor_offered", subject=account.uid)
    return secret


@action
def confirm_second_factor(*, actor: Actor, code: str) -> list[str]:
    """Puts the second factor in force and returns the printed codes, which are shown this once."""
    account = _own(actor)
    if not account.totp_new:
        raise WrongState
    if account.totp and not actor.second_factor:
        raise NotAllowed
    step = rules.totp_step_of(account.totp_new, code, actor.now, 0)
    if step is None:
        raise BadInput({"code": [_("动态码不对。请核对手机时间是否准，再输入现在的六位数。")]})
    codes, digests = _recovery(account)
    Account.objects.filter(pk=account.pk).update(totp=account.totp_new, totp_new="", totp_step=0, recovery=digests)
    record_act(actor=actor, verb="account.second_factor_set", subject=account.uid)
    return codes


@action
def renew_recovery(*, actor: Actor) -> list[str]:
    """Makes new printed codes; the old ones die."""
    account = _own(actor)
    if not account.totp or not actor.second_factor:
        raise NotAllowed
    codes, digests = _recovery(account)
    Account.objects.filter(pk=account.pk).update(recovery=digests)
    record_act(actor=actor, verb="account.recovery_renewed", subject=account.uid)
    return codes


@action
def pass_second_factor(*, actor: Actor, token: str, code: str) -> Opened:
    """Lets a session through to the posts that need a second proof, under a new token; wrong codes are counted."""
    account = _own(actor)
    session = session_of(token, actor.now)
    if session is None or session.account_id != account.pk:
        raise NotAllowed
    key = door_key("second", account.uid)
    if is_locked((key,), actor.now):
        return Opened(words=LOCKED)
    if not _is_right(account, code, actor):
        count_failure(key, actor.now)
        record_act(actor=actor, verb="account.second_factor_failed", subject=account.uid)
        return Opened(words=WRONG_SECOND)
    forget_failures(key)
    if not Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=actor.now):
        raise LostRace
    opened = open_session(actor, account, session.proof, session.device, with_second=True, on=session.bound_device)
    record_act(actor=actor, verb="account.second_factor_passed", subject=account.uid)
    return opened


def _is_right(account: Account, code: str, actor: Actor) -> bool:
    """Whether a time code is right and unused, or a printed code is unspent; either is spent by this."""
    if not account.totp:
        return False
    step = rules.totp_step_of(account.totp, code, actor.now, account.totp_step)
    unchanged = Account.objects.filter(pk=account.pk)
    if step is not None:
        return bool(unchanged.filter(totp_step=account.totp_step).update(totp_step=step))
    typed = _digest(account, code)
    if not any(secrets.compare_digest(typed, kept) for kept in account.recovery):
        return False
    left = [kept for kept in account.recovery if kept != typed]
    return bool(unchanged.filter(recovery=account.recovery).update(recovery=left))
