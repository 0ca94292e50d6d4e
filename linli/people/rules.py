"""Posts and what each may do, kinds of bodies, names and numbers as people write them. Plain values in and out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.core.actor import LEVELS
from linli.core.declare import Register
from linli.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its words, the level of place it is usually given for, and what it may do there.

    ``body_kinds`` are the bodies that can give it (none named: it needs no body). ``is_staff`` posts are worn only
    after a passphrase, or with a PIN on a bound telephone where ``opens_by_pin``; ``needs_second_factor`` ones after a
    second proof too (B.11.4).
    """

    name: str
    words: Any
    level: str
    body_kinds: tuple[str, ...] = ()
    is_staff: bool = True
    opens_by_pin: bool = False
    needs_second_factor: bool = False
    sees_people: bool = False
    sees_contact: bool = False
    keeps_people: bool = False
    appoints: tuple[str, ...] = ()


_NEIGHBOURHOOD = ("resident", "captain", "grid_worker", "desk", "property_staff", "property_manager", "committee")
_OFFICE = ("community_office",)
_EVERY_POST = (
    "resident", "captain", "grid_worker", "desk", "secretary", "property_staff", "property_manager", "committee",
    "branch_secretary", "street_officer", "district_officer", "administrator", "auditor",
)  # fmt: skip

POSTS: dict[str, Post] = {
    post.name: post
    for post in (
        Post("resident", _("居民"), "compound", is_staff=False),
        Post("captain", _("楼长"), "building", is_staff=False),
        Post("grid_worker", _("网格员"), "grid", _OFFICE, sees_people=True, sees_contact=True),
        Post("desk", _("社区窗口"), "community", _OFFICE, sees_people=True, sees_contact=True, keeps_people=True),
        Post(
            "secretary", _("社区书记"), "community", _OFFICE, needs_second_factor=True, sees_people=True,
            sees_contact=True, keeps_people=True, appoints=_NEIGHBOURHOOD,
        ),
        Post("property_staff", _("物业维修员"), "compound", ("company", "team", "unit"), opens_by_pin=True),
        Post(
            "property_manager", _("物业经理"), "compound", ("company", "team", "unit"), appoints=("property_staff",)
        ),
        Post("committee", _("业委会成员"), "compound", ("owners_committee",)),
        Post("branch_secretary", _("党支部书记"), "community", ("branch",), needs_second_factor=True),
        Post(
            "street_officer", _("街道工作人员"), "street", ("street_office",), needs_second_factor=True,
            appoints=(*_NEIGHBOURHOOD, "secretary", "branch_secretary"),
        ),
        Post(
            "district_officer", _("区级工作人员"), "district", ("district_office",), needs_second_factor=True,
            appoints=("street_officer",),
        ),
        Post(
            "administrator", _("系统管理员"), "everywhere", needs_second_factor=True, sees_people=True,
            keeps_people=True, appoints=_EVERY_POST,
        ),
        Post("auditor", _("审计员"), "everywhere", needs_second_factor=True),
    )
}  # fmt: skip

BODY_KINDS: dict[str, Any] = {
    "community_office": _("社区居委会"),
    "branch": _("党支部"),
    "owners_committee": _("业主委员会"),
    "company": _("物业公司"),
    "team": _("维修队伍"),
    "unit": _("部门单位"),
    "street_office": _("街道办事处"),
    "district_office": _("区级部门"),
    "partner": _("共建单位"),
    "resident_unit": _("驻地单位"),
    "shop": _("商铺"),
}
BODY_LEVELS = 6
"""How deep bodies may stand under one another, beside the tree of places."""
TIE_KINDS: dict[str, Any] = {"owner": _("业主"), "family": _("家人"), "tenant": _("租户")}
CHANNELS: dict[str, Any] = {"sms": _("短信"), "email": _("电子邮件")}
CONSENT_STATES: dict[str, Any] = {
    "given": _("已同意"),
    "changed": _("已重新同意"),
    "withdrawn": _("已撤回"),
    "expired": _("已到期"),
}
PURPOSES: dict[str, Any] = {
    "call_back": _("回电话，核实反映的事"),
    "visit": _("约上门处理的时间"),
    "tell": _("告诉本人办理结果"),
    "rang": _("本人来电，核对身份"),
    "correct": _("核对、更正本人资料"),
    "urgent": _("紧急情况，需要马上联系"),
}
"""Why contact data may be shown: a closed list (PRV-036, PRV-038)."""


REVIEW_AFTER = timedelta(days=365)
"""A year after the last post or tie ended, contact data goes (B.11.6: post end + 1 year)."""
REVIEW_AGAIN = timedelta(days=90)
TOMBSTONE_AFTER = timedelta(days=2 * 365)
"""Two years later the name goes too, and a nameless row stays (PRV-030: three years in all)."""
PURGE_AFTER = timedelta(days=29)
"""Who asked to be erased is wiped within thirty days (PRV-035); the tick has a day's grace."""
GONE = "已注销"


class Keep(StrEnum):
    """What retention does with a person's row."""

    AS_IS = "as it is"
    WITHOUT_CONTACT = "without contact data"
    AS_TOMBSTONE = "as a tombstone"


def keep_how(today: date, last_needed_on: date, *, is_needed: bool) -> Keep:
    """In which form a person's row is kept: two stages after it was last needed (HOUSE 7)."""
    if is_needed or today < last_needed_on + REVIEW_AFTER:
        return Keep.AS_IS
    if today < last_needed_on + REVIEW_AFTER + TOMBSTONE_AFTER:
        return Keep.WITHOUT_CONTACT
    return Keep.AS_TOMBSTONE


def is_self(actor: Any, person: Any) -> bool:
    """Whether the actor is that very person."""
    return actor.person_id is not None and actor.person_id == person.pk


SHOWN = {"phone": _("电话"), "email": _("邮箱"), "name": _("姓名"), "words": _("反映的话")}
CONTACT_WORDS: dict[str, Any] = {**SHOWN, "reporter_phone": _("电话")}
EXPORT_WORDS: dict[str, Any] = {
    **CONTACT_WORDS,
    "name_bo": _("藏文姓名"),
    "language": _("看哪种文字"),
    "channels": _("通知方式"),
    "quiet": _("安静时段"),
    "added": _("登记时间"),
    "post": _("岗位"),
    "place": _("地方"),
    "home": _("住处"),
    "kind": _("关系"),
    "from": _("从"),
    "to": _("到"),
    "scope": _("事项"),
    "state": _("状态"),
    "given": _("同意时间"),
    "text_hash": _("文字版本"),
    "who": _("谁"),
    "number": _("编号"),
    "words": _("内容"),
    "at": _("时间"),
    "login": _("登录名"),
    "opened": _("开通时间"),
    "second_factor": _("动态码"),
    "started": _("登录时间"),
    "last_seen": _("最后使用"),
    "address": _("网络地址"),
    "device": _("浏览器"),
    "reported": _("反映时间"),
    "category": _("哪一类"),
    "where": _("在哪里"),
    "source": _("怎么反映的"),
    "ratings": _("打的分"),
}


def say_held(value: Any) -> str:
    """A value of an export as its owner reads it."""
    if isinstance(value, bool):
        return str(_("有") if value else _("没有"))
    if isinstance(value, list):
        return "、".join(say_held(part) for part in value)
    if isinstance(value, dict):
        return " · ".join(say_held(part) for part in value.values() if part)
    for words in (LANGUAGE_NAMES, CHANNELS, CONSENT_STATES):
        if value in words:
            return str(words[value])
    return str(value)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A page that an upper module has about each person: shown on theirs to whom ``may(actor, person)`` says."""

    name: str
    words: Any
    url_name: str
    may: Callable[[Any, Any], bool]


PERSON_PAGES: Register[PersonPage] = Register("page about a person")


def words_for(names: Iterable[str]) -> dict[str, Any]:
    """What the reader sees for posts, purposes and columns; unknown names stay away."""
    known = {name: post.words for name, post in POSTS.items()} | PURPOSES | EXPORT_WORDS
    return {name: known[name] for name in names if name in known}


AUDIT_WORDS: dict[str, Any] = {
    "person.added": _("登记了一个人"),
    "person.registered": _("自己登记了"),
    "person.corrected": _("更正了资料"),
    "person.preferred": _("改了通知方式"),
    "person.exported": _("带走了自己的资料"),
    "person.erased": _("注销了"),
    "person.purged": _("把注销的人彻底删掉"),
    "person.blanked": _("清空了资料"),
    "person.contact_lapsed": _("联系方式到期清空"),
    "person.lapsed": _("姓名到期清空"),
    "person.appointed": _("给了岗位"),
    "person.appointment_ended": _("结束了岗位"),
    "tie.stated": _("记下住处"),
    "tie.ended": _("结束住处"),
    "home.cleared": _("记下这一户搬走了"),
    "body.added": _("添了单位"),
    "body.changed": _("改了单位"),
    "consent.asked": _("问了同意"),
    "consent.given": _("同意了"),
    "consent.changed": _("重新同意了"),
    "consent.withdrawn": _("撤回了同意"),
    "consent.expired": _("同意到期"),
}


def posts_that(right: str) -> tuple[str, ...]:
    """The names of the posts whose ``right`` (a field of `Post`) is set."""
    return tuple(name for name, post in POSTS.items() if getattr(post, right))


def post_words(name: str) -> Any:
    """What the reader sees for a post's name; an unknown one is shown as it is."""
    return POSTS[name].words if name in POSTS else name


def grant_place(post: str, place: Any) -> tuple[str, int | None]:
    """The level and place id that a post over ``place`` reaches.

    Without a place an installation-wide post reaches everywhere and any other nowhere; a stairwell's, home's or
    spot's post reaches the narrowest level that matters carry (its building, or what stands above).
    """
    if place is None:
        return ("everywhere", None) if POSTS[post].level == "everywhere" else ("nowhere", None)
    if place.level in LEVELS:
        return place.level, place.pk
    for level in reversed(LEVELS):
        above = getattr(place, f"{level}_id")
        if above is not None:
            return level, above
    return "nowhere", None


def clean_name(typed: str) -> str:
    """A display name of 1-60 characters in any script (GEN-007). Raises `ValueError`."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 1 <= len(name) <= 60 or any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"} for letter in name):
        raise ValueError(typed)
    return name


_PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|[1-9]\d{4}")


def clean_phone(typed: str) -> str:
    """A telephone number as bare figures: a mobile, a landline with or without its area code, or a hotline's five.

    Raises `ValueError`; empty stays empty.
    """
    number = re.sub(r"[\s\-()().·]", "", unicodedata.normalize("NFKC", typed))
    number = re.sub(r"^(\+|00)?86(?=1[3-9])", "", number)
    if number and not _PHONE.fullmatch(number):
        raise ValueError(typed)
    return number


def is_mobile(number: str) -> bool:
    """Whether a cleaned number can receive a text message."""
    return len(number) == 11 and number.startswith("1")


def _nothing_stops(_actor: Any, _person: Any) -> None:
    return


@dataclass(frozen=True, slots=True)
class Scope:
    """One question that a person may answer with yes: one scope, one tick, no bundle (PRV-042).

    ``text`` is the whole notice (who, why, what, how long, how to take it back: PIPL 17); ``on_withdrawn(actor,
    person)`` lets the declaring module stop at once.
    """

    name: str
    words: Any
    text: Any
    days: int = 365
    is_sensitive: bool = False
    on_withdrawn: Callable[[Any, Any], None] = _nothing_stops


SCOPES: Register[Scope] = Register("consent scope")


def text_hash(scope: str, language: str) -> str:
    """Which version of a scope's text somebody was shown in a language."""
    with override(language):
        words = f"{language}\n{SCOPES.get(scope).text}"
    return hashlib.sha256(words.encode()).hexdigest()


LANGUAGE_NAMES = {"zh-hans": "中文", "bo": "བོད་ཡིག", "en": "English"}
"""Each by its own name, whatever language the page is in."""
LANGUAGES = tuple(LANGUAGE_NAMES)


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as typed."""

    display_name: str
    name_bo: str = ""
    phone: str = ""
    email: str = ""
    language: str = "zh-hans"


def clean_draft(draft: PersonDraft) -> PersonDraft:
    """The draft as it will be stored. Raises `BadInput` with every field that has to be changed."""
    wrong: dict[str, list[Any]] = {}
    name = _cleaned(wrong, "display_name", clean_name, draft.display_name, _("名字写 1 到 60 个字，任何文字都可以。"))
    name_bo = draft.name_bo.strip()
    if name_bo:
        name_bo = _cleaned(wrong, "name_bo", clean_name, name_bo, _("藏文名字写 1 到 60 个字。"))
    phone = _cleaned(wrong, "phone", clean_phone, draft.phone, _("电话号码不对。手机 11 位，座机带区号。"))
    email = draft.email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            wrong["email"] = [_("邮箱地址不对，请再看一下。")]
    if draft.language not in LANGUAGES:
        wrong["language"] = [_("请选中文、藏文或英文。")]
    if wrong:
        raise BadInput(wrong)
    return PersonDraft(name, name_bo, phone, email, draft.language)


def _cleaned(wrong: dict[str, list[Any]], field: str, clean: Any, typed: str, words: Any) -> str:
    try:
        return str(clean(typed))
    except ValueError:
        wrong[field] = [words]
        return ""


BADGE_PHOTO = "badge_photo"
OUR_SCOPES = (
    Scope(
        "contact",
        _("打电话、发短信告诉我社区的事"),
        _(
            "社区居委会想用您留下的电话告诉您停水停电、开会和您关心的事。只存电话，只给社区窗口和网格员用，"
            "每看一次都记下来，您可以在「谁看过我的信息」里看到。一年后到期再问一次。不同意也不影响您反映问题和办事；"
            "随时可以在「我的」里撤回。有意见可以打社区电话，或向网信部门反映。"
        ),
    ),
    Scope(
        "public_phone",
        _("把我的工作电话公开给邻居"),
        _(
            "您担任楼长或网格员，社区想把您的电话写在楼道公示牌和这一栋的页面上，方便邻居找您。只公开姓名、岗位和这个电话。"
            "任期结束或您撤回后马上取下。不同意也不影响您任职；随时可以在「我的」里撤回。"
        ),
    ),
)
