"""One act on one report: its form, and what it does. The same for the desk and for those who do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.core.actor import Actor, Request
from linli.core.errors import BadInput, NotAllowed, NotFound, WrongState
from linli.core.secret import digest
from linli.desks.actions import Rehearsal, rehearse_act
from linli.desks.forms.acting import ActForm
from linli.desks.queries import desk_ticket, work_ticket
from linli.desks.views.choice import Choice
from linli.desks.views.doing import ACTS, AT_DESK, AT_WORK, FIRST, Act
from linli.desks.views.steps import remember_step
from linli.tickets import permissions
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_help
from linli.tickets.queries import acts_for, charter_for
from linli.tickets.queries.standing import standing_of
from linli.tickets.states import FLOW, TAKE_BACK
from linli.ui.forms import put_refusal


@dataclass(frozen=True, slots=True)
class Offer:
    """A button on a report's page."""

    act: Act
    href: str


def open_acts(actor: Any, ticket: Ticket) -> set[str]:
    """The acts that are open to the actor now, with those that no step of the table stands for."""
    known = set(acts_for(actor, ticket))
    if "note" in known or may_help(actor, ticket):
        known |= {"photos", "note"}
    if "accept" in known:
        known.add("dispatch")  # taken up and handed out with one press
    return known


def offers(actor: Any, ticket: Ticket, room: str, query: str = "") -> dict[str, Any]:
    """The buttons of a page: the filled one, those beside it, and the rest."""
    known = open_acts(actor, ticket)
    if ticket.matter.holder_person_id is not None:
        known.discard("claim")  # somebody has it; whoever comes second is told so by the act
    order: tuple[str, ...] = AT_DESK if room == "desk" else AT_WORK
    if room == "work" and known & {"check", "fail_check"}:
        order = ("check", "fail_check", *(name for name in order if name not in {"check", "fail_check"}))
    found = [
        Offer(ACTS[name], reverse(f"{room}-act", args=[ticket.matter.uid, name]) + query)
        for name in order
        if name in known
    ]
    first = found[:1] if found and found[0].act.name not in {"note", "urge", "photos"} else []
    rest = found[len(first) :]
    most = FIRST if room == "desk" else 1
    return {"main": first[0] if first else None, "beside": rest[:most], "more": rest[most:]}


@require_http_methods(["GET", "POST"])
def at_desk(request: Request, uid: str, act: str) -> HttpResponse:
    """An act at the desk; the next of the list follows."""
    return _act(request, desk_ticket(request.actor, uid), act, "desk")


@require_http_methods(["GET", "POST"])
def at_work(request: Request, uid: str, act: str) -> HttpResponse:
    """An act of those who do it."""
    return _act(request, work_ticket(request.actor, uid), act, "work")


def _act(request: Request, ticket: Ticket, name: str, room: str) -> HttpResponse:
    if name not in (AT_DESK if room == "desk" else AT_WORK):
        raise NotFound
    act, actor = ACTS[name], request.actor
    is_open = name in open_acts(actor, ticket)
    if not (is_open or _is_allowed(actor, ticket, name)):
        raise NotAllowed
    if request.method == "GET":
        form = _form(request, ticket, act, is_new=True) if is_open else None
        return _page(request, ticket, act, form, room, refusal=None if is_open else WrongState())
    form = _form(request, ticket, act)
    if not is_open:
        return _page(request, ticket, act, form, room, refusal=WrongState())
    if not form.is_valid():
        return _page(request, ticket, act, form, room)
    return _run(request, ticket, act, form, room)


def _run(request: Request, ticket: Ticket, act: Act, form: ActForm, room: str) -> HttpResponse:
    """Do it, or where something is put right, first show what it does; then go on to what comes next."""
    actor = request.actor
    following = Choice.of(request).following(actor, ticket.matter) if room == "desk" and act.goes_on else None
    stood = standing_of(ticket, actor.now)
    try:
        if act.shows_first and request.POST.get("sure") != sure_of(request):
            shown = rehearse_act(actor=actor, ticket=ticket, run=lambda one: act.run(actor, one, form.kwargs()))
            return _page(request, desk_ticket(actor, ticket.matter.uid), act, form, room, rehearsal=shown)
        act.run(actor, ticket, form.kwargs())
    except BadInput as refusal:
        put_refusal(form, refusal)
        return _page(request, ticket, act, form, room)
    except NotAllowed:
        raise
    except WrongState as refusal:
        fresh = (desk_ticket if room == "desk" else work_ticket)(actor, ticket.matter.uid)
        return _page(request, fresh, act, form, room, refusal=refusal)
    messages.success(request, str(act.words))
    answer = _on(request, _where_next(request, ticket, act, room, following))
    if room == "desk" and act.name in TAKE_BACK:
        remember_step(answer, ticket, stood)
    return answer


def sure_of(request: Request) -> str:
    """What stands for the very words that were shown: whoever changes one is shown the outcome anew."""
    typed = {name: values for name, values in request.POST.lists() if name not in {"sure", "csrfmiddlewaretoken"}}
    return digest(repr(sorted(typed.items())), "desks.sure")[:16]


def _is_allowed(actor: Actor, ticket: Ticket, name: str) -> bool:
    """Whether the actor might do it, if the report stood elsewhere."""
    may = getattr(permissions, f"may_{name}", None)
    return may is None or bool(may(actor, ticket))


def _form(request: Request, ticket: Ticket, act: Act, *, is_new: bool = False) -> ActForm:
    charter = charter_for(ticket.matter)
    if is_new:
        return act.form(ticket=ticket, actor=request.actor, charter=charter)
    return act.form(request.POST, request.FILES, ticket=ticket, actor=request.actor, charter=charter)


def _page(
    request: Request,
    ticket: Ticket,
    act: Act,
    form: ActForm | None,
    room: str,
    *,
    refusal: WrongState | None = None,
    rehearsal: Rehearsal | None = None,
) -> HttpResponse:
    """The form's page. Under htmx only its part is taken, and a fault is no error of the line."""
    wrong = bool(refusal or (form is not None and form.errors))
    context = {
        "ticket": ticket,
        "matter": ticket.matter,
        "act": act,
        "form": form,
        "room": room,
        "refusal": refusal,
        "rehearsal": rehearsal,
        "sure": sure_of(request) if rehearsal else "",
        "is_open": act.name in open_acts(request.actor, ticket),
        "standing": FLOW.states[ticket.matter.state].words,
        "query": Choice.of(request).query,
        "back": reverse(f"{room}-ticket", args=[ticket.matter.uid]) + Choice.of(request).query,
        "address": reverse(f"{room}-act", args=[ticket.matter.uid, act.name]) + Choice.of(request).query,
    }
    status = 200 if not wrong or getattr(request, "htmx", False) else 409 if refusal else 422
    return render(request, "desks/act.html", context, status=status)


def _where_next(request: Request, ticket: Ticket, act: Act, room: str, following: Any) -> str:
    """The next of the list, or the report itself where it stays in hand."""
    query = Choice.of(request).query
    if not act.goes_on:
        return reverse(f"{room}-ticket", args=[ticket.matter.uid]) + query
    if room == "work":
        return reverse("work")
    return (reverse("desk-ticket", args=[following.uid]) if following else reverse("desk")) + query


def _on(request: Request, address: str) -> HttpResponse:
    """Go on to a page; htmx is told to leave this one."""
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)
