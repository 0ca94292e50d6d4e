"""Accounts are opened in person, started with a slip, given passphrases, recovered and closed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.access import permissions, rules
from linli.access.actions._doors import LOCKED, Opened, count_failure, forget_failures, open_session, tell
from linli.access.models import Account, DemoMark, Device, OneTimeCode, Pin, Session
from linli.access.queries import Fresh, Proof, account_by_login, door_key, is_locked
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.core.numbers import clean_code, random_code
from linli.core.secret import digest
from linli.core.times import day_of
from linli.people.actions import PersonDraft, add_people, appoint_people
from linli.people.actions.posts import AppointmentDraft
from linli.people.models import Person
from linli.people.queries import appointments_of

WRONG_SLIP = _("登录名或开通码不对。开通码只能用一次，七天内有效；请再领一张。")


def _slip_digest(account: Account, code: str) -> str:
    return digest(f"{account.uid}:{clean_code(code)}", "slip")


@action
def open_account(*, actor: Actor, person: Person, login: str) -> Account:
    """Opens an account with a login for a person; its passphrase is set by that person alone, with a slip."""
    if not permissions.may_open_account(actor, person):
        raise NotAllowed
    try:
        login = rules.clean_login(login)
    except ValueError:
        raise BadInput({"login": [_("登录名用 3 到 40 个小写字母、数字、点或横线。")]}) from None
    account = Account.objects.filter(person=person).first() or Account(person=person, opened_at=actor.now)
    if account.login:
        raise BadInput({"login": [_("这个人已经有登录名了。")]})
    account.login = login
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise BadInput({"login": [_("这个登录名有人用了，请换一个。")]}) from None
    record_act(actor=actor, verb="account.opened", subject=account.uid, person_uid=person.uid)
    return account


@action
def give_slip(*, actor: Actor, account: Account) -> str:
    """Makes the code that is handed over in person, with which its owner sets a passphrase; earlier slips die.

    For an administrator who was in before, two others must ask within a day: the first is answered with "".
    """
    if account.person is None or not permissions.may_open_account(actor, account.person):
        raise NotAllowed
    if account.passphrase and _takes_two(actor, account.person) and not _vouched(actor, account):
        return ""
    code = _slip(actor, account)
    tell(
        actor,
        account.person,
        _("给您开了一张开通单"),
        _("用它可以重设您的密码。不是您要的，请马上告诉社区书记或管理员。"),
    )
    return code


def _takes_two(actor: Actor, person: Person) -> bool:
    """Whether a way in for this person takes two: an administrator's does, except at the machine itself."""
    if actor.channel in {"command", "demo"}:
        return False
    return any(each.post == "administrator" for each in appointments_of(person.pk, day_of(actor.now)))


def _vouched(actor: Actor, account: Account) -> bool:
    """Whether another administrator asked for the same within a day; if not, this one's asking is noted."""
    asked = OneTimeCode.objects.filter(use="vouch", key=account.uid, spent_at=None, ends_at__gt=actor.now)
    if asked.exclude(account_id=actor.account_id or 0).update(spent_at=actor.now):
        return True
    ends_at = actor.now + rules.VOUCH_LIFE
    OneTimeCode.objects.create(
        use="vouch", key=account.uid, account_id=actor.account_id, made_at=actor.now, ends_at=ends_at
    )
    person_uid = account.person.uid if account.person else ""
    record_act(actor=actor, verb="account.vouched", subject=account.uid, person_uid=person_uid)
    return False


def _slip(actor: Actor, account: Account) -> str:
    code = random_code(8)
    OneTimeCode.objects.filter(use="slip", account=account, spent_at=None).update(spent_at=actor.now)
    OneTimeCode.objects.create(
        use="slip",
        key=account.uid,
        account=account,
        digest=_slip_digest(account, code),
        made_at=actor.now,
        ends_at=actor.now + rules.SLIP_LIFE,
    )
    person_uid = account.person.uid if account.person else ""
    record_act(actor=actor, verb="account.slip_given", subject=account.uid, person_uid=person_uid)
    return code


@action
def start_account(*, actor: Actor, login: str, code: str, fresh: Fresh, device: str = "") -> Opened:
    """Sets a passphrase with a slip's code and opens the first session; old sessions end."""
    key = door_key("slip", login.strip().lower())
    if is_locked((key, door_key("address", actor.address)), actor.now):
        return Opened(words=LOCKED)
    account = account_by_login(login)
    if account is None or account.pk != fresh.account_id or not _spend_slip(actor, account, code):
        count_failure(key, actor.now)
        count_failure(door_key("address", actor.address), actor.now, rules.ADDRESS_FAILURES)
        return Opened(words=WRONG_SLIP)
    forget_failures(key)
    forget_failures(door_key("login", login.strip().lower()))
    _keep(actor, account, fresh)
    opened = open_session(actor, account, "passphrase", device)
    record_act(actor=actor, verb="account.started", subject=account.uid)
    return opened


def _spend_slip(actor: Actor, account: Account, code: str) -> bool:
    slips = OneTimeCode.objects.filter(use="slip", spent_at=None, ends_at__gt=actor.now, account=account)
    return bool(slips.filter(digest=_slip_digest(account, code)).update(spent_at=actor.now))


@action
def set_passphrase(*, actor: Actor, account: Account, proof: Proof, fresh: Fresh, token: str = "") -> Opened:
    """Changes one's own passphrase against the present one; every session ends and one new one opens."""
    if account.pk != actor.account_id or fresh.account_id != account.pk:
        raise NotAllowed
    if is_locked((proof.key,), actor.now):
        return Opened(words=LOCKED)
    if proof.account_id != account.pk:
        count_failure(proof.key, actor.now)
        return Opened(words=_("现在的密码不对。"))
    had_second = Session.objects.filter(digest=rules.token_digest(token), second_factor_at__isnull=False).exists()
    _keep(actor, account, fresh)
    opened = open_session(actor, account, "passphrase", "", with_second=had_second)
    record_act(actor=actor, verb="account.passphrase_set", subject=account.uid)
    return opened


def _keep(actor: Actor, account: Account, fresh: Fresh) -> None:
    """Store a new passphrase by compare-and-set, remember the last five, end every session."""
    history = [fresh.seen_hash, *account.history][: rules.HISTORY] if fresh.seen_hash else account.history
    found = Account.objects.filter(pk=account.pk, passphrase=fresh.seen_hash, is_active=True)
    if not found.update(passphrase=fresh.hashed, history=history, passphrase_set_at=actor.now):
        raise LostRace
    account.passphrase = fresh.hashed
    Session.objects.filter(account=account, ended_at=None).update(ended_at=actor.now)


@action
def close_account(*, actor: Actor, person: Person) -> None:
    """Shuts the account of a person who leaves, with all its sessions and codes."""
    if not permissions.may_close_account(actor, person):
        raise NotAllowed
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    Account.objects.filter(pk=account.pk).update(
        is_active=False, login=None, passphrase="", history=[], totp="", totp_new="", recovery=[]
    )
    Session.objects.filter(account=account, ended_at=None).update(ended_at=actor.now)
    OneTimeCode.objects.filter(account=account).delete()
    Pin.objects.filter(account=account).delete()
    Device.objects.filter(account=account, ended_at=None).update(ended_at=actor.now)
    record_act(actor=actor, verb="account.closed", subject=account.uid, person_uid=person.uid)


@action
def create_administrator(*, actor: Actor, name: str, login: str) -> str:
    """Makes an administrator at the machine itself and returns the slip's code; the web never can."""
    if actor.channel != "command" or not actor.holds("administrator"):
        raise NotAllowed
    (person,) = add_people(actor=actor, drafts=[PersonDraft(display_name=name)])
    appoint_people(actor=actor, drafts=[AppointmentDraft(person=person, post="administrator")])
    return _slip(actor, open_account(actor=actor, person=person, login=login))


@action
def recover_account(*, actor: Actor, account: Account) -> str:
    """Takes passphrase and second factor off an account at the machine itself and returns a new slip's code."""
    if actor.channel != "command" or not actor.holds("administrator"):
        raise NotAllowed
    Account.objects.filter(pk=account.pk).update(passphrase="", totp="", totp_new="", recovery=[])
    Session.objects.filter(account=account, ended_at=None).update(ended_at=actor.now)
    for use in ("login", "slip"):
        forget_failures(door_key(use, account.login or ""))
    forget_failures(door_key("second", account.uid))
    Device.objects.filter(account=account, ended_at=None).update(ended_at=actor.now)
    record_act(actor=actor, verb="account.recovered", subject=account.uid)
    if account.person is not None:
        tell(
            actor,
            account.person,
            _("您的账号在服务器上找回了"),
            _("旧密码和动态码都已作废。不是您要的，请马上告诉管理员。"),
        )
    return _slip(actor, account)


@action
def mark_demo(*, actor: Actor) -> None:
    """Marks this database as a demo, for good; refused where real accounts exist."""
    if actor.channel != "demo" or Account.objects.exclude(passphrase="").exists():
        raise NotAllowed
    DemoMark.objects.get_or_create(pk=1, defaults={"made_at": actor.now})
    record_act(actor=actor, verb="demo.marked")


@action
def skip_demo_days(*, actor: Actor, days: int) -> DemoMark:
    """Sets the demo's clock ahead by some days, for whoever tries it out. Raises `NotAllowed` where it is no demo."""
    mark = DemoMark.objects.filter(pk=1)
    if not mark.update(ahead_days=F("ahead_days") + days):
        raise NotAllowed
    record_act(actor=actor, verb="demo.skipped", detail={"days": days})
    return mark.get()
