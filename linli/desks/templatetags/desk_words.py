"""What staff's pages say of a report: why it is due then, how long it took, where it came from."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from linli.charters.queries import calendar_warning
from linli.charters.rules.spans import say_span
from linli.core.times import say_moment
from linli.desks.rules import ground_of
from linli.desks.states import DUE_WORDS, GROUP_LINES, PICTURES
from linli.files.queries import address_of
from linli.matters.states import Audience
from linli.matters.templatetags.matters import due_moment, place_words
from linli.tickets.models import Promise, Ticket
from linli.tickets.queries import charter_for
from linli.tickets.rules.times import net_and_gross
from linli.tickets.states import FLOW, SIZE_REASONS, SIZE_WORDS, SOURCES, UNFINISHED
from linli.ui.rules import time_left

register = template.Library()


@register.filter
def source_words(ticket: Ticket) -> Any:
    """How it came in."""
    return SOURCES.get(ticket.source, ticket.source)


@register.filter
def standing(matter: Any) -> Any:
    """The state in plain words."""
    return FLOW.states[matter.state].words


@register.filter
def last_promise(ticket: Ticket) -> Promise | None:
    """What was promised last, kept or not; a report that is over has none."""
    made = list(ticket.promises.all()) if ticket.dispatched_at and ticket.matter.state in UNFINISHED else []
    return made[-1] if made else None


@register.filter
def is_broken(promise: Promise) -> bool:
    """Whether its day went by before it was kept."""
    return promise.missed_at is not None


@register.filter
def group_lines(ticket: Ticket) -> str:
    """Two lines for the residents' group, in the product's own words: no name, no flat; "" for what is not public."""
    matter = ticket.matter
    if matter.audience != Audience.PUBLIC or matter.place is None or matter.place.level == "home":
        return ""
    with override("zh-hans"):
        page = f"{settings.LINLI_PUBLIC_URL}{reverse('my-ticket', args=[matter.uid])}"
        phone = charter_for(matter).phone
        more = _("。看进度：%s") % page if settings.LINLI_PUBLIC_URL else _("。问进度：%s") % phone if phone else "。"
        due = None if matter.is_done else matter.due_at or matter.step_due_at
        facts = {
            "what": matter.title,
            "state": FLOW.states[matter.state].words,
            "who": matter.holder_body.name if matter.holder_body else _("楼栋长和网格员"),
            "due": _("，最晚 %s") % say_moment(due) if due else "",
            "more": more,
        }
        return str(GROUP_LINES[matter.phase]) % facts


@register.filter
def headline(row: Any) -> str:
    """What a list calls it: the first of the reporter's own words, or what and where."""
    words = " ".join(row.words.split())
    if not words:
        return row.matter.title
    return words if len(words) <= 26 else f"{words[:25]}…"


_drawn: dict[tuple[Any, ...], str] = {}
DRAWN_MOST = 4000


@register.simple_tag(takes_context=True)
def desk_row(context: Any, row: Any) -> str:
    """A row of the desk's list. The same facts give the same row, so what was drawn is kept: a desk looks often.

    Whatever the row's template shows must stand in the key.
    """
    matter, query, show = row.matter, context["query"], context["choice"].show
    facts = {
        "is_current": not context.get("is_list") and context.get("matter") == matter,
        "is_ticking": context["is_ticking"],
        "is_pictured": matter.pk in context["pictured"],
    }
    due = due_moment(matter)
    key = (
        get_language(), matter.uid, matter.version, matter.title, matter.state, matter.voices, matter.paused_at,
        matter.paused_until, matter.table_on, matter.is_for_table, row.words, row.ticket.source, place_words(matter),
        due, time_left(due, context["actor"].now) if due else None, query, show, *facts.values(),
    )  # fmt: skip
    drawn = _drawn.get(key)
    if drawn is None:
        if len(_drawn) >= DRAWN_MOST:
            _drawn.clear()
        known = {"row": row, "query": query, "show": show, "actor": context["actor"], **facts}
        drawn = _drawn[key] = render_to_string("desks/_desk_row.html", known)
    return drawn


@register.filter
def size_words(ticket: Ticket) -> Any:
    """How big it is: judged, or as its class says."""
    size = ticket.size or {"S": "small", "B": "big"}.get(ticket.matter.class_code, "")
    if size:
        return SIZE_WORDS[size]
    found = charter_for(ticket.matter).classes.get(ticket.matter.class_code)
    return found.words if found else SIZE_WORDS["general"]


@register.filter
def size_grounds(ticket: Ticket) -> list[Any]:
    """Why it is that big."""
    codes = ticket.size_reasons or (["all_at_hand"] if ticket.matter.class_code == "S" else [])
    return [SIZE_REASONS[code] for code in codes if code in SIZE_REASONS]


@register.filter
def due_grounds(ticket: Ticket) -> str:
    """Why its deadline is what it is, in one sentence."""
    charter = charter_for(ticket.matter)
    class_code, language = ticket.matter.class_code, get_language() or "zh"
    found = charter.classes.get(class_code)
    facts = {
        "words": found.words if found else "",
        "span": say_span(found.finish, language) if found and found.finish else "",
        "until": f"{charter.hours.same_day_until:%H:%M}",
        "days": "、".join(map(str, charter.meeting_days)),
        "hours": charter.meeting_cutoff_hours,
    }
    return str(DUE_WORDS[ground_of(class_code, charter)]) % facts


@register.filter
def due_warning(ticket: Ticket) -> str:
    """What to tell the reader where the deadline's year has no official days yet (GEN-004)."""
    return calendar_warning(ticket.matter.due_at, calendar=charter_for(ticket.matter).calendar)


@register.simple_tag(takes_context=True)
def taken(context: Any, ticket: Ticket) -> str:
    """Net and gross time, in words."""
    matter = ticket.matter
    until = ticket.finished_at or matter.closed_at or context["actor"].now
    paused = matter.paused_minutes
    if matter.paused_at and not matter.is_done:
        paused += int((until - matter.paused_at).total_seconds() // 60)
    net, gross = net_and_gross(matter.opened_at, until, paused)
    if net == gross:
        return _("一共 %(gross)s") % {"gross": say_minutes(gross)}
    return _("净 %(net)s，连停着的一共 %(gross)s") % {"net": say_minutes(net), "gross": say_minutes(gross)}


@register.filter("minutes_said")
def say_minutes(minutes: int) -> str:
    """``3 天 4 小时``."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    said = []
    if days:
        said.append(ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days})
    if hours and days < 10:
        said.append(ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours})
    if not days and not hours:
        said.append(ngettext("%(n)s 分钟", "%(n)s 分钟", left) % {"n": left})
    return " ".join(said)


@register.simple_tag(takes_context=True)
def pictures(context: Any, ticket: Ticket, *kinds: str) -> list[dict[str, str]]:
    """The pictures of these kinds, for `c-photos`."""
    actor = context["actor"]
    return [
        {
            "href": address_of(photo.file, actor),
            "src": address_of(photo.file, actor, small=True),
            "alt": str(PICTURES[photo.kind]),
            "words": "",
        }
        for photo in ticket.photos.all()
        if photo.kind in kinds
    ]
