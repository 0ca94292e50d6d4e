"""A telephone and a code that is sent to it: the residents' way in, where text messages are configured."""

from __future__ import annotations

import secrets

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.access.actions._doors import LOCKED, Opened, count_failure, open_session
from linli.access.models import Account, OneTimeCode
from linli.access.queries import can_send_codes, door_key, is_locked
from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed, TooMany
from linli.core.flow import action
from linli.core.secret import digest
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.people.actions import PersonDraft, register_person
from linli.people.models import Person
from linli.people.queries import persons_by_phone
from linli.people.rules import clean_phone, is_mobile

USE = "phone"
WRONG_CODE = _("验证码不对，或者过了五分钟。请再看一下短信，或重新发一个。")


def _mobile(typed: str) -> str:
    try:
        number = clean_phone(typed)
    except ValueError:
        number = ""
    if not is_mobile(number):
        raise BadInput({"phone": [_("请写 11 位手机号。")]})
    return number


def _key(number: str) -> str:
    return digest(number, "code-number")


@action
def send_code(*, actor: Actor, phone: str) -> None:
    """Sends a one-time code to a telephone; the answer is the same whether the number is known or not."""
    if not can_send_codes() or actor.is_signed_in:
        raise NotAllowed(_("这里现在发不了短信。请当面到社区办理，或用登录名和密码。"))
    number = _mobile(phone)
    made = OneTimeCode.objects.filter(use=USE, made_at__gt=actor.now - rules.CODES_PER_NUMBER[-1][0])
    here = list(made.filter(address=actor.address).values_list("made_at", flat=True)) if actor.address else []
    sent = list(made.filter(key=_key(number)).values_list("made_at", flat=True))
    if rules.too_many(sent, rules.CODES_PER_NUMBER, actor.now) or rules.too_many(
        here, rules.CODES_PER_ADDRESS, actor.now
    ):
        raise TooMany(_("验证码发得太频繁了。请等一分钟再发；今天次数用完的话，明天再试或打社区电话。"))
    code = f"{secrets.randbelow(1_000_000):06d}"
    OneTimeCode.objects.filter(use=USE, key=_key(number), spent_at=None).update(spent_at=actor.now)
    OneTimeCode.objects.create(
        use=USE,
        key=_key(number),
        digest=digest(f"{number}:{code}", "code"),
        address=actor.address,
        made_at=actor.now,
        ends_at=actor.now + rules.CODE_LIFE,
    )
    words = gettext("验证码 %(code)s，五分钟内有效。社区的人不会向您要这个码。") % {"code": code}
    message = Message("code", gettext("登录验证码"), words, phone=number, urgent=True, language=actor.language)
    queue_notices(actor=actor, messages=[message])
    record_act(actor=actor, verb="account.code_sent")


@action
def sign_in_by_code(*, actor: Actor, phone: str, code: str, device: str = "") -> Opened:
    """Opens a resident's session for the right code; who is new is registered with nothing but the number."""
    if not can_send_codes() or actor.is_signed_in:
        raise NotAllowed
    number = _mobile(phone)
    address_key = door_key("address", actor.address)
    if is_locked((address_key,), actor.now):
        return Opened(words=LOCKED)
    typed = "".join(letter for letter in code if letter.isdigit())
    live = OneTimeCode.objects.filter(
        use=USE, key=_key(number), spent_at=None, ends_at__gt=actor.now, tries__lt=rules.CODE_TRIES
    )
    if not live.filter(digest=digest(f"{number}:{typed}", "code")).update(spent_at=actor.now):
        live.update(tries=F("tries") + 1)
        count_failure(address_key, actor.now, rules.ADDRESS_FAILURES)
        record_act(actor=actor, verb="account.sign_in_failed", detail={"by": "code"})
        return Opened(words=WRONG_CODE)
    account = _account(actor, number)
    opened = open_session(actor, account, "code", device)
    record_act(actor=actor, verb="account.signed_in", subject=account.uid, detail={"by": "code"})
    return opened


def _account(actor: Actor, number: str) -> Account:
    """The account of that number's person: one that exists first, else the person first known, else a new one."""
    people = list(persons_by_phone(number))
    known = Account.objects.filter(person__in=people, is_active=True).select_related("person").order_by("id").first()
    if known is not None:
        return known
    person: Person
    if people:
        person = people[0]
    else:
        name = gettext("居民 %(tail)s") % {"tail": number[-4:]}
        language = actor.language if actor.language in {"zh-hans", "bo", "en"} else "zh-hans"
        person = register_person(actor=actor, draft=PersonDraft(name, phone=number, language=language))
    return Account.objects.create(person=person, opened_at=actor.now)
