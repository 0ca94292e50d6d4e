"""The desk: the list, the report in hand, its place beside it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.core.actor import Actor, Request
from linli.core.errors import NotAllowed
from linli.desks.actions import show_reporter
from linli.desks.forms.deciding import BULK
from linli.desks.permissions import may_see_desk, may_see_desk_of, may_see_work, may_take_calls, may_work_on
from linli.desks.queries import (
    around,
    bodies_near,
    categories_like,
    desk_list,
    desk_places,
    desk_ticket,
    nears_of,
    order_of,
    supervised,
    with_pictures,
    work_ticket,
)
from linli.desks.states import SHOWN
from linli.desks.views.acts import offers
from linli.desks.views.choice import Choice
from linli.desks.views.doing import ACTS
from linli.desks.views.steps import step_taken
from linli.matters.actions import mark_seen
from linli.matters.queries import page_of, story_of
from linli.matters.queries.lists import SIZE
from linli.people.rules import PURPOSES
from linli.places.queries import map_approval, name_of
from linli.places.rules.outlines import drawing_of, polygons_in
from linli.tickets import permissions
from linli.tickets.models import Ticket
from linli.tickets.queries import charter_for, rows_of, ticket_of
from linli.tickets.rules.sizes import Facts, big_reasons
from linli.tickets.rules.times import finish_due_at
from linli.tickets.states import AT_DESK, SIZE_REASONS


@require_GET
def index(request: Request) -> HttpResponse:
    """The list, and at a wide desk the first report of it."""
    if not may_see_desk(request.actor):
        raise NotAllowed
    listed = _listed(request)
    first = listed["rows"][0] if listed["rows"] else None
    context = listed
    if first is not None and not request.GET.get("tick"):
        ticket = desk_ticket(request.actor, first.matter.uid)
        context |= _opened(request, ticket)
    return render(request, "desks/desk.html", context | {"is_list": True})


@require_GET
def ticket(request: Request, uid: str) -> HttpResponse:
    """One report, between the list and its place."""
    found = desk_ticket(request.actor, uid)
    with suppress(DatabaseError):  # a store that takes no writes still shows its pages
        mark_seen(actor=request.actor, matter=found.matter)
    return render(request, "desks/desk.html", _listed(request) | _opened(request, found))


def _listed(request: Request, size: int = SIZE) -> dict[str, Any]:
    """The left side."""
    actor, choice = request.actor, Choice.of(request)
    page = page_of(
        desk_list(actor, choice.show, choice.place), request.GET.get("after", ""), size, order_of(choice.show)
    )
    rows = rows_of(actor, page)
    return {
        "choice": choice,
        "step_taken": step_taken(request),
        "query": choice.query,
        "rows": rows,
        "pictured": with_pictures([row.matter.pk for row in rows]),
        "next": reverse("desk") + choice.to(after=page.next) if page.next else "",
        "sentence": _sentence(actor, choice),
        "may_take_calls": may_take_calls(actor),
        "bulk_acts": [ACTS[name] for name in BULK],
        "is_ticking": bool(request.GET.get("tick")),
        "tick": reverse("desk") + choice.to(tick="1"),
        "no_tick": reverse("desk") + choice.query,
    }


def _sentence(actor: Actor, choice: Choice) -> list[dict[str, Any]]:
    """显示 要定的 在 雪莲苑 按 最急 排."""
    shown = [
        {
            "words": words,
            "href": reverse("desk") + Choice(name, choice.place).query,
            "current": name == choice.show,
        }
        for name, words in SHOWN.items()
    ]
    places = [
        {"words": _("所有小区"), "href": reverse("desk") + Choice(choice.show).query, "current": not choice.place}
    ]
    places += [
        {
            "words": name_of(place),
            "href": reverse("desk") + Choice(choice.show, place).query,
            "current": place == choice.place,
        }
        for place in desk_places(actor)
    ]
    return [
        {"words": _("看")},
        {"words": SHOWN[choice.show], "options": shown},
        {"words": _("在")},
        {"words": name_of(choice.place) if choice.place else _("所有小区"), "options": places},
        {"words": _("新的在前") if choice.show == "all" else _("最急的在前")},
    ]


def _opened(request: Request, ticket: Ticket) -> dict[str, Any]:
    """The middle and the right side."""
    actor, matter, charter = request.actor, ticket.matter, charter_for(ticket.matter)
    beside = around(actor, ticket, charter)
    is_open = matter.state in AT_DESK
    fit, _near = bodies_near(ticket, charter) if is_open else ([], [])
    big = big_reasons(Facts(voices=matter.voices, failures=ticket.reworks), charter.thresholds)
    return {
        "ticket": ticket,
        "matter": matter,
        "may_see_words": permissions.may_see_words(actor, ticket),
        "has_contact": has_contact(ticket),
        "may_see_reporter": permissions.may_see_reporter(actor, ticket) and has_contact(ticket),
        "category": charter.categories.get(matter.category_code),
        "fit": fit[0] if fit and matter.class_code != "L" else None,
        "due_if_now": finish_due_at(matter.class_code, matter.opened_at, actor.now, charter)
        if is_open and not matter.due_at and matter.class_code in charter.classes
        else None,
        "likely": categories_like(ticket, charter) if is_open and not matter.category_code else [],
        "nears": nears_of(ticket, actor.now, charter) if is_open else [],
        "big": [SIZE_REASONS[code] for code in big] if is_open and ticket.size != "big" else [],
        "around": beside,
        "drawing": drawing_of([polygons_in(beside.outline.geometry)]) if beside.outline else None,
        "approval": map_approval() if beside.outline else None,
        "place": matter.place,
        "story": story_of(matter, actor),
        "purposes": PURPOSES,
        **offers(actor, ticket, "desk", Choice.of(request).query),
    }


def has_contact(ticket: Ticket) -> bool:
    """Whether there is somebody to ring."""
    return bool(ticket.reporter_phone or (ticket.reporter and ticket.reporter.phone_index))


@require_POST
def show_contact(request: Request, uid: str, room: str = "desk") -> HttpResponse:
    """The reporter's number, shown once for a purpose and written down."""
    ticket = (desk_ticket if room == "desk" else work_ticket)(request.actor, uid)
    shown = show_reporter(actor=request.actor, ticket=ticket, purpose=request.POST.get("purpose", ""))
    back = reverse(f"{room}-ticket", args=[uid]) + Choice.of(request).query
    context = {"ticket": ticket, "matter": ticket.matter, "shown": shown, "back": back, "room": room}
    return render(request, "desks/contact.html", context)


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """Where a notice leads: each reader to the page that fits them."""
    actor, found = request.actor, ticket_of(request.actor, uid)
    if permissions.may_withdraw(actor, found):
        return redirect("my-ticket", uid)
    if may_see_desk_of(actor, found):
        return redirect("desk-ticket", uid)
    if may_see_work(actor) and may_work_on(actor, found):
        return redirect("work-ticket", uid)
    return redirect("matter", uid)


@require_GET
def overdue(request: Request) -> HttpResponse:
    """What is late, the latest first, with both times and what is under supervision (SRQ-010, SRQ-041)."""
    actor, choice = request.actor, Choice.of(request)
    if not may_see_desk(actor):
        raise NotAllowed
    found = desk_list(actor, "overdue", choice.place)
    is_supervised = request.GET.get("only") == "supervised"
    if is_supervised:
        found = supervised(found)
    page = page_of(found, request.GET.get("after", ""), order=order_of("overdue"))
    context = {
        "rows": rows_of(actor, page),
        "head": [_("什么事"), _("在谁手里"), _("最晚"), _("用了")],
        "is_supervised": is_supervised,
        "next": f"?{'only=supervised&' if is_supervised else ''}after={page.next}" if page.next else "",
    }
    return render(request, "desks/overdue.html", context)
