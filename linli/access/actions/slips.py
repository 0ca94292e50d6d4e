"""Ways in that are handed over on paper: a household's slip names a home and no person, an invitation one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.access import permissions, rules
from linli.access.actions._doors import LOCKED, Opened, bind, count_failure, hat_columns, tell
from linli.access.models import Account, OneTimeCode, Session
from linli.access.queries import door_key, is_locked
from linli.audit.actions import record_act, record_acts
from linli.audit.rules import Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.core.numbers import clean_code, random_code
from linli.core.secret import digest
from linli.core.times import day_of
from linli.people.actions import PersonDraft, register_neighbour
from linli.people.models import Person
from linli.people.queries import community_of
from linli.places.models import Place

HOUSEHOLD, INVITATION = "household", "invitation"
WRONG_PAPER = _("这个码不对，或者已经用过、过期了。请看清楚再输一遍；不行就到社区窗口换一张。")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody with a household's slip says of themself, and the PIN they chose (hashed; "" if signed in)."""

    name: str
    kind: str
    pin: str = ""


def _hidden(use: str, code: str) -> str:
    return digest(rules.digits_of(code) if use == HOUSEHOLD else clean_code(code), use)


@action
def print_slips(*, actor: Actor, homes: Sequence[Place], copies: int = 1) -> dict[str, list[str]]:
    """Makes slips by which households come in without a telephone contract (GEN-007); earlier unused ones die."""
    if not homes or not all(permissions.may_print_slips(actor, home) for home in homes):
        raise NotAllowed
    if not 1 <= copies <= 4 or len(homes) * copies > rules.HOUSEHOLD_AT_ONCE:
        raise BadInput({"copies": [_("一次最多印 400 张，请一栋一栋地印。")]})
    uids = [home.uid for home in homes]
    OneTimeCode.objects.filter(use=HOUSEHOLD, key__in=uids, spent_at=None).update(spent_at=actor.now)
    codes: dict[str, list[str]] = {uid: [] for uid in uids}
    rows = []
    for uid, code in zip([uid for uid in uids for _copy in range(copies)], _unused(len(uids) * copies), strict=True):
        codes[uid].append(code)
        ends_at = actor.now + rules.HOUSEHOLD_LIFE
        rows.append(
            OneTimeCode(use=HOUSEHOLD, key=uid, digest=_hidden(HOUSEHOLD, code), made_at=actor.now, ends_at=ends_at)
        )
    try:
        with transaction.atomic():
            OneTimeCode.objects.bulk_create(rows, batch_size=200)
    except IntegrityError:
        raise LostRace from None
    record_acts(
        actor=actor,
        records=[
            Record("home.slips_printed", home.uid, community=community_of(home), detail={"slips": copies})
            for home in homes
        ],
    )
    return codes


def _unused(wanted: int) -> list[str]:
    """So many codes that lie on no other slip."""
    found: dict[str, str] = {}
    while len(found) < wanted:
        fresh = {_hidden(HOUSEHOLD, code): code for code in (rules.household_code() for _try in range(wanted))}
        taken = OneTimeCode.objects.filter(use=HOUSEHOLD, spent_at=None, digest__in=list(fresh))
        for known in taken.values_list("digest", flat=True):
            del fresh[known]
        found.update(fresh)
    return list(found.values())[:wanted]


@action
def join_home(*, actor: Actor, code: str, newcomer: Newcomer, device: str = "") -> Opened:
    """Spends a household's slip: its bearer is registered with that home and binds this telephone by a PIN."""
    spent = _spent(actor, HOUSEHOLD, code)
    if isinstance(spent, Opened):
        return spent
    home = Place.objects.filter(uid=spent.key, closed_on=None).select_related("community").first()
    if home is None:
        return Opened(words=WRONG_PAPER)
    language = actor.language if actor.language in {"zh-hans", "bo", "en"} else "zh-hans"
    draft = PersonDraft(newcomer.name, language=language)
    person = register_neighbour(actor=actor, draft=draft, home=home, kind=newcomer.kind)
    record_act(actor=actor, verb="home.joined", subject=home.uid, community=community_of(home), person_uid=person.uid)
    if actor.account_id is not None:
        _show_new_rights(actor, person)
        return Opened()
    account = Account.objects.create(person=person, opened_at=actor.now)
    return bind(actor, account, newcomer.pin, device)


def _show_new_rights(actor: Actor, person: Person) -> None:
    """Who was signed in as a neighbour keeps the session, now with the new home's rights."""
    rights = {"snapshot": hat_columns(person, None, actor.now)["snapshot"]}
    Session.objects.filter(account_id=actor.account_id or 0, ended_at=None, appointment=None).update(**rights)


def _spent(actor: Actor, use: str, code: str) -> OneTimeCode | Opened:
    """The paper of a right code, spent by this; otherwise the words that say why not, and the try is counted."""
    key = door_key("paper", actor.address)
    if is_locked((key,), actor.now):
        return Opened(words=LOCKED)
    live = OneTimeCode.objects.filter(use=use, spent_at=None, ends_at__gt=actor.now, digest=_hidden(use, code))
    found = live.select_related("account", "account__person").first()
    if found is None or not live.filter(pk=found.pk).update(spent_at=actor.now):
        count_failure(key, actor.now, rules.PAPER_FAILURES)
        record_act(actor=actor, verb="account.sign_in_failed", detail={"by": use})
        return Opened(words=WRONG_PAPER)
    return found


@action
def forget_home_slips(*, actor: Actor, home: Place) -> None:
    """Lets the unused slips of a home die once its household has moved out."""
    if not permissions.may_print_slips(actor, home):
        raise NotAllowed
    unused = OneTimeCode.objects.filter(use=HOUSEHOLD, key=home.uid, spent_at=None)
    record_act(
        actor=actor,
        verb="home.slips_ended",
        subject=home.uid,
        community=community_of(home),
        detail={"slips": unused.update(spent_at=actor.now)},
    )


@action
def invite_person(*, actor: Actor, person: Person) -> str:
    """Makes the code, handed over in person, with which somebody binds their own telephone; earlier ones die."""
    if not permissions.may_invite(actor, person):
        raise NotAllowed
    account, _made = Account.objects.get_or_create(person=person, defaults={"opened_at": actor.now})
    code = random_code(8)
    OneTimeCode.objects.filter(use=INVITATION, account=account, spent_at=None).update(spent_at=actor.now)
    OneTimeCode.objects.create(
        use=INVITATION,
        key=account.uid,
        account=account,
        digest=_hidden(INVITATION, code),
        made_at=actor.now,
        ends_at=actor.now + rules.SLIP_LIFE,
    )
    record_act(actor=actor, verb="account.invited", subject=account.uid, person_uid=person.uid)
    tell(actor, person, _("给您开了一张邀请单"), _("用它可以把手机绑到您的账号。不是您要的，请马上告诉社区。"))
    return code


@action
def bind_phone(*, actor: Actor, code: str, pin: str, device: str = "") -> Opened:
    """Spends an invitation: its owner binds this telephone by a PIN; telephones bound before are let go."""
    spent = _spent(actor, INVITATION, code)
    if isinstance(spent, Opened):
        return spent
    account = spent.account
    if account is None or not account.is_active or account.person is None or account.person.erased_at is not None:
        return Opened(words=WRONG_PAPER)
    opened = bind(actor, account, pin, device)
    tell(
        actor,
        account.person,
        _("一部手机绑到了您的账号"),
        _("%(on)s 起，用这部手机和 PIN 可以进您的账号。不是您本人，请马上在“我的账号”里解除，并告诉社区。")
        % {"on": day_of(actor.now)},
    )
    return opened
