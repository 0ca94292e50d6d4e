"""Household slips: eight figures and a code for each home, shown this once, to be printed and put at the doors."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.access.actions import print_slips
from linli.access.rules import HOUSEHOLD_AT_ONCE, HOUSEHOLD_LIFE
from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.papers.forms import SlipForm
from linli.papers.prints import paper_for
from linli.papers.prints.slips import SLIPS_ON_PAGE, say_slip, slips_of
from linli.papers.queries import homes_with_slips, poster_place
from linli.places.models import Place
from linli.places.queries import children_of
from linli.places.rules import tree
from linli.ui.forms import put_refusal


@never_cache
@require_http_methods(["GET", "POST"])
def home_slips(request: Request, uid: str) -> HttpResponse:
    """Choose how many for each home of a building; then the sheets. No slip where no telephone could use it."""
    place = poster_place(request.actor, uid)
    homes = homes_with_slips(request.actor, place) if place is not None else []
    if place is None or not homes:
        raise NotFound
    paper = paper_for(request, place)
    form = SlipForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (paper.base or paper.is_demo):
        try:
            codes = print_slips(actor=request.actor, homes=homes, copies=int(form.cleaned_data["copies"]))
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            slips = slips_of(homes, codes, paper)
            pages = [slips[start : start + SLIPS_ON_PAGE] for start in range(0, len(slips), SLIPS_ON_PAGE)]
            context = {"place": place, "pages": pages, "say": say_slip(), "until": request.actor.now + HOUSEHOLD_LIFE}
            return render(request, "papers/print_slips.html", context | {"paper": paper, "count": len(slips)})
    return _choose(request, place, homes, form)


def _choose(request: Request, place: Place, homes: list[Place], form: SlipForm) -> HttpResponse:
    context = {
        "place": place,
        "count": len(homes),
        "most": HOUSEHOLD_AT_ONCE,
        "form": form,
        "paper": paper_for(request, place),
        "inside": children_of(place).exclude(level=tree.HOME),
    }
    return render(request, "papers/slips_choose.html", context, status=422 if form.errors else 200)
