"""A grid's page: its three lists, its people, its shops and units; and the sheet for the notice board."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.charters.queries import charter_of
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of, say_day
from linli.grids import actions, queries
from linli.grids.forms import AssistForm, DutyForm
from linli.grids.models import GridItem
from linli.grids.permissions import may_keep_grid, may_see_grids
from linli.matters.queries import page_of
from linli.people.queries import bodies_for
from linli.places.models import Place
from linli.places.queries import covered_by, grids_over, places_below
from linli.places.rules.tree import AREA, WORDS
from linli.ui.forms import put_refusal

SHOWN = 20


def _grid(request: Request, uid: str) -> Place:
    if not may_see_grids(request.actor):
        raise NotFound
    return queries.grid_of(request.actor, uid)


@require_GET
def index(request: Request) -> HttpResponse:
    """The grids and areas of one's communities."""
    if not may_see_grids(request.actor):
        raise NotAllowed
    rows = [(grid, WORDS[grid.level]) for grid in queries.grids_visible_to(request.actor)[:300]]
    return render(request, "grids/grid_list.html", {"rows": rows})


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """The three lists, who works there, what belongs to it."""
    grid = _grid(request, uid)
    context = {
        **_common(request, grid),
        "problems": page_of(queries.problems_of(request.actor, grid), request.GET.get("after", ""), SHOWN),
        "bodies": queries.bodies_of_grid(grid),
        "may_keep": may_keep_grid(request.actor, grid),
    }
    return render(request, "grids/grid_detail.html", context)


def _common(request: Request, grid: Place) -> dict[str, Any]:
    made_of = [cover.place for cover in grid.covers.select_related("place")] if grid.level == AREA else covered_by(grid)
    return {
        "grid": grid,
        "level": WORDS[grid.level],
        "above": [one for one in grids_over(grid) if one.pk != grid.pk],
        "made_of": made_of,
        "homes": places_below(grid, "home").count(),
        "workers": queries.workers_of(grid, request.actor),
        "duties": queries.items_of(grid, "duty"),
        "assists": queries.items_of(grid, "assist"),
    }


@require_http_methods(["GET", "POST"])
def add(request: Request, uid: str, kind: str) -> HttpResponse:
    """A line of the duty list or of the assistance list."""
    grid = _grid(request, uid)
    if kind not in ("duty", "assist"):
        raise NotFound
    if not may_keep_grid(request.actor, grid):
        raise NotAllowed
    data = request.POST or None
    form = DutyForm(data) if kind == "duty" else AssistForm(data, bodies=queries.departments_near(grid))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_item(actor=request.actor, grid=grid, kind=kind, **form.cleaned_data)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("加上了。"))
            return redirect("grid", uid)
    title = _("履职清单加一条") if kind == "duty" else _("协助清单加一条")
    context = {"grid": grid, "form": form, "title": title}
    return render(request, "grids/grid_form.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: Request, uid: str, item_uid: str) -> HttpResponse:
    """Take a line off."""
    item = GridItem.objects.filter(grid=_grid(request, uid), uid=item_uid).select_related("grid__community").first()
    if item is None:
        raise NotFound
    actions.end_item(actor=request.actor, item=item)
    messages.success(request, _("去掉了。"))
    return redirect("grid", uid)


@require_GET
def sheet(request: Request, uid: str) -> HttpResponse:
    """The sheet for the notice board: range, people, duties, whom to ring (REG-012)."""
    grid = _grid(request, uid)
    office = next(iter(bodies_for(grid, body_kind="community_office")), None)
    phone = charter_of(grid.community_id).phone or (office.phone if office else "")
    context = {
        **_common(request, grid),
        "office": office,
        "phone": phone,
        "day": say_day(day_of(request.actor.now)),
        "back": reverse("grid", args=[uid]),
    }
    return render(request, "grids/print_grid.html", context)
