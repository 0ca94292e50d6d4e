"""Paper: choosing what to print, the sheets for the browser's printer, and the same as PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.core.actor import Request
from linli.core.errors import NotAllowed, NotFound
from linli.papers.forms import PosterForm
from linli.papers.permissions import may_print_home_slips
from linli.papers.prints import paper_for
from linli.papers.prints.posters import PARTS, TEMPLATES, by_page, pages_for, parts_of, posters_of, sayings_of
from linli.papers.queries import WIDE, grouped, poster_place, poster_places, poster_roots
from linli.places.models import Place
from linli.places.permissions import POSTER_POSTS, may_print_posters
from linli.places.queries import ancestors_of, children_of
from linli.ui.prints import pdf_response


def _place(request: Request, uid: str) -> Place:
    """A place whose posters the actor may print."""
    place = poster_place(request.actor, uid)
    if place is None:
        raise NotFound
    if not may_print_posters(request.actor, place):
        raise NotAllowed
    return place


@require_GET
def posters(request: Request) -> HttpResponse:
    """Where to print for: straight there, if there is one place only."""
    if not request.actor.holds(*POSTER_POSTS):
        raise NotAllowed
    roots = list(poster_roots(request.actor))
    if len(roots) == 1:
        return redirect("place-posters", roots[0].uid)
    return render(request, "papers/posters_where.html", {"places": roots, "above": []})


@require_GET
def place_posters(request: Request, uid: str) -> HttpResponse:
    """Choose the doors and the size; in a street or district, first the community."""
    place = _place(request, uid)
    if place.level in WIDE:
        context = {"places": list(children_of(place)), "above": [*ancestors_of(place), place]}
        return render(request, "papers/posters_where.html", context)
    return _choose(request, place, PosterForm(places=poster_places(place)))


def _choose(request: Request, place: Place, form: PosterForm) -> HttpResponse:
    context = {
        "place": place,
        "form": form,
        "groups": grouped(list(form.places)),
        "ticked": form.ticked(),
        "paper": paper_for(request, place),
        "may_slips": may_print_home_slips(request.actor, place),
    }
    return render(request, "papers/posters_choose.html", context, status=422 if form.errors else 200)


@require_GET
def poster_sheets(request: Request, uid: str) -> HttpResponse:
    """The posters on the screen, for the browser's own printer."""
    place = _place(request, uid)
    form = PosterForm(request.GET, places=poster_places(place))
    if not form.is_valid():
        return _choose(request, place, form)
    chosen, size = form.chosen(), form.cleaned_data["size"]
    context = _sheets(request, place, chosen, size)
    pdf = reverse("poster-pdf", args=[uid])
    more = {
        "pdf": f"{pdf}?{request.GET.urlencode()}",
        "parts": [(part.start + 1, part.stop) for part in parts_of(len(chosen), size)],
    }
    more["back"] = f"{reverse('place-posters', args=[uid])}"
    return render(request, TEMPLATES[size], context | more)


@require_GET
def poster_pdf(request: Request, uid: str) -> HttpResponse:
    """The posters as PDF; many come in parts, so that nobody else waits for long."""
    place = _place(request, uid)
    form = PosterForm(request.GET, places=poster_places(place))
    if not form.is_valid():
        return _choose(request, place, form)
    chosen, size = form.chosen(), form.cleaned_data["size"]
    parts, wanted = parts_of(len(chosen), size), request.GET.get("part", "")
    if len(parts) > 1 and not wanted.isdecimal():
        return redirect(f"{reverse('poster-sheets', args=[uid])}?{request.GET.urlencode()}")
    number = int(wanted) if wanted.isdecimal() else 1
    if not 1 <= number <= len(parts):
        raise NotFound
    part = parts[number - 1]
    context = _sheets(request, place, chosen[part.start : part.stop], size) | {
        "before": (number - 1) * PARTS[size],
        "pages_in_all": pages_for(len(chosen), size),
    }
    return pdf_response(TEMPLATES[size], context, _("海报 %(place)s") % {"place": place.label})


def _sheets(request: Request, place: Place, chosen: list[Place], size: str) -> dict[str, Any]:
    paper = paper_for(request, place)
    pages = by_page(posters_of(chosen, paper), size)
    return {
        "paper": paper,
        "say": sayings_of(),
        "pages": pages,
        "pages_in_all": len(pages),
        "before": 0,
        "count": len(chosen),
    }
