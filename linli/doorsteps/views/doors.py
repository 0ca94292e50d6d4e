"""The place one stands at, and what may be seen from there."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.core.actor import Actor, Request
from linli.core.errors import NotFound
from linli.doorsteps.forms.finding import PlaceForm
from linli.doorsteps.queries import going_on_here, my_homes
from linli.matters.models import Matter
from linli.matters.queries import Page, page_of
from linli.places.models import Place
from linli.places.queries import ancestors_of, children_of, label_of, name_of, place_by_tag, place_of, places_visible_to
from linli.tickets.permissions import may_file

SHOWN = 6


def place_at(request: Request, tag: str) -> Place:
    """The place of a poster's code. Raises `NotFound`; also for a home that is not the reader's to know."""
    place = place_by_tag(tag)
    if not may_file(request.actor, place):
        raise NotFound
    if place.level == "home" and not _may_know_home(request.actor, place):
        raise NotFound
    return place


def _may_know_home(actor: Actor, home: Place) -> bool:
    """One's own home, and staff's own area."""
    return home in my_homes(actor) or places_visible_to(actor).filter(pk=home.pk).exists()


def going_on(request: Request, place: Place) -> Page[Matter]:
    """A page of what goes on there, newest first."""
    after = request.GET.get("after", "") if request.method == "GET" else ""
    return page_of(going_on_here(place), after, SHOWN)


def choose_place(request: Request, url_name: str) -> HttpResponse:
    """Choose where: the six characters of a poster, or down the tree; then on to ``url_name`` at that place."""
    form = PlaceForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        try:
            place = place_at(request, form.cleaned_data["code"])
        except NotFound:
            form.refuse()
        else:
            return redirect(at(url_name, place))
    here = place_of(request.GET["in"]) if request.GET.get("in") else None
    options = _below(here)
    while here is None or here.level in UPPER:
        if len(options) != 1:
            break
        here, options = options[0], _below(options[0])
    homes = [{"words": label_of(home), "href": at(url_name, home)} for home in my_homes(request.actor)]
    context = {"form": form, "here": here, "homes": homes, **_tree(here, options, url_name)}
    return render(request, "doorsteps/report_place.html", context, status=422 if form.errors else 200)


UPPER = ("district", "street", "community")


def at(url_name: str, place: Place) -> str:
    """The address of ``url_name`` at a place."""
    return f"{reverse(url_name)}?at={place.tag}"


def _below(place: Place | None) -> list[Place]:
    """The places under ``place`` that one may choose; homes are nobody's to look through."""
    return list(children_of(place).exclude(level__in=("home", "grid", "area")))


def _tree(here: Place | None, options: list[Place], url_name: str) -> dict[str, Any]:
    """What the tree picker draws: the way so far, and the next choices."""
    choose = reverse(url_name)
    trail = [{"words": _("全部"), "href": choose}] if here else []
    if here is not None:
        trail += [{"words": name_of(one), "href": f"{choose}?in={one.uid}"} for one in ancestors_of(here)]
        trail.append({"words": name_of(here)})
    links = [
        {"words": name_of(one), "href": f"{choose}?in={one.uid}" if one.child_count else at(url_name, one)}
        for one in options
    ]
    go = at(url_name, here) if here is not None and here.level not in UPPER[:2] else ""
    return {"trail": trail, "options": links, "go": go, "label": label_of(here) if here else ""}
