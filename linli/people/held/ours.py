"""What the register of persons itself holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor, system
from linli.core.times import say_day, say_moment
from linli.people import rules
from linli.people.held import Field, Holding
from linli.people.models import Application, Appointment, Consent, Demand, Person, Tie


def _export(person_uid: str) -> list[dict[str, Any]]:
    person = Person.objects.filter(uid=person_uid).first()
    if person is None:
        return []
    rows: list[dict[str, Any]] = [
        {
            "what": str(_("个人资料")),
            "name": person.display_name,
            "name_bo": person.name_bo,
            "phone": person.phone,
            "email": person.email,
            "language": person.language,
            "channels": list(person.channels),
            "quiet": f"{person.quiet_from:%H:%M}-{person.quiet_to:%H:%M}" if person.quiet_from else "",
            "added": say_moment(person.added_at),
        }
    ]
    for post in Appointment.objects.filter(person=person).select_related("body", "place").order_by("id"):
        place = post.place.label if post.place else ""
        rows.append({"what": str(_("岗位")), "post": str(rules.post_words(post.post)), "place": place, **_days(post)})
    for tie in Tie.objects.filter(person=person).select_related("home").order_by("id"):
        kind = str(rules.TIE_KINDS[tie.kind])
        rows.append({"what": str(_("住处")), "home": tie.home.label, "kind": kind, **_days(tie)})
    for consent in Consent.objects.filter(person=person).order_by("id"):
        said = say_moment(consent.given_at) if consent.given_at else ""
        row = {"scope": consent.scope, "state": consent.state, "given": said, "text_hash": consent.text_hash}
        rows.append({"what": str(_("同意")), **row})
    told = Demand.objects.filter(person=person, told_on__isnull=False).order_by("id")
    rows += [
        {"what": str(_("机关调取")), "who": row.authority, "words": row.words, "at": say_day(row.told_on)}
        for row in told
    ]
    for sent in Application.objects.filter(person=person).select_related("building").order_by("id"):
        said = {"name": sent.name, "place": sent.building.label, "words": sent.words, "at": say_moment(sent.sent_at)}
        rows.append({"what": str(_("报名当楼长")), **said})
    return rows


def _days(row: Any) -> dict[str, str]:
    return {"from": say_day(row.from_on), "to": say_day(row.to_on) if row.to_on else ""}


def _erase(person_uid: str, actor: Actor) -> None:
    from linli.people.actions import blank_person

    blank_person(actor=actor, person_uid=person_uid)


def _retain(now: datetime) -> int:
    from linli.people.actions import forget_applications, forget_demands, review_people

    return sum(act(actor=system(now)) for act in (review_people, forget_demands, forget_applications))


_REACH, _POST, _ACCOUNT = _("联系本人办事"), _("任职公示与授权"), _("按本人意愿显示和通知")
_PAPER, _THREE = _("查得出哪个机关凭什么拿走了什么"), _("3 年")
_KNOWN = _("让邻居认得出来办事的人")
_APPLY, _NINETY = _("招募楼长，告诉本人结果"), _("没聘上的，招募结束 90 天后")
_YEAR = _("不再任职、不再住这里后 1 年")
_LONG = _("不再任职、不再住这里后 3 年")

PEOPLE = Holding(
    name="people",
    words=_("个人资料、岗位、住处和同意"),
    export=_export,
    erase=_erase,
    retain=_retain,
    fields=(
        Field("people.person.display_name", _("姓名"), _REACH, "consent / legal_duty", _LONG, "L2"),
        Field("people.person.name_bo", _("藏文姓名"), _REACH, "consent / legal_duty", _LONG, "L2"),
        Field("people.person.phone", _("电话"), _REACH, "consent / legal_duty", _YEAR, "L2"),
        Field("people.person.phone_index", _("电话的查找摘要"), _REACH, "consent / legal_duty", _YEAR, "L2"),
        Field("people.person.email", _("邮箱"), _REACH, "consent", _YEAR, "L2"),
        Field("people.person.language", _("阅读语言"), _ACCOUNT, "consent", _YEAR, "L1"),
        Field("people.person.wants_large", _("大字"), _ACCOUNT, "consent", _YEAR, "L1"),
        Field("people.person.channels", _("通知方式"), _ACCOUNT, "consent", _YEAR, "L1"),
        Field("people.person.quiet_from", _("安静时段开始"), _ACCOUNT, "consent", _YEAR, "L1"),
        Field("people.person.quiet_to", _("安静时段结束"), _ACCOUNT, "consent", _YEAR, "L1"),
        Field("people.appointment.post", _("岗位"), _POST, "legal_duty / contract", _LONG, "L1"),
        Field("people.appointment.person", _("任职的人"), _POST, "legal_duty / contract", _LONG, "L1"),
        Field(
            "people.badge.photo",
            _("工作牌上的照片"),
            _KNOWN,
            "consent",
            _("收回或撤回同意时删"),
            "L3",
        ),
        Field("people.badge.appointment", _("工作牌是谁的"), _POST, "legal_duty / contract", _LONG, "L1"),
        Field("people.application.person", _("报名当楼长的人"), _APPLY, "consent", _NINETY, "L2"),
        Field("people.application.name", _("报名人的称呼"), _APPLY, "consent", _NINETY, "L2"),
        Field("people.application.phone", _("报名人的电话"), _APPLY, "consent", _NINETY, "L2"),
        Field("people.application.phone_index", _("报名人电话的查找摘要"), _APPLY, "consent", _NINETY, "L2"),
        Field("people.application.words", _("报名时说的话"), _APPLY, "consent", _NINETY, "L2"),
        Field("people.shift.person", _("谁值班"), _POST, "legal_duty / contract", _LONG, "L1"),
        Field("people.shift.stand_in", _("谁替班"), _POST, "legal_duty / contract", _LONG, "L1"),
        Field("people.tie.person", _("住在这里的人"), _("通知到户"), "consent", _YEAR, "L2"),
        Field("people.tie.home", _("住处"), _("通知到户"), "consent", _YEAR, "L2"),
        Field("people.tie.kind", _("与住处的关系"), _("通知到户"), "consent", _YEAR, "L2"),
        Field("people.consent.person", _("同意的人"), _("证明本人同意"), "legal_duty", _LONG, "L2"),
        Field("people.consent.scope", _("同意的事项"), _("证明本人同意"), "legal_duty", _LONG, "L2"),
        Field("people.consent.witness", _("见证人"), _("证明本人同意"), "legal_duty", _LONG, "L2"),
        Field("people.demand.person", _("机关调取的是谁的信息"), _PAPER, "legal_duty", _THREE, "L2"),
        Field("people.demand.words", _("给了机关什么，或为什么不给"), _PAPER, "legal_duty", _THREE, "L2"),
        Field("people.demand.noted_by", _("登记的人"), _PAPER, "legal_duty", _THREE, "L1"),
        Field("people.demand.first_by", _("第一个同意的人"), _PAPER, "legal_duty", _THREE, "L1"),
        Field("people.demand.second_by", _("第二个同意的人"), _PAPER, "legal_duty", _THREE, "L1"),
    ),
)
