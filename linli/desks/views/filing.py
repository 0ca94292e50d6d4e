"""Filing for somebody else: first where, then what, then the slip to hand over."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.charters.queries import charter_of
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.desks.forms.filing import FileForm
from linli.desks.permissions import FILERS, may_see_desk, may_see_filing
from linli.desks.views.calls import number_in
from linli.places.models import Place
from linli.places.queries import ancestors_of, children_of, find_places, label_of, name_of, places_visible_to
from linli.tickets.actions import Draft, Filed, file_tickets
from linli.tickets.permissions import may_file_for_others
from linli.tickets.rules.guard import findings_in
from linli.ui.forms import put_refusal


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """The place, the form, the slip."""
    actor = request.actor
    if not may_see_filing(actor):
        raise NotAllowed
    if not request.GET.get("at"):
        return _choose(request)
    place = _place(request, request.GET["at"])
    charter = charter_of(place.community_id)
    if request.method == "GET":
        rang = number_in(request.GET.get("caller", ""))
        form = FileForm(actor=actor, charter=charter, initial={"reporter_phone": rang} if rang else None)
        return _page(request, place, form)
    form = FileForm(request.POST, request.FILES, actor=actor, charter=charter)
    if not form.is_valid():
        return _page(request, place, form)
    try:
        filed = _file(request, place, dict(form.cleaned_data))
    except BadInput as refusal:
        put_refusal(form, refusal)
        if findings_in(request.POST.get("words", "")):
            form.ask_about_numbers()
        return _page(request, place, form)
    ticket = filed.ticket
    context = {
        "ticket": ticket,
        "matter": ticket.matter,
        "code": filed.code,
        "address": request.build_absolute_uri(reverse("find-ticket")),
        "phone": charter.phone,
        "place": place,
        "at_desk": may_see_desk(actor),
    }
    return render(request, "desks/filed.html", context)


def _file(request: Request, place: Place, data: dict[str, Any]) -> Filed:
    return file_tickets(actor=request.actor, drafts=[Draft(place=place, **data)])[0]


def _place(request: Request, uid: str) -> Place:
    """A place for which the actor may write down what is told. Raises `NotFound`."""
    place = places_visible_to(request.actor).filter(uid=uid).first()
    if place is None or not may_file_for_others(request.actor, place):
        raise NotFound
    return place


def _page(request: Request, place: Place, form: FileForm) -> HttpResponse:
    context = {"place": place, "label": label_of(place), "form": form, "caller": _caller(request)}
    return render(request, "desks/new.html", context, status=422 if form.errors else 200)


def _caller(request: Request) -> str:
    """What keeps the number of who rang from page to page."""
    caller = request.GET.get("caller", "")
    return f"&{urlencode({'caller': caller})}" if number_in(caller) else ""


def _choose(request: Request) -> HttpResponse:
    """Down the tree from the actor's own places, or by a few letters."""
    actor, words = request.actor, request.GET.get("q", "")[:60]
    under = _place(request, request.GET["under"]) if request.GET.get("under") else None
    if words:
        found = [place for place in find_places(actor, words) if may_file_for_others(actor, place)]
    elif under:
        visible = places_visible_to(actor).values("pk")
        found = list(children_of(under).filter(pk__in=visible))
    else:
        mine = {grant.place_id for grant in actor.grants_of(FILERS) if grant.place_id}
        found = list(Place.objects.filter(pk__in=mine).order_by("order"))
        if len(found) == 1:
            [under] = found
            found = list(children_of(under))
    above = ancestors_of(under) if under else []
    trail = [place for place in above if may_file_for_others(actor, place)]
    caller = _caller(request)
    context = {
        "under": under,
        "label": label_of(under) if under else "",
        "q": words,
        "caller": caller,
        "caller_sealed": request.GET.get("caller", "") if caller else "",
        "trail": [{"words": name_of(place), "href": f"?under={place.uid}{caller}"} for place in trail],
        "options": [
            {"words": label_of(place) if words else name_of(place), "href": f"?under={place.uid}{caller}"}
            for place in found
        ],
        "at_desk": may_see_desk(actor),
    }
    return render(request, "desks/new_place.html", context)
