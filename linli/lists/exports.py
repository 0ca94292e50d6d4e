"""What stands in a list that goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.charters.queries import charter_of
from linli.core.actor import Actor
from linli.core.times import local
from linli.lists.rules.year import Sums
from linli.matters.models import Matter
from linli.places.rules.tree import HOME
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_see_reporter, may_see_words
from linli.tickets.states import FLOW, SOURCES

PERSONAL = ("name", "reporter_phone", "words")
"""What a list with personal data holds besides: nothing above L2, so no health, no identity number, no child's data."""

HEADINGS = (
    _("编号"), _("类别"), _("地方"), _("进展"), _("承办单位"), _("反映时间"), _("到期时间"), _("办结时间"), _("按时"),
    _("解决"), _("星"), _("催过"), _("返工"), _("来源"), _("公开的话"),
)  # fmt: skip
YEAR_HEADINGS = (
    _("月份"), _("收到"), _("办结"), _("按时"), _("超时"), _("没写"), _("按时办结率"), _("回访"), _("满意"),
    _("满意率"),
)  # fmt: skip
PERSONAL_HEADINGS = (*HEADINGS, _("户"), _("称呼"), _("电话"), _("原话"), _("水印"))


def plain_rows(tickets: Iterable[Ticket]) -> list[Sequence[Any]]:
    """Rows without personal data: no words of the reporter's own, no home, no name."""
    words: dict[int | None, dict[str, Any]] = {}
    return [_plain(ticket, words) for ticket in tickets]


def personal_rows(actor: Actor, tickets: Iterable[Ticket], mark: str) -> tuple[list[Sequence[Any]], list[Ticket]]:
    """Rows with what the actor may see of the reporter, the watermark on each; and the reports that showed a person."""
    words: dict[int | None, dict[str, Any]] = {}
    rows: list[Sequence[Any]] = []
    shown: list[Ticket] = []
    for ticket in tickets:
        is_seen = may_see_reporter(actor, ticket)
        said = ticket.words if may_see_words(actor, ticket, with_helpers=False) else ""
        name = ticket.reporter_name or (ticket.reporter.display_name if ticket.reporter else "")
        phone = ticket.reporter_phone or (ticket.reporter.phone if ticket.reporter else "")
        person = (name, phone) if is_seen else ("", "")
        home = ticket.matter.place.label if is_seen and _is_home(ticket.matter) else ""
        rows.append((*_plain(ticket, words), home, *person, said, mark))
        if any(person) or said:
            shown.append(ticket)
    return rows, shown


def _plain(ticket: Ticket, words: dict[int | None, dict[str, Any]]) -> Sequence[Any]:
    matter = ticket.matter
    if matter.community_id not in words:
        words[matter.community_id] = dict(charter_of(matter.community_id).categories)
    category = words[matter.community_id].get(matter.category_code)
    return (
        matter.number,
        str(category.words) if category else ticket.category_given or matter.category_code,
        _place(matter),
        FLOW.states[matter.state].words,
        matter.holder_body.name if matter.holder_body else "",
        _moment(matter.opened_at),
        _moment(matter.due_at),
        _moment(matter.closed_at),
        matter.get_on_time_display(),
        matter.get_solved_display(),
        matter.stars or "",
        ticket.urges or "",
        ticket.reworks or "",
        SOURCES.get(ticket.source, ticket.source),
        ticket.public_words,
    )


def year_rows(tables: Mapping[str, Any], meeting: str) -> list[list[str]]:
    """The street's form for an old ledger: months with their sum, kinds, spots, the agenda, and the caveats below."""
    rows: list[list[str]] = [[str(words) for words in YEAR_HEADINGS]]
    months: list[tuple[date, Sums]] = tables["months"]
    total = Sums({name: sum(each[name] for _month, each in months) for name in months[0][1].counts})
    rows += [_month_row(f"{month:%Y-%m}", each) for month, each in months]
    rows += [_month_row(gettext("合计"), total), []]
    for title, name in ((gettext("反映最多的"), "kinds"), (gettext("反映最多的地方"), "spots")):
        rows += [[title, gettext("件数")], *([words, str(count)] for words, count in tables[name]), []]
    rows += [[gettext("反复出问题的地方"), gettext("什么事"), gettext("几次"), gettext("几件"), gettext("超时")]]
    rows += [[each.spot, each.what, str(each.times), str(each.reports), str(each.late)] for each in tables["again"]]
    rows += [
        [],
        [gettext("%(day)s 议事会该上的事") % {"day": meeting}, gettext("什么事"), gettext("几件"), gettext("为什么")],
    ]
    rows += [[each.area, each.what, str(each.facts.voices), "；".join(why)] for each, why in tables["agenda"]]
    return [*rows, [], [gettext("引用这些数以前要知道")], *([words] for words in tables["caveats"])]


def _month_row(title: str, sums: Sums) -> list[str]:
    shown = sums.rates()
    counts = [str(sums[name]) for name in ("all", "closed", "in_time", "late", "unsaid")]
    return [title, *counts, str(shown["on_time"]), str(sums["rated"]), str(sums["good"]), str(shown["satisfaction"])]


def _is_home(matter: Matter) -> bool:
    return matter.place is not None and matter.place.level == HOME


def _place(matter: Matter) -> str:
    """Down to the building or stairwell; of a home only its building."""
    place = matter.building if _is_home(matter) else matter.place
    return place.label if place else ""


def _moment(at: datetime | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""
