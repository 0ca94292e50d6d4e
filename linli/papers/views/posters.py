"""Paper: choosing what to print, the sheets for the browser's printer, and the same as PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.core.actor import Request
from linli.core.errors import NotAllowed, NotFound
from linli.files.queries import address_of, files_of
from linli.papers.actions import begin_run
from linli.papers.forms import PosterForm
from linli.papers.permissions import may_print_home_slips
from linli.papers.prints import paper_for
from linli.papers.prints.paper import base_of, own_of
from linli.papers.prints.posters import SIZES, TEMPLATES, Pile, pile_of
from linli.papers.queries import WIDE, grouped, poster_place, poster_places, poster_roots, runs_visible_to
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
        "runs": runs_visible_to(request.actor)[:5],
        "may_slips": may_print_home_slips(request.actor, place),
    }
    return render(request, "papers/posters_choose.html", context, status=422 if form.errors else 200)


def _pile(request: Request, place: Place, typed: Any) -> Pile | PosterForm:
    """What was ticked, or the form that says what is wrong with it."""
    form = PosterForm(typed, places=poster_places(place))
    return Pile(place, form.chosen(), form.cleaned_data["size"]) if form.is_valid() else form


@require_GET
def poster_sheets(request: Request, uid: str) -> HttpResponse:
    """The posters on the screen, for the browser's own printer."""
    place = _place(request, uid)
    pile = _pile(request, place, request.GET)
    if isinstance(pile, PosterForm):
        return _choose(request, place, pile)
    more = {
        "pdf": f"{reverse('poster-pdf', args=[uid])}?{request.GET.urlencode()}",
        "back": reverse("place-posters", args=[uid]),
        "has_no_margin": True,
    }
    return render(request, TEMPLATES[pile.size], pile.context(paper_for(request, place)) | more)


@require_GET
def poster_pdf(request: Request, uid: str) -> HttpResponse:
    """The posters as PDF; for a long pile, a page that has it made while one goes on with other things."""
    place = _place(request, uid)
    pile = _pile(request, place, request.GET)
    if isinstance(pile, PosterForm):
        return _choose(request, place, pile)
    if pile.is_long:
        context = {"place": place, "pile": pile, "typed": [(k, v) for k, vs in request.GET.lists() for v in vs]}
        return render(request, "papers/run_new.html", context)
    context = pile.context(paper_for(request, place))
    return pdf_response(TEMPLATES[pile.size], context, _("海报 %(place)s") % {"place": place.label})


@require_POST
def begin(request: Request, uid: str) -> HttpResponse:
    """Have a long pile made."""
    place = _place(request, uid)
    pile = _pile(request, place, request.POST)
    if isinstance(pile, PosterForm):
        return _choose(request, place, pile)
    run = begin_run(actor=request.actor, pile=pile, base=base_of(request), own=own_of(request))
    return redirect("print-run", run.uid)


@require_GET
def run(request: Request, uid: str) -> HttpResponse:
    """How far a pile is, and the parts that are ready."""
    found = runs_visible_to(request.actor).filter(uid=uid).first()
    if found is None:
        raise NotFound
    pile = pile_of(found)
    files = {file.uid: file for file in files_of(found.files)}
    pages = SIZES[found.size]
    parts = [
        (those.start // pages + 1, -(-those.stop // pages), address_of(files[file], request.actor))
        for those, file in zip(pile.parts, found.files, strict=False)
        if file in files
    ]
    context = {"run": found, "pile": pile, "parts": parts, "is_advancing": found.next_at is not None}
    name = "papers/run.html#progress" if getattr(request, "htmx", False) else "papers/run.html"
    return render(request, name, context)
