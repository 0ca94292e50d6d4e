"""What those who reported and those who follow are told at each step, in plain words and their own language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.charters.rules import Charter
from linli.core.actor import Actor
from linli.core.asked import Question, Told
from linli.core.times import say_moment
from linli.matters.models import Follower, Matter
from linli.notices.rules import Message
from linli.tickets.models import Ticket
from linli.tickets.queries.waiting import duty_shift

NEWS: dict[str, tuple[Any, Any]] = {
    "filed": (_("已送到社区：%(what)s"), _("编号 %(number)s。最晚 %(step_due)s 有人接。")),
    "accepted": (_("社区接下了：%(what)s"), _("正在安排人，最晚 %(step_due)s 交办。")),
    "refused": (_("这件事不归社区办：%(what)s"), _("%(reason)s %(note)s %(next)s")),
    "transferred": (_("转给了%(to)s：%(what)s"), _("%(note)s")),
    "dispatched": (_("%(who)s来办：%(what)s"), _("最晚 %(due)s 办好。")),
    "taken": (_("有人接了：%(what)s"), _("%(who)s在办，最晚 %(due)s 办好。")),
    "returned": (_("换谁来办，社区在定：%(what)s"), _("最晚 %(step_due)s 定下来。")),
    "handed_up": (_("报给了%(who)s：%(what)s"), _("这件事要上一级才办得了。")),
    "asked": (_("有句话要问您：%(what)s"), _("%(note)s 请在 %(until)s 前回话，回了就接着办。")),
    "paused": (_("先停一停：%(what)s"), _("%(reason)s %(note)s 到 %(until)s 接着办。")),
    "resumed": (_("接着办了：%(what)s"), _("最晚 %(due)s 办好。")),
    "extended": (_("要多等几天：%(what)s"), _("%(note)s 改为最晚 %(due)s 办好。")),
    "to_meeting": (_("要大家商量：%(what)s"), _("%(day)s 上议事会。")),
    "from_meeting": (_("议事会定了：%(what)s"), _("%(note)s")),
    "explained": (_("这件事办不到，原因在这里：%(what)s"), _("%(note)s 您可以请求再看一遍。")),
    "finished": (_("办好了：%(what)s"), _("%(note)s 社区先核对一遍，再请您打分。")),
    "checked": (_("请您打分：%(what)s"), _("修好了吗？满意吗？最晚 %(step_due)s。没修好就说没修好。")),
    "closed": (_("办完了：%(what)s"), _("%(note)s")),
    "rework": (_("重新办：%(what)s"), _("还由%(who)s办，最晚 %(due)s。")),
    "review": (_("换人来看：%(what)s"), _("请了上面的人和另一个单位来看。")),
    "reviewed": (_("重新看过了：%(what)s"), _("%(note)s")),
    "reopened": (_("接着办：%(what)s"), _("最晚 %(due)s 办好。")),
    "rating_reminder": (_("还没打分：%(what)s"), _("打不打都行；不打分不算满意。")),
    "merged": (_("和邻居反映的一起办：%(what)s"), _("以后每一步照样告诉您，办好了您也能打分。")),
    "unmerged": (_("分开单独办了：%(what)s"), _("编号还是 %(number)s。")),
    "put_away": (_("先收起来了：%(what)s"), _("等了五个工作日没有您的回话。15 天里随时可以再提起来。")),
    "turned_general": (_("今天没办完，接着办：%(what)s"), _("改为最晚 %(due)s 办好。")),
    "recounted": (_("放假安排变了：%(what)s"), _("改为最晚 %(due)s 办好。")),
    "relocated": (_("地点改好了：%(what)s"), _("编号还是 %(number)s。")),
    "reinstated": (_("刚才结错了，接着办：%(what)s"), _("%(note)s")),
    "supervised": (_("已经督办：%(what)s"), _("超过期限五个工作日了，上一级在盯着。")),
    "contact": (_("%(who)s和您联系过了：%(what)s"), ""),
}

FOLLOWERS = Question(
    lambda: Follower.objects.filter(matter_id=Told("matter"), person__isnull=False).select_related("person")
)


class Reader(NamedTuple):
    """Somebody to be told: a person or a bare telephone, and their language."""

    person_id: int | None
    phone: str
    language: str
    uid: str


def readers_of(ticket: Ticket) -> Iterator[Reader]:
    """The reporter, those of what was merged into it, and the followers: two reads, three where voices joined."""
    matter = ticket.matter
    told: set[int] = set()
    voices = [ticket]
    if matter.voices > 1:
        voices += [
            merge.child
            for merge in ticket.voices.filter(ended_at=None).select_related("child__matter", "child__reporter")
        ]
    for voice in voices:
        if voice.wants_reply and (voice.reporter_id or voice.reporter_phone):
            told |= {voice.reporter_id} if voice.reporter_id else set()
            phone = "" if voice.reporter_id else voice.reporter_phone
            yield Reader(voice.reporter_id, phone, voice.language, voice.matter.uid)
    for follower in FOLLOWERS.rows(matter=matter.pk):
        if follower.person_id not in told and follower.role != "reporter":
            yield Reader(follower.person_id, "", follower.person.language if follower.person else "", matter.uid)


def facts_of(ticket: Ticket, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The facts a sentence may name, in one language; moments are written out."""
    matter = ticket.matter
    known = {
        "what": matter.title,
        "number": matter.number,
        "due": matter.due_at,
        "step_due": matter.step_due_at or matter.due_at,
        **dict.fromkeys(("reason", "note", "next", "to", "until", "day"), ""),
        **facts,
    }
    if "who" not in known:
        known["who"] = matter.holder_body.name if matter.holder_body else _("楼栋长和网格员")
    return {
        name: (say_moment(value, language) if isinstance(value, datetime) else "—" if value is None else str(value))
        for name, value in known.items()
    }


def news_of(actor: Actor, ticket: Ticket, news: str, facts: Mapping[str, Any]) -> list[Message]:
    """The messages about one step to all who follow, except the one who took it."""
    others = [one for one in readers_of(ticket) if one.person_id is None or one.person_id != actor.person_id]
    return messages_to(others, ticket, news, facts)


def receipt_of(ticket: Ticket, facts: Mapping[str, Any]) -> list[Message]:
    """The message that a report has come in, for its reporter; asks the database nothing."""
    if not (ticket.reporter_id or (ticket.reporter_phone and ticket.filed_by_id)):
        return []
    reader = Reader(ticket.reporter_id, ticket.reporter_phone, ticket.language, ticket.matter.uid)
    return messages_to([reader], ticket, "filed", facts)


def messages_to(readers: Iterable[Reader], ticket: Ticket, news: str, facts: Mapping[str, Any]) -> list[Message]:
    """One step's message to each reader in that reader's language."""
    title, words = NEWS[news]
    messages = []
    for reader in readers:
        with override(reader.language or "zh-hans"):
            known = facts_of(ticket, facts, reader.language or "zh-hans")
            messages.append(
                Message(
                    f"ticket.{news}",
                    str(title) % known,
                    " ".join((str(words) % known).split()),
                    url=f"/tickets/{reader.uid}/",
                    person_id=reader.person_id,
                    phone=reader.phone,
                    subject=reader.uid,
                    language=reader.language,
                )
            )
    return messages


def on_duty(matter: Matter, at: datetime, charter: Charter | None) -> list[Message]:
    """Out of hours: the word to whoever is on duty and to the stand-in, past their quiet hours."""
    shift = duty_shift(matter, at, charter)
    if shift is None:
        return []
    title = _("值班：%(what)s") % {"what": matter.title}
    words = _("下班时间来的，请先打电话问清楚再处理。")
    url = f"/tickets/{matter.uid}/"
    people = [each for each in (shift.person, shift.stand_in) if each is not None]
    return [
        Message("ticket", title, words, url=url, person_id=each.pk, subject=matter.uid, urgent=True,
                language=each.language)
        for each in people
    ]  # fmt: skip
