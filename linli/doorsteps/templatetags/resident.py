"""What a resident's page says of a report: where it stands in one sentence, by when, on which bead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.charters.rules import Charter
from linli.core.times import day_of, end_of_day, say_day, say_moment
from linli.doorsteps.rules import beads_of
from linli.matters.models import Matter
from linli.matters.queries import Bead, Line
from linli.people.models import Body
from linli.places.queries import label_of
from linli.tickets import states
from linli.tickets.models import Ticket
from linli.tickets.queries import charter_for
from linli.ui.rules import time_left
from linli.ui.templatetags.words import drawn

register = template.Library()


@register.filter
def beads(matter: Matter) -> str:
    """The small thread of a report."""
    return " ".join(beads_of(matter.state))


@register.filter
def state_said(matter: Matter) -> Any:
    """The state in a resident's words."""
    return states.FLOW.states[matter.state].words


@register.filter
def body_said(body: Body | None) -> str:
    """A body's name in the reader's language."""
    if body is None:
        return ""
    return (body.name_bo if (get_language() or "").startswith("bo") else "") or body.name


@register.filter
def what_of(matter: Matter, charter: Charter) -> str:
    """What it is about, in the reader's language: the category's words; the title where it has none."""
    category = charter.categories.get(matter.category_code)
    order = charter.orders.get(matter.category_code)
    return str(category.words if category else order.words if order else matter.title)


@register.filter
def what_is(ticket: Ticket) -> str:
    """The same for a report, by the charter it began with."""
    return what_of(ticket.matter, charter_for(ticket.matter))


@register.simple_tag(takes_context=True)
def by_when(context: Any, matter: Matter) -> dict[str, Any]:
    """The chip of a list: by when it is to be done, or what it waits for."""
    now = context["actor"].now
    if matter.is_done:
        return {"kind": "done", "words": _("办完了") if matter.state == states.CLOSED else _("结束了")}
    if matter.state == states.AWAITING_RATING:
        return {"kind": "soon", "words": _("等您打分")}
    if matter.paused_at is not None:
        return {"kind": "wait", "words": _("先停着")}
    due = matter.due_at or matter.step_due_at
    if due is None:
        return {"kind": "wait", "words": _("在等")}
    left = time_left(due, now)
    return {"kind": left.kind, "words": _("超过了 %(when)s") % {"when": say_short(due, now)}
            if left.kind == "late" else _("%(when)s前") % {"when": say_short(due, now)}}  # fmt: skip


def say_short(due: datetime, now: datetime) -> str:
    """``今天 18:00``, ``今天 24:00``, ``12月9日``."""
    today = day_of(now)
    if due <= end_of_day(today) and due > end_of_day(today - timedelta(days=1)):
        return _("今天 %(time)s") % {"time": say_moment(due).rsplit(" ", 1)[-1]}
    return say_day(day_of(due - timedelta(seconds=1))).rsplit(" ", 1)[0] if not _is_en() else say_day(day_of(due))


def _is_en() -> bool:
    return (get_language() or "").startswith("en")


@register.simple_tag
def standing(ticket: Ticket) -> str:
    """Who has it, how far it is, by when: one sentence."""
    matter = ticket.matter
    holder = body_said(matter.holder_body)
    moments = {
        "due": matter.due_at,
        "step": matter.step_due_at,
        "until": matter.paused_until,
        "closed": matter.closed_at,
    }
    facts = {
        "who": holder or _("社区"),
        "hands": holder or _("楼栋长和网格员"),
        "day": say_day(matter.table_on) if matter.table_on else _("下次议事日"),
        "reason": _reason(ticket),
        **{name: say_moment(at) for name, at in moments.items() if at},
    }
    if matter.state == states.ACCEPTED and matter.step_due_at is None and matter.due_at is not None:
        return _("%(who)s接下了，最晚 %(due)s 办好。") % facts
    try:
        return _sentences()[matter.state] % facts
    except KeyError:
        return f"{state_said(matter)}。"


def _reason(ticket: Ticket) -> str:
    matter = ticket.matter
    if matter.paused_at is None:
        return ""
    try:
        return str(charter_for(matter).reason("pause", matter.paused_reason).words)
    except KeyError:
        return _("在等")


def _sentences() -> dict[str, str]:
    """The sentence of each state, with places for its facts; where a fact is not known, the state's own words stand."""
    return {
        states.SUBMITTED: _("已送到%(who)s，最晚 %(step)s 有人接。"),
        states.ACCEPTED: _("%(who)s接下了，最晚 %(step)s 交给人办。"),
        states.DISPATCHED: _("交给了%(hands)s，最晚 %(due)s 办好。"),
        states.RETURNED: _("换谁来办，社区最晚 %(step)s 定下来。"),
        states.IN_PROGRESS: _("%(hands)s正在办，最晚 %(due)s 办好。"),
        states.PAUSED: _("先停一停：%(reason)s。%(until)s 接着办。"),
        states.AWAITING_REPORTER: _("有句话要问您，请在 %(until)s 前回话。"),
        states.AWAITING_MEETING: _("要大家商量：%(day)s 上议事会。"),
        states.RESOLVED: _("%(hands)s说办好了，最晚 %(step)s 由别的人核对。"),
        states.AWAITING_RATING: _("办好了，也核对过了。请您打分，最晚 %(step)s。"),
        states.UNDER_REVIEW: _("换了人重新看，看完告诉您。"),
        states.CLOSED: _("%(closed)s 办完了。"),
        states.CLOSED_EXPLAINED: _("这件事办不到，原因写在下面。"),
        states.NOT_ACCEPTED: _("不归社区办，该找谁写在下面。"),
        states.TRANSFERRED: _("已转给管这事的部门，转到哪儿写在下面。"),
        states.MERGED: _("和邻居反映的并在一起办。"),
        states.WITHDRAWN: _("先收起来了，十五天里还可以再提。"),
    }


@register.simple_tag(takes_context=True)
def can_print(context: Any) -> bool:
    """Whether this browser opens a sheet for printing: WeChat's own would hand it over as a download."""
    return "MicroMessenger" not in context["request"].headers.get("User-Agent", "")


@register.filter
def where_of(matter: Matter) -> str:
    """Where it is, in the reader's language."""
    return label_of(matter.place) if matter.place else ""


register.filter("place_said", label_of)


@register.filter
def day_said(at: datetime) -> str:
    """The day of a moment."""
    return say_day(day_of(at))


@register.filter
def steps_ahead(ticket: Ticket) -> list[dict[str, str]]:
    """The stations of a report from where it stands, the next one with its time."""
    states_of_beads = beads_of(ticket.matter.state)
    steps = []
    for words, state in zip(states.STATIONS.values(), states_of_beads, strict=True):
        steps.append({"words": str(words), "state": state, "when": ""})
    ahead = next((step for step in steps if step["state"] == "next"), None)
    if ahead is not None and ticket.matter.step_due_at is not None:
        ahead["when"] = _("最晚 %(when)s") % {"when": say_moment(ticket.matter.step_due_at)}
    return steps


QUIET = frozenset({"matter.linked", "matter.unlinked", "matter.reminded"})
"""Lines that tell a resident nothing."""


@register.simple_tag
def station(bead: Bead) -> str:
    """A bead of the way: its words, when it was reached, what was told there."""
    lines = []
    for line in told(bead):
        words = str(line.words) if line.entry.at != bead.at else ""
        if words or line.note:
            lines.append((words, say_moment(line.entry.at), line.note))
    when = say_moment(bead.at) if bead.at else ""
    return drawn("doorsteps/_station.html", words=str(bead.words), state=bead.state, when=when, lines=tuple(lines))


def told(bead: Bead) -> list[Line]:
    """The lines of a bead worth telling; of the same line again and again, the last."""
    lines = [line for line in bead.lines if line.entry.verb not in QUIET or line.note]
    told_after = [str(line.words) for line in lines[1:]] + [""]
    return [line for line, after in zip(lines, told_after, strict=False) if line.note or str(line.words) != after]
