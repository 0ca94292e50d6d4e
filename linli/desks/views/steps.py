"""撤回: the step just taken travels in a signed cookie of half a minute, and one press takes it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.core.actor import Request
from linli.core.errors import NotFound, WrongState
from linli.desks.queries import desk_ticket
from linli.tickets.actions import take_back_step
from linli.tickets.models import Ticket
from linli.tickets.queries.standing import Standing
from linli.tickets.rules.times import TAKE_BACK_WITHIN

COOKIE = "linli_step"
SECONDS = int(TAKE_BACK_WITHIN.total_seconds())


def remember_step(answer: HttpResponse, ticket: Ticket, stood: Standing) -> None:
    """Let this browser take the step back for as long as nobody is told."""
    told = {"uid": ticket.matter.uid, "title": ticket.matter.title, **stood.told()}
    kept = signing.dumps(told, salt=COOKIE, compress=True)
    answer.set_cookie(COOKIE, kept, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.IS_SECURE)


def step_taken(request: Request) -> dict[str, Any] | None:
    """The step that may still be taken back, if there is one."""
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=SECONDS))
    except signing.BadSignature:
        return None


@require_POST
def take_back(request: Request) -> HttpResponse:
    """Put the report back to where it stood."""
    told = step_taken(request)
    if told is None:
        messages.warning(request, _("过了三十秒，撤不回来了。请用“改”把它改对。"))
        return redirect("desk")
    ticket = desk_ticket(request.actor, told["uid"])
    try:
        take_back_step(actor=request.actor, ticket=ticket, before=Standing.of(told))
    except (NotFound, WrongState) as refusal:
        messages.warning(request, str(refusal.words))
    else:
        messages.success(request, _("撤回了，没有人收到消息。"))
    answer = redirect("desk-ticket", told["uid"])
    answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
