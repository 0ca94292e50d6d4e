"""People and their posts from a spreadsheet, and back into one that imports again unchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from linli.batches.imports import Checked, Importer, Outcome
from linli.batches.rules import Column
from linli.core.actor import Actor
from linli.core.errors import BadInput
from linli.core.secret import blind_index
from linli.core.times import day_of
from linli.people import rules
from linli.people.actions import AppointmentDraft, PersonDraft, add_people, appoint_people, end_appointment
from linli.people.models import Appointment, Body, Person
from linli.people.permissions import may_add_people, may_appoint
from linli.people.queries import PHONE_INDEX, bodies_by_name, in_force, persons_reached
from linli.places.models import Place

COLUMNS = (
    Column("name", _("姓名"), True, ("名字", "人员姓名", "name"), "次仁拉姆"),
    Column("name_bo", _("藏文姓名"), False, ("藏文名",), "ཚེ་རིང་ལྷ་མོ།"),
    Column("phone", _("电话"), False, ("手机", "手机号", "联系电话", "联系方式"), "13800138000"),
    Column("email", _("邮箱"), False, ("电子邮箱", "电子邮件"), ""),
    Column("language", _("语言"), False, ("阅读语言",), "中文"),
    Column("post", _("岗位"), True, ("职务", "职位"), "网格员"),
    Column("body", _("单位"), False, ("所属单位", "部门", "公司"), "雪莲社区居委会"),
    Column("place", _("范围"), False, ("负责范围", "网格", "小区", "楼栋", "位置编码"), "雪莲苑 2号楼"),
    Column("from_on", _("开始日期"), False, ("任职日期", "到岗日期"), "2026-01-01"),
    Column("to_on", _("结束日期"), False, ("离任日期", "离岗日期"), ""),
    Column("ref", _("任职编号"), False, (), ""),
)
LANGUAGE_WORDS = {"中文": "zh-hans", "汉语": "zh-hans", "藏文": "bo", "藏语": "bo", "བོད་ཡིག": "bo", "英文": "en"}
LANGUAGE_SAID = {"zh-hans": "中文", "bo": "藏文", "en": "英文"}


def _post_names() -> dict[str, str]:
    """Every word by which a post is called, in each language, to its name."""
    called = {name: name for name in rules.POSTS}
    for language in ("zh-hans", "en", "bo"):
        with override(language):
            called |= {str(post.words).casefold(): name for name, post in rules.POSTS.items()}
    return called


def day_from(typed: str) -> date | None:
    """``2026-1-5``, ``2026/01/05``, ``2026.1.5`` or ``2026年1月5日``; None for nothing. Raises `ValueError`."""
    if not typed.strip():
        return None
    plain = unicodedata.normalize("NFKC", typed).strip()
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[ T].*)?", plain)
    if found is None:
        raise ValueError(typed)
    return date(*(int(part) for part in found.groups()))


class _Known:
    """What the rows of one step may refer to, read in a handful of queries."""

    def __init__(self, actor: Actor, rows: Sequence[Mapping[str, str]]) -> None:
        self.actor = actor
        self.posts = _post_names()
        self.bodies = bodies_by_name()
        self.places = self._places({row.get("place", "").strip() for row in rows} - {""})
        refs = {row.get("ref", "").strip() for row in rows} - {""}
        held = Appointment.objects.select_related("person", "body", "place", "place__community")
        self.held = {each.uid: each for each in held.filter(uid__in=refs)}
        self.people = self._people(rows)
        ids = [person.pk for known in self.people.values() for person in known]
        open_now = Appointment.objects.filter(in_force(day_of(actor.now)), person__in=ids)
        self.holding = set(open_now.values_list("person_id", "post", "body_id", "place_id"))

    def _places(self, wanted: set[str]) -> dict[str, Place]:
        found: dict[str, Place] = {}
        for column in ("label", "tag", "code"):
            places = Place.objects.filter(**{f"{column}__in": wanted}, closed_on=None).select_related("community")
            found |= {getattr(place, column): place for place in places}
        return found

    def _people(self, rows: Sequence[Mapping[str, str]]) -> dict[tuple[str, str], list[Person]]:
        """Persons in use by name and number; without a number, those of the name in the actor's own area."""
        names = {" ".join(row.get("name", "").split()) for row in rows}
        indexes = {_index(row.get("phone", "")) for row in rows} - {""}
        found: dict[tuple[str, str], list[Person]] = {}
        for person in Person.objects.filter(phone_index__in=indexes, erased_at=None).order_by("id"):
            found.setdefault((person.display_name, person.phone_index), []).append(person)
        for person in persons_reached(self.actor, "keeps_people").filter(display_name__in=names).order_by("id"):
            found.setdefault((person.display_name, ""), []).append(person)
        return found

    def person(self, draft: PersonDraft) -> Person | None:
        """The one person that a row can only mean."""
        known = self.people.get((draft.display_name, _index(draft.phone)), [])
        return known[0] if len(known) == 1 else None


def _index(phone: str) -> str:
    try:
        return blind_index(rules.clean_phone(phone), PHONE_INDEX)
    except ValueError:
        return ""


def check(actor: Actor, rows: list[dict[str, str]], options: Mapping[str, Any]) -> list[Checked]:
    """Look rows through: what is wrong, what is new, what is there already."""
    known = _Known(actor, rows)
    checked = [_checked(known, row) for row in rows]
    seen: set[tuple[Any, ...]] = set()
    for at, one in enumerate(checked):
        if one.status == "new":
            key = tuple(one.values[part] for part in ("draft", "post", "body", "place"))
            checked[at] = Checked(one.values, (), "already") if key in seen else one
            seen.add(key)
    return checked


def _checked(known: _Known, row: Mapping[str, str]) -> Checked:
    faults: list[str] = []
    person = _person_draft(row, faults)
    post = known.posts.get(row.get("post", "").strip().casefold(), "")
    if not post:
        faults.append(
            gettext("没有“%(post)s”这个岗位。可以写：%(posts)s。") % {"post": row.get("post", ""), "posts": _posts()}
        )
    body = _looked_up(known.bodies, row.get("body", ""), _("单位“%(name)s”还没有建。请先在「单位」里加上。"), faults)
    place = _looked_up(known.places, row.get("place", ""), _("找不到范围“%(name)s”。请写完整名称或位置编码。"), faults)
    days = [_day(row, name, faults) for name in ("from_on", "to_on")]
    if person is None or faults:
        return Checked({}, faults, "refused")
    held = known.held.get(row.get("ref", "").strip())
    if held is not None:
        return _checked_held(known, held, days[1])
    return _checked_new(known, person, (post, body, place or (body.place if body else None)), days)


def _posts() -> str:
    return "、".join(str(post.words) for post in rules.POSTS.values())


def _person_draft(row: Mapping[str, str], faults: list[str]) -> PersonDraft | None:
    typed = row.get("language", "").strip()
    language = LANGUAGE_WORDS.get(typed, typed.lower() or "zh-hans")
    draft = PersonDraft(
        row.get("name", ""), row.get("name_bo", ""), row.get("phone", ""), row.get("email", ""), language
    )
    try:
        return rules.clean_draft(draft)
    except BadInput as refusal:
        faults += [str(words) for found in refusal.fields.values() for words in found]
        return None


def _looked_up(known: Mapping[str, Any], typed: str, words: Any, faults: list[str]) -> Any:
    name = typed.strip()
    if name and name not in known:
        faults.append(str(words) % {"name": name})
    return known.get(name)


def _day(row: Mapping[str, str], name: str, faults: list[str]) -> date | None:
    try:
        return day_from(row.get(name, ""))
    except ValueError:
        faults.append(gettext("日期“%(day)s”看不懂，请写成 2026-01-05。") % {"day": row.get(name, "")})
        return None


def _checked_held(known: _Known, held: Appointment, to_on: date | None) -> Checked:
    """A row that our own export wrote: unchanged, or ended."""
    if not may_appoint(known.actor, held.post, held.place, held.body):
        return Checked({}, [gettext("您不能改这个岗位。")], "refused")
    if to_on is None or to_on == held.to_on:
        return Checked({"held": held}, (), "already")
    words = gettext("结束日期：%(day)s") % {"day": to_on.isoformat()}
    return Checked({"held": held, "to_on": to_on}, (), "changed", changes=[words])


def _checked_new(
    known: _Known, person: PersonDraft, post: tuple[str, Body | None, Any], days: Sequence[date | None]
) -> Checked:
    name, body, place = post
    if not may_appoint(known.actor, name, place, body):
        words = gettext("您不能在这里任命“%(post)s”。") % {"post": rules.post_words(name)}
        return Checked({}, [words], "refused")
    kinds = rules.POSTS[name].body_kinds
    if kinds and (body is None or body.kind not in kinds):
        words = "、".join(str(rules.BODY_KINDS[kind]) for kind in kinds)
        return Checked({}, [gettext("这个岗位要属于：%(kinds)s。") % {"kinds": words}], "refused")
    if days[0] and days[1] and days[1] < days[0]:
        return Checked({}, [gettext("结束日期不能早于开始日期。")], "refused")
    same = known.person(person)
    values = {"draft": person, "person": same, "post": name, "body": body, "place": place, "days": tuple(days)}
    key = (same.pk if same else None, name, body.pk if body else None, place.pk if place else None)
    return Checked(values, (), "already" if key in known.holding else "new")


def commit(actor: Actor, rows: list[Checked], options: Mapping[str, Any]) -> list[Outcome]:
    """Take the good rows in: new people once each, however many posts they have in the file."""
    wanted = [row.values["draft"] for row in rows if row.status == "new" and row.values["person"] is None]
    unknown = list(dict.fromkeys(wanted))
    added = add_people(actor=actor, drafts=unknown) if unknown else []
    fresh = dict(zip(unknown, added, strict=True))
    drafts = []
    for row in rows:
        values = row.values
        if row.status == "changed":
            end_appointment(actor=actor, appointment=values["held"], on=values["to_on"])
        else:
            person = values["person"] or fresh[values["draft"]]
            days = values["days"]
            drafts.append(AppointmentDraft(person, values["post"], values["body"], values["place"], *days))
    if drafts:
        appoint_people(actor=actor, drafts=drafts)
    return [Outcome(row.status) for row in rows]


def gone(actor: Actor, rows: list[Checked], options: Mapping[str, Any]) -> list[str]:
    """Who holds a post of the sender's area that the file names for the same body, and is not in the file."""
    named: set[tuple[str, int | None, str]] = set()
    for row in (row.values for row in rows if not row.faults):
        held: Appointment | None = row.get("held")
        if held is not None:
            named.add((held.post, held.body_id, held.person.display_name))
        else:
            named.add((row["post"], row["body"].pk if row["body"] else None, row["draft"].display_name))
    reach = {(post, body) for post, body, _name in named}
    kept = Appointment.objects.filter(in_force(day_of(actor.now)), person__in=persons_reached(actor, "keeps_people"))
    return [
        f"{each.person.display_name} · {rules.post_words(each.post)}"
        for each in kept.filter(post__in={post for post, _body in reach}).select_related("person").order_by("id")
        if (each.post, each.body_id) in reach and (each.post, each.body_id, each.person.display_name) not in named
    ]


def export(actor: Actor, options: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """The posts in force of the actor's area. Contact data stays behind: it leaves by two persons only (PRV-037)."""
    held = Appointment.objects.filter(in_force(day_of(actor.now)), person__in=persons_reached(actor, "keeps_people"))
    for each in held.select_related("person", "body", "place").order_by("id").iterator():
        person, body = each.person, each.body.name if each.body else ""
        said = LANGUAGE_SAID.get(person.language, person.language)
        place = each.place.label if each.place else ""
        days = (each.from_on.isoformat(), each.to_on.isoformat() if each.to_on else "")
        yield (
            person.display_name,
            person.name_bo,
            "",
            "",
            said,
            str(rules.post_words(each.post)),
            body,
            place,
            *days,
            each.uid,
        )


def _may(actor: Actor) -> bool:
    return may_add_people(actor) and any(rules.POSTS[grant.post].appoints for grant in actor.grants)


PEOPLE = Importer(
    name="people",
    words=_("人员和岗位"),
    columns=COLUMNS,
    may=_may,
    check=check,
    commit=commit,
    gone=gone,
    export=export,
    help=_(
        "一行是一个人的一个岗位；一个人有几个岗位就写几行。单位和范围要先建好。导出的表不带电话，再导入也不会把电话清掉。"
    ),
)
