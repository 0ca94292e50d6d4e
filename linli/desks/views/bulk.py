"""Several reports with one form: take up, hand out, put together, refuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, LinliError, NotAllowed
from linli.desks.actions import hand_out_tickets
from linli.desks.forms.acting import ActForm
from linli.desks.forms.deciding import BULK
from linli.desks.permissions import may_see_desk, may_see_desk_of
from linli.desks.views.choice import Choice
from linli.desks.views.doing import ACTS
from linli.tickets.actions import accept_ticket, merge_tickets, refuse_ticket
from linli.tickets.models import Ticket
from linli.tickets.queries import charter_for, tickets_visible_to
from linli.ui.forms import put_refusal

MOST = 50


@require_POST
def bulk(request: Request) -> HttpResponse:
    """First the form for what was ticked, then the act itself."""
    if not may_see_desk(request.actor):
        raise NotAllowed
    home = reverse("desk") + Choice.of(request).query
    tickets, name = _ticked(request), request.POST.get("act", "")
    if not tickets or name not in BULK:
        messages.warning(request, _("先在前面勾上要一起办的几件。"))
        return redirect(reverse("desk") + Choice.of(request).to(tick="1"))
    form = _form(request, tickets, name)
    if form.is_bound and form.is_valid():
        try:
            _do(request, name, tickets, form.kwargs())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return redirect(home)
    context = {"tickets": tickets, "act": ACTS[name], "form": form, "back": home, "query": Choice.of(request).query}
    return render(request, "desks/bulk.html", context, status=422 if form.errors else 200)


def _ticked(request: Request) -> list[Ticket]:
    """The reports that were ticked and lie in the actor's area, in the order of the list; no more than a page's."""
    uids = list(dict.fromkeys(request.POST.getlist("t")))[:MOST]
    found = tickets_visible_to(request.actor).filter(matter__uid__in=uids).prefetch_related("returns")
    known = {ticket.matter.uid: ticket for ticket in found if may_see_desk_of(request.actor, ticket)}
    return [known[uid] for uid in uids if uid in known]


def _form(request: Request, tickets: Sequence[Ticket], name: str) -> ActForm:
    told: dict[str, Any] = {"ticket": tickets[0], "tickets": tickets, "actor": request.actor}
    told["charter"] = charter_for(tickets[0].matter)
    return BULK[name](request.POST, **told) if request.POST.get("go") else BULK[name](**told)


def _do(request: Request, name: str, tickets: Sequence[Ticket], data: dict[str, Any]) -> None:
    """One after the other; what cannot be done is named, and keeps nothing else from being done."""
    actor = request.actor
    if name == "merge":
        merge_tickets(actor=actor, **data)
        messages.success(request, _("并到一起了。"))
        return
    done = 0
    for ticket in tickets:
        try:
            if name == "dispatch":
                hand_out_tickets(actor=actor, tickets=[ticket], sending=data["sending"])
            else:
                act = accept_ticket if name == "accept" else refuse_ticket
                act(actor=actor, ticket=ticket, **data)
        except LinliError as refusal:
            why = [str(words) for found in getattr(refusal, "fields", {}).values() for words in found]
            messages.warning(request, f"{ticket.matter.title}：{' '.join(why) or refusal.words}")
        else:
            done += 1
    if done:
        messages.success(request, ngettext("办成 %(n)s 件。", "办成 %(n)s 件。", done) % {"n": done})
