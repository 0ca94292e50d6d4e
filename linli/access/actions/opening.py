"""The first day: a code from the machine itself opens an empty installation, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.access.actions._doors import LOCKED, Opened, count_failure, open_session
from linli.access.actions.accounts import open_account
from linli.access.models import Account, OneTimeCode
from linli.access.queries import Fresh, door_key, is_locked, is_opened
from linli.audit.actions import record_act
from linli.core.actor import Actor, Grant
from linli.core.errors import NotAllowed, WrongState
from linli.core.flow import action
from linli.core.numbers import clean_code, random_code
from linli.core.secret import digest
from linli.people.actions import AppointmentDraft, BodyDraft, PersonDraft, add_bodies, add_people, appoint_people
from linli.places.actions import PlaceDraft, add_places

USE = "opening"
WRONG_CODE = _("开张码不对。它印在启动邻里的那个窗口里；重新启动会换一个新的。")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first person says: who they are, and of which community."""

    name: str
    login: str
    district: str
    street: str
    community: str
    office: str
    phone: str = ""


@action
def give_opening_code(*, actor: Actor) -> str:
    """Makes the code that opens an empty installation, at the machine itself; earlier ones die."""
    if actor.channel != "command" or not actor.holds("administrator"):
        raise NotAllowed
    if is_opened():
        raise WrongState
    code = random_code(8)
    OneTimeCode.objects.filter(use=USE, spent_at=None).update(spent_at=actor.now)
    OneTimeCode.objects.create(
        use=USE,
        key=USE,
        digest=digest(code, USE),
        made_at=actor.now,
        ends_at=actor.now + rules.SLIP_LIFE,
    )
    return code


@action
def open_installation(*, actor: Actor, code: str, opening: Opening, fresh: Fresh, device: str = "") -> Opened:
    """Founds an empty installation with the code from the machine: district, street, community, its office, and the
    first person as its secretary and administrator, whose first session opens.
    """
    if is_opened():
        raise WrongState(_("这里已经开张了，请直接登录。"))
    key = door_key(USE, actor.address)
    if is_locked((key,), actor.now):
        return Opened(words=LOCKED)
    live = OneTimeCode.objects.filter(use=USE, spent_at=None, ends_at__gt=actor.now)
    if not live.filter(digest=digest(clean_code(code), USE)).update(spent_at=actor.now):
        count_failure(key, actor.now)
        return Opened(words=WRONG_CODE)
    founder = replace(actor, hat="administrator", grants=(Grant("administrator", "everywhere"),))
    account = _found(founder, opening)
    Account.objects.filter(pk=account.pk).update(passphrase=fresh.hashed, passphrase_set_at=actor.now)
    record_act(actor=actor, verb="account.founded", subject=account.uid, person_uid=_uid(account))
    return open_session(actor, account, "passphrase", device)


def _found(founder: Actor, opening: Opening) -> Account:
    """Places, the office and the first person, by ordinary actions."""
    district = PlaceDraft(level="district", name=opening.district)
    street = PlaceDraft(level="street", name=opening.street, parent=district)
    community = PlaceDraft(level="community", name=opening.community, parent=street)
    home = add_places(actor=founder, drafts=[district, street, community])[-1]
    office = BodyDraft(name=opening.office, kind="community_office", place=home, phone=opening.phone)
    (body,) = add_bodies(actor=founder, drafts=[office])
    (person,) = add_people(actor=founder, drafts=[PersonDraft(display_name=opening.name)])
    posts = [AppointmentDraft(person, "secretary", body, home), AppointmentDraft(person, "administrator")]
    appoint_people(actor=founder, drafts=posts)
    return open_account(actor=founder, person=person, login=opening.login)


def _uid(account: Account) -> Any:
    return account.person.uid if account.person else ""
