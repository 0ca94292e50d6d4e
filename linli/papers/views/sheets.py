"""The sheet of a report and the day's list: on the screen for the browser's printer, and as PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linli.core.actor import Request
from linli.core.errors import NotAllowed
from linli.core.times import day_of, say_day
from linli.papers.permissions import may_print_ticket, may_print_today
from linli.papers.prints import paper_for
from linli.papers.prints.sheets import facts_of, sheet_of
from linli.papers.prints.today import MOST, seal_of, sections_of
from linli.papers.queries import todays_matters, workplace_of
from linli.tickets.queries import rows_of, ticket_with_rows
from linli.ui.prints import pdf_response

TICKET, TODAY = "papers/print_ticket.html", "papers/print_today.html"


def _ticket(request: Request, uid: str) -> dict[str, Any]:
    """What the sheet of a report shows. Raises `NotFound`, `NotAllowed`."""
    ticket = ticket_with_rows(request.actor, uid)
    if not may_print_ticket(request.actor, ticket):
        raise NotAllowed
    paper = paper_for(request, ticket.matter.place)
    sheet = sheet_of(request.actor, ticket, paper)
    return {"sheet": sheet, "facts": facts_of(sheet), "matter": ticket.matter, "paper": paper, "now": request.actor.now}


@never_cache
@require_GET
def ticket_sheet(request: Request, uid: str) -> HttpResponse:
    """The sheet on the screen."""
    context = _ticket(request, uid)
    context |= {"pdf": reverse("ticket-sheet-pdf", args=[uid]), "back": reverse("ticket-detail", args=[uid])}
    return render(request, TICKET, context)


@never_cache
@require_GET
def ticket_pdf(request: Request, uid: str) -> HttpResponse:
    """The sheet as PDF."""
    context = _ticket(request, uid)
    return pdf_response(TICKET, context, context["matter"].number)


def _today(request: Request) -> dict[str, Any]:
    """What the day's list shows: two reads for any number of rows. Raises `NotAllowed`."""
    actor = request.actor
    if not may_print_today(actor):
        raise NotAllowed
    found = list(todays_matters(actor)[: MOST + 1])
    rows = rows_of(actor, found[:MOST])
    place = workplace_of(actor)
    community = place.community if place else None
    return {
        "sections": sections_of(rows, actor.now),
        "count": len(rows),
        "is_cut": len(found) > MOST,
        "place": place,
        "paper": paper_for(request, place),
        "seal": seal_of(community.code if community else ""),
        "who": actor.name,
        "day": say_day(day_of(actor.now)),
        "now": actor.now,
    }


@never_cache
@require_GET
def todays_list(request: Request) -> HttpResponse:
    """The list on the screen."""
    more = {"pdf": reverse("todays-list-pdf"), "back": reverse("day")}
    return render(request, TODAY, _today(request) | more)


@never_cache
@require_GET
def todays_pdf(request: Request) -> HttpResponse:
    """The list as PDF."""
    context = _today(request)
    return pdf_response(TODAY, context, _("今天的事 %(day)s") % {"day": context["day"]})
