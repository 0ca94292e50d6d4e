"""Those who do it, on a phone: what may be claimed, what one has in hand, what waits for a check."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from linli.core.actor import Actor, Request
from linli.core.errors import NotAllowed
from linli.desks.permissions import may_see_filing, may_see_work
from linli.desks.queries import with_pictures, work_ticket
from linli.desks.views.acts import offers
from linli.desks.views.desk import has_contact
from linli.matters.models import Matter
from linli.matters.queries import page_of, story_of
from linli.people.rules import PURPOSES
from linli.tickets import permissions
from linli.tickets.queries import (
    URGENT_FIRST,
    awaiting_check,
    charter_for,
    helping,
    in_hand,
    of_our_body,
    pool,
    rows_of,
)
from linli.tickets.states import UNFINISHED


def mine(actor: Actor) -> QuerySet[Matter]:
    """What is in one's own hands and not yet put right."""
    return in_hand(actor).filter(state__in=UNFINISHED)


def ours(actor: Actor) -> QuerySet[Matter]:
    """What is in the hands of one's body and not yet put right."""
    return of_our_body(actor).filter(state__in=UNFINISHED)


LISTS = {
    "hand": (_("我手上的"), mine, _("接下的事会排在这里，最急的在最上面。")),
    "pool": (_("可以接的"), pool, _("交给你们的、还没有人接的事会排在这里。")),
    "help": (_("帮忙的"), helping, _("别的单位请你们帮忙的事会排在这里。")),
    "check": (_("请您核对"), awaiting_check, _("别人办好了、等您到现场看一眼的事会排在这里。")),
    "unit": (_("我们单位的"), ours, _("你们单位在办的事会排在这里，不管谁接的。")),
}
MOST_COUNTED = 100


@require_GET
def index(request: Request) -> HttpResponse:
    """One list at a time; what is in hand first, or else what may be claimed."""
    actor = request.actor
    if not may_see_work(actor):
        raise NotAllowed
    counts = {name: query(actor)[:MOST_COUNTED].count() for name, (_words, query, _empty) in LISTS.items()}
    show = request.GET.get("show", "")
    if show not in LISTS:
        show = next((name for name in ("hand", "pool", "check", "help") if counts[name]), "hand")
    words, query, empty = LISTS[show]
    page = page_of(query(actor), request.GET.get("after", ""), order=URGENT_FIRST)
    rows = rows_of(actor, page)
    context = {
        "show": show,
        "words": words,
        "empty": empty,
        "tabs": _tabs(show, counts),
        "rows": rows,
        "pictured": with_pictures([row.matter.pk for row in rows]),
        "next": f"?show={show}&after={page.next}" if page.next else "",
        "may_file": may_see_filing(actor),
    }
    return render(request, "desks/work.html", context)


def _tabs(show: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"href": f"{reverse('work')}?show={name}", "words": words, "count": counts[name], "current": name == show}
        for name, (words, _query, _empty) in LISTS.items()
        if counts[name] or name in {"hand", "pool", show}
    ]


@require_GET
def ticket(request: Request, uid: str) -> HttpResponse:
    """One report for who does it: the pictures, the place, until when, and the next act at the thumb."""
    actor = request.actor
    found = work_ticket(actor, uid)
    charter = charter_for(found.matter)
    context = {
        "ticket": found,
        "matter": found.matter,
        "may_see_words": permissions.may_see_words(actor, found),
        "may_see_reporter": permissions.may_see_reporter(actor, found) and has_contact(found),
        "category": charter.categories.get(found.matter.category_code),
        "helpers": [one for one in found.assignments.all() if one.is_helper and one.ended_at is None],
        "story": story_of(found.matter, actor),
        "purposes": PURPOSES,
        "place": found.matter.place,
        **offers(actor, found, "work"),
    }
    return render(request, "desks/work_ticket.html", context)
