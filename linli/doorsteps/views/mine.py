"""One's own report: the receipt, where it stands, what its reporter may do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from linli.access.queries import is_demo
from linli.charters.queries import calendar_warning
from linli.core.actor import Actor, Request
from linli.core.errors import NotFound
from linli.doorsteps.forms.own import AnswerForm, JoinForm, NoteForm, RateForm, ReviewForm
from linli.doorsteps.queries import code_still_shown, master_of, may_rate_now, office_of, voice_of
from linli.files.queries import address_of
from linli.matters.queries import way_of
from linli.places.queries import label_of
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_join, may_see_words, sees_receipt
from linli.tickets.queries import acts_for, charter_for, ticket_with_rows
from linli.tickets.queries.waiting import duty_shift
from linli.tickets.states import EMERGENCY_NUMBERS, MERGED, UNFINISHED
from linli.ui.prints import pdf_response
from linli.voices.queries import sounds_at
from linli.voices.rules import BY_STATE

Pictures = dict[str, list[dict[str, str]]]


def find_address(request: Request, ticket: Ticket) -> str:
    """What the receipt's QR holds: on this device straight to the report, on another the question for the code."""
    return request.build_absolute_uri(f"{reverse('find-ticket')}?n={ticket.matter.uid}")


def _own(request: Request, uid: str) -> dict[str, Any]:
    """What receipt and slip show, for the reporter alone. Raises `NotFound`."""
    ticket = ticket_with_rows(request.actor, uid)
    if not sees_receipt(request.actor, ticket):
        raise NotFound
    master = master_of(ticket) if ticket.matter.state == MERGED else None
    return {
        "ticket": ticket,
        "matter": ticket.matter,
        "shown": master or ticket,
        "master": master,
        "code": code_still_shown(request.actor, ticket),
        "find": find_address(request, ticket),
        "office": office_of(ticket.matter.place) if ticket.matter.place else None,
        "actor": request.actor,
    }


@never_cache
@require_GET
def receipt(request: Request, uid: str) -> HttpResponse:
    """What the reporter takes away: number, code, who has it, by when."""
    context = _own(request, uid)
    duty = duty_shift(context["matter"], request.actor.now)
    more = {
        "is_emergency": context["matter"].class_code in {"E0", "E1"},
        "numbers": EMERGENCY_NUMBERS,
        "duty_phone": (duty.phone or duty.body.phone) if duty else "",
    }
    return render(request, "doorsteps/my_receipt.html", {**context, **more})


@never_cache
@require_GET
def slip(request: Request, uid: str) -> HttpResponse:
    """The same on paper, as large as a postcard."""
    context = _own(request, uid) | {"is_demo": is_demo()}
    return pdf_response("doorsteps/my_slip.html", context, f"{context['matter'].number}.pdf")


@never_cache
@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """Where it stands and what comes next, for its reporter; for others what is open to all."""
    return page(request, ticket_with_rows(request.actor, uid))


def pictures_of(actor: Actor, ticket: Ticket) -> Pictures:
    """The pictures and voices of a report by what they show, as far as the actor may see them."""
    found: Pictures = {"reported": [], "before": [], "after": [], "sounds": []}
    sees_all = may_see_words(actor, ticket)
    for photo in ticket.photos.all():
        file = photo.file if sees_all else photo.public_file
        if file is None or photo.kind not in found:
            continue
        address = address_of(file, actor)
        if file.kind == "sound":
            found["sounds"].append({"src": address})
        else:
            small = address_of(file, actor, small=True)
            found[photo.kind].append({"href": address, "src": small, "alt": ""})
    return found


def page(request: Request, ticket: Ticket, *, doing: str = "", form: Any = None) -> HttpResponse:
    """The page of a report; with the form of an act that was refused, as it stands."""
    actor, matter = request.actor, ticket.matter
    master = master_of(ticket) if matter.state == MERGED else None
    shown = master or ticket
    is_mine = sees_receipt(actor, ticket)
    voice = None if is_mine else voice_of(actor, ticket)
    context = {
        "ticket": ticket,
        "matter": matter,
        "shown": shown,
        "master": master,
        "label": label_of(matter.place) if matter.place else "",
        "office": office_of(matter.place) if matter.place else None,
        "is_mine": is_mine,
        "way": way_of([matter], actor, {matter.pk} if ticket.is_followed else set()),
        "words": ticket.words if may_see_words(actor, ticket) else ticket.public_words,
        "pictures": pictures_of(actor, ticket),
        "warning": calendar_warning(shown.matter.due_at, calendar=charter_for(matter).calendar),
        "voice": voice,
        "sounds": sounds_at(actor, matter.community_id, filter(None, [BY_STATE.get(shown.matter.state)])),
        "is_running": shown.matter.state in UNFINISHED,
        "may_join": not is_mine and voice is None and may_join(actor, ticket) and matter.state in UNFINISHED,
        "is_following": not is_mine and ticket.is_followed,
        "doing": doing,
        **_forms(actor, ticket, shown),
    }
    if form is not None:
        context[f"{doing}_form"] = form
    return render(request, "doorsteps/my_ticket.html", context, status=422 if form is not None else 200)


@cache
def _blank(form: type[NoteForm | ReviewForm], prefix: str, _language: str | None) -> SafeString:
    """An empty form; it looks the same on everybody's page, so it is drawn once."""
    return form(prefix=prefix).render()


def _forms(actor: Actor, ticket: Ticket, shown: Ticket) -> dict[str, Any]:
    """The acts that are open to the reporter now, each with its form; nothing for others."""
    if not sees_receipt(actor, ticket):
        return {"acts": [], "join_form": JoinForm()}
    acts = set(acts_for(actor, ticket))
    if may_rate_now(actor, ticket, shown):
        acts.add("rate")
    if not any(one.answered_at is None for one in ticket.questions.all()):
        acts.discard("answer")
    forms: dict[str, Callable[[], Any]] = {
        "answer": AnswerForm,
        "rate": lambda: RateForm(unhappy=shown.unhappy),
        "reopen": lambda: _blank(NoteForm, "reopen", get_language()),
        "withdraw": lambda: _blank(NoteForm, "withdraw", get_language()),
        "review": lambda: _blank(ReviewForm, "review", get_language()),
    }
    return {"acts": acts, **{f"{name}_form": form for name, form in forms.items()}}
