"""修好了: the card of a matter that is done, for the door of what was mended and for the group. It names nobody."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from linli.charters.rules import Words
from linli.core.actor import Request
from linli.core.errors import NotAllowed, NotFound
from linli.core.times import day_of, say_day
from linli.matters.queries import stations_of
from linli.matters.states import Audience
from linli.papers.permissions import may_print_card
from linli.papers.prints import paper_for
from linli.papers.prints.cards import SAYINGS
from linli.papers.prints.paper import both
from linli.tickets.models import Ticket
from linli.tickets.queries import charter_for, ticket_with_rows
from linli.tickets.states import AWAITING_RATING, CLOSED
from linli.ui.prints import pdf_response

CARD = "papers/print_card.html"


def _card(request: Request, uid: str) -> dict[str, Any]:
    """What stands on it, in the product's own words alone. Raises `NotFound`, `NotAllowed`."""
    ticket = ticket_with_rows(request.actor, uid)
    matter = ticket.matter
    if matter.audience != Audience.PUBLIC or matter.state not in (AWAITING_RATING, CLOSED) or matter.place is None:
        raise NotFound
    if not may_print_card(request.actor, ticket):
        raise NotAllowed
    paper = paper_for(request, matter.place)
    tibetan = "" if matter.place.label_bo == matter.place.label else matter.place.label_bo
    return {
        "matter": matter,
        "paper": paper,
        "url": paper.url(reverse("my-ticket", args=[uid])) or paper.trial_url(reverse("my-ticket", args=[uid])),
        "place": Words(matter.place.label, tibetan),
        "what": _what(ticket),
        "say": {name: both(words) for name, words in SAYINGS.items()},
        "days": max(1, (day_of(ticket.checked_at or matter.opened_at) - day_of(matter.opened_at)).days + 1),
        "done": _both_days(ticket),
        "beads": [bead for bead in stations_of([matter]) if bead.at],
        "table": matter.table_on,
        "cost": ticket.cost_fen,
    }


def _what(ticket: Ticket) -> Words:
    """The category's words in both scripts; the title where it has none."""
    category = charter_for(ticket.matter).categories.get(ticket.matter.category_code)
    return Words(category.words.zh, category.words.bo) if category else Words(ticket.matter.title)


def _both_days(ticket: Ticket) -> Words:
    day = day_of(ticket.checked_at or ticket.matter.opened_at)
    with override("bo"):
        tibetan = say_day(day)
    return Words(say_day(day, "zh-hans"), tibetan)


@require_GET
def fixed_card(request: Request, uid: str) -> HttpResponse:
    """The card on the screen: print it for the door, or take a picture of it for the group."""
    more = {"pdf": reverse("fixed-card-pdf", args=[uid]), "back": reverse("ticket-detail", args=[uid])}
    return render(request, CARD, _card(request, uid) | more)


@require_GET
def fixed_card_pdf(request: Request, uid: str) -> HttpResponse:
    """The card as PDF."""
    context = _card(request, uid)
    return pdf_response(CARD, context, f"{context['what'].zh} {context['matter'].number}")
