"""The first day: opening an empty installation, and the list of what a new community still needs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from linli.access.actions import open_installation
from linli.access.queries import fresh_of, is_opened
from linli.access.views.doors import agent_of, open_door
from linli.config.forms import OpeningForm
from linli.config.machine.founding import FoundingError, found_beside, is_from_machine, start_beside
from linli.config.machine.standing import WORDS, way_of_standing
from linli.config.navigation import Installation
from linli.config.permissions import may_see_machine, may_see_opening
from linli.config.queries import machine_facts, ticks_of
from linli.config.rules import next_tick
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.people.queries import communities_of
from linli.ui.forms import put_refusal


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """In a demo: a separate, empty installation beside it. In an empty one: its first account."""
    if Installation.is_demo:
        return _beside(request)
    if is_opened():
        return redirect("sign-in")
    form = OpeningForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code")})
    if form.is_valid():
        try:
            opened = open_installation(
                actor=request.actor,
                code=form.cleaned_data["code"],
                opening=form.opening(),
                fresh=fresh_of(None, form.cleaned_data["passphrase"]),
                device=agent_of(request),
            )
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            if opened.token:
                address = f"{reverse('second-factor')}?next={reverse('openings')}"
                return open_door(request, opened.token, address, opened.reader)
            form.add_error("code", opened.words)
    return render(request, "config/begin.html", {"form": form}, status=422 if form.errors else 200)


def _beside(request: Request) -> HttpResponse:
    """The press that makes the real installation beside the demo; at this very machine only."""
    context = {"may": is_from_machine(request)}
    if request.method == "POST":
        if not context["may"]:
            raise NotAllowed
        try:
            founded = found_beside()
            context |= {"founded": founded, "address": start_beside(founded)}
        except FoundingError as error:
            context["fault"] = error.words
    return render(request, "config/begin_beside.html", context)


@require_GET
def openings(request: Request) -> HttpResponse:
    """To the checklist of one's own community."""
    if not may_see_machine(request.actor):
        raise NotAllowed
    community = communities_of(request.actor).first()
    return redirect("opening", community.code) if community else redirect("places")


@never_cache
@require_GET
def checklist(request: Request, code: str) -> HttpResponse:
    """What this community has and what it still needs, counted now."""
    community = communities_of(request.actor).filter(code=code).first()
    if community is None or not may_see_opening(request.actor, community):
        raise NotFound
    ticks = ticks_of(community, request.actor.now)
    context = {
        "community": community,
        "ticks": ticks,
        "done": sum(tick.is_done for tick in ticks),
        "next": next_tick(ticks),
        "standing": WORDS[way_of_standing()],
    }
    return render(request, "config/checklist.html", context)


@never_cache
@require_GET
def machine(request: Request) -> HttpResponse:
    """How the machine is looked after: backups, drills, the recovery sheet, the audit's end."""
    if not may_see_machine(request.actor):
        raise NotAllowed
    return render(request, "config/machine.html", {"facts": machine_facts(request.actor.now)})
