"""What accounts and sessions tell about a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.access.models import Account, Session
from linli.core.actor import Actor, system
from linli.core.times import say_moment
from linli.people.held import Field, Holding

NEEDED_FOR = timedelta(days=365)


def _export(person_uid: str) -> list[dict[str, Any]]:
    account = Account.objects.filter(person__uid=person_uid).first()
    if account is None:
        return []
    row = {"login": account.login or "", "opened": say_moment(account.opened_at), "second_factor": bool(account.totp)}
    rows: list[dict[str, Any]] = [{"what": str(_("账号")), **row}]
    for session in Session.objects.filter(account=account).order_by("-started_at")[:200]:
        seen = {"started": say_moment(session.started_at), "last_seen": say_moment(session.last_seen_at)}
        rows.append({"what": str(_("登录")), **seen, "address": session.address, "device": session.device})
    return rows


def _erase(person_uid: str, actor: Actor) -> None:
    from linli.access.actions import wipe_account

    wipe_account(actor=actor, person_uid=person_uid)


def _retain(now: datetime) -> int:
    from linli.access.actions import forget_old_doors

    return forget_old_doors(actor=system(now))


def _needed(person_uids: Collection[str], now: datetime) -> set[str]:
    """People who signed in within the last year."""
    found = Session.objects.filter(account__person__uid__in=person_uids, last_seen_at__gt=now - NEEDED_FOR)
    return set(found.values_list("account__person__uid", flat=True))


_SIGN_IN, _GUARD = _("登录"), _("防止别人冒用账号")
_WHILE = _("账号在用期间")
_MONTHS = _("登录结束后 6 个月")

ACCESS = Holding(
    name="access",
    words=_("账号和登录记录"),
    export=_export,
    erase=_erase,
    retain=_retain,
    needed=_needed,
    fields=(
        Field("access.account.person", _("账号是谁的"), _SIGN_IN, "contract", _WHILE, "L2"),
        Field("access.account.login", _("登录名"), _SIGN_IN, "contract", _WHILE, "L2"),
        Field("access.account.passphrase", _("密码的不可逆摘要"), _SIGN_IN, "contract", _WHILE, "L2"),
        Field("access.account.history", _("旧密码的不可逆摘要"), _GUARD, "legal_duty", _WHILE, "L2"),
        Field("access.account.totp", _("动态码密钥"), _GUARD, "legal_duty", _WHILE, "L2"),
        Field("access.account.totp_new", _("待确认的动态码密钥"), _GUARD, "legal_duty", _WHILE, "L2"),
        Field("access.account.recovery", _("备用码的摘要"), _GUARD, "legal_duty", _WHILE, "L2"),
        Field("access.session.address", _("登录时的网络地址"), _GUARD, "legal_duty", _MONTHS, "L2"),
        Field("access.session.device", _("登录用的浏览器"), _GUARD, "legal_duty", _MONTHS, "L2"),
        Field("access.session.snapshot", _("登录时的姓名和身份"), _SIGN_IN, "contract", _MONTHS, "L2"),
        Field("access.device.account", _("绑定的手机是谁的"), _SIGN_IN, "contract", _MONTHS, "L2"),
        Field("access.device.words", _("绑定的手机用的浏览器"), _GUARD, "legal_duty", _MONTHS, "L2"),
        Field("access.pin.device", _("PIN 是哪台设备的"), _SIGN_IN, "contract", _WHILE, "L1"),
        Field("access.session.bound_device", _("登录用的是哪台绑定的设备"), _GUARD, "legal_duty", _MONTHS, "L2"),
        Field("access.pin.account", _("PIN 是谁的"), _SIGN_IN, "contract", _WHILE, "L2"),
        Field("access.pin.hashed", _("PIN 的不可逆摘要"), _SIGN_IN, "contract", _WHILE, "L2"),
        Field("access.onetimecode.key", _("手机号的摘要、住处的编号"), _SIGN_IN, "consent", _("到期后 1 天"), "L2"),
        Field("access.onetimecode.address", _("要验证码的网络地址"), _GUARD, "legal_duty", _("1 天"), "L2"),
    ),
)
