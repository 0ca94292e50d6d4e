"""The register of places, for the people who keep it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.numbers import area_words
from linli.places import actions, queries
from linli.places.forms import AddForm, ApprovalForm, CodeForm, CoverForm, OutlineForm, PlaceForm
from linli.places.models import Place
from linli.places.permissions import (
    may_add_under,
    may_approve_map,
    may_edit,
    may_import,
    may_print_posters,
    may_see_register,
)
from linli.places.rules import tree
from linli.places.rules.outlines import drawing_of, polygons_in
from linli.ui.forms import put_refusal

ON_A_PAGE = 100


def place_for(request: Request, uid: str) -> Place:
    """A place that the actor may know of, for staff."""
    if not may_see_register(request.actor):
        raise NotAllowed
    place = queries.places_visible_to(request.actor).filter(uid=uid).first()
    if place is None:
        raise NotFound
    return place


@require_GET
def index(request: Request) -> HttpResponse:
    """The districts, or what a search found."""
    if not may_see_register(request.actor):
        raise NotAllowed
    words = request.GET.get("q", "")[:60]
    found = queries.find_places(request.actor, words)
    context = {
        "places": found if words else list(queries.children_of(None)),
        "words": words,
        "levels": _levels(None),
        "may_add": may_add_under(request.actor, None),
        "may_import": may_import(request.actor),
        "is_secretary": request.actor.holds("secretary"),
        "approval": queries.map_approval(),
        "may_approve": may_approve_map(request.actor),
        "level_words": tree.WORDS,
    }
    return render(request, "places/place_list.html", context)


def _levels(place: Place | None) -> list[tuple[Any, int]]:
    return [(tree.WORDS[level], count) for level, count in queries.levels_below(place).items()]


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """One place: what it is, what lies in it, its outline, and what one may do."""
    place = place_for(request, uid)
    visible = queries.places_visible_to(request.actor).values("pk")
    children = queries.children_of(place).filter(pk__in=visible)
    page = Paginator(children, ON_A_PAGE).get_page(request.GET.get("page"))
    outline = queries.outline_of(place, request.actor)
    context = {
        "place": place,
        "level": tree.WORDS[place.level],
        "above": queries.ancestors_of(place),
        "facts": _facts(request, place),
        "page": page,
        "levels": _levels(place),
        "drawing": drawing_of([polygons_in(outline.geometry)]) if outline else None,
        "approval": queries.map_approval(),
        "may_edit": may_edit(request.actor, place),
        "may_add": may_edit(request.actor, place) and bool(tree.children_levels(place.level)),
        "is_grid": place.level in tree.COVERED,
        "may_merge": place.level in tree.MERGED,
        "turns": queries.turns_of(place),
        "may_print": may_print_posters(request.actor, place),
    }
    return render(request, "places/place_detail.html", context)


def _facts(request: Request, place: Place) -> list[tuple[Any, Any]]:
    facts: list[tuple[Any, Any]] = [(_("代码"), place.code), (_("海报码"), place.tag)]
    if place.name_bo:
        facts.append((_("藏文名称"), place.name_bo))
    if place.name_en:
        facts.append((_("英文名称"), place.name_en))
    if place.area_centi is not None:
        facts.append((_("面积"), f"{area_words(place.area_centi)} ㎡"))
    if place.latitude is not None and queries.may_see_maps(request.actor):
        facts.append((_("位置"), f"{place.latitude}, {place.longitude}（WGS-84）"))
    return facts


def _form_page(request: Request, place: Place | None, form: Any, title: str, act: str) -> HttpResponse:
    context = {"place": place, "form": form, "title": title, "act": act}
    return render(request, "places/place_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add(request: Request, uid: str = "") -> HttpResponse:
    """Add a place under another, or a district."""
    parent = place_for(request, uid) if uid else None
    if not may_add_under(request.actor, parent):
        raise NotAllowed
    form = AddForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        try:
            place = actions.add_places(actor=request.actor, drafts=[form.draft()])[0]
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("加好了：%(label)s") % {"label": place.label})
            return redirect("place", place.uid)
    return _form_page(request, parent, form, _("加一个地方"), _("加上"))


@require_http_methods(["GET", "POST"])
def change(request: Request, uid: str) -> HttpResponse:
    """Correct names, area and point."""
    place = place_for(request, uid)
    if not may_edit(request.actor, place):
        raise NotAllowed
    form = PlaceForm(request.POST) if request.method == "POST" else PlaceForm.of(place)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_place(actor=request.actor, place=place, change=form.change())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("改好了。"))
            return redirect("place", uid)
    return _form_page(request, place, form, _("改名称和资料"), _("保存"))


@require_http_methods(["GET", "POST"])
def code(request: Request, uid: str) -> HttpResponse:
    """Put the state's code in the place of a provisional one."""
    place = place_for(request, uid)
    if not may_edit(request.actor, place):
        raise NotAllowed
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_code(actor=request.actor, place=place, code=form.cleaned_data["code"].strip())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("代码换好了，旧代码仍能查到这里。"))
            return redirect("place", uid)
    return _form_page(request, place, form, _("换成国家统一代码"), _("换"))


@require_POST
def close(request: Request, uid: str) -> HttpResponse:
    """Close a place that is no more."""
    place = place_for(request, uid)
    actions.close_place(actor=request.actor, place=place)
    messages.success(request, _("“%(name)s”已停用。") % {"name": place.name})
    above = queries.ancestors_of(place)
    return redirect("place", above[-1].uid) if above else redirect("places")


@require_http_methods(["GET", "POST"])
def cover(request: Request, uid: str) -> HttpResponse:
    """Say what a grid is made of."""
    grid = place_for(request, uid)
    if grid.level not in tree.COVERED or not may_edit(request.actor, grid):
        raise NotFound
    offered = {place.uid: place for place in queries.coverable_by(grid)}
    covered = list(grid.covers.values_list("place__uid", flat=True))
    choices = [(place.uid, place.label) for place in offered.values()]
    form = CoverForm(request.POST if request.method == "POST" else None, choices=choices, initial={"places": covered})
    if request.method == "POST" and form.is_valid():
        chosen = [offered[one] for one in form.cleaned_data["places"]]
        try:
            actions.cover_grid(actor=request.actor, grid=grid, places=chosen)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("网格范围存好了。"))
            return redirect("place", uid)
    return _form_page(request, grid, form, _("网格范围"), _("保存"))


@require_http_methods(["GET", "POST"])
def outline(request: Request, uid: str = "") -> HttpResponse:
    """Take outlines in: of one place, or of all places whose codes the file names."""
    place = place_for(request, uid) if uid else None
    if not (may_edit(request.actor, place) if place else may_import(request.actor)):
        raise NotAllowed
    form = OutlineForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, crs = form.cleaned_data["file"], form.cleaned_data["source_crs"]
        try:
            drawn = actions.import_outlines(actor=request.actor, content=file, source_crs=crs, place=place)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("画好了 %(count)d 个范围。") % {"count": len(drawn)})
            return redirect("place", uid) if uid else redirect("places-map")
    return _form_page(request, place, form, _("导入范围"), _("导入"))


@require_http_methods(["GET", "POST"])
def atlas(request: Request) -> HttpResponse:
    """The districts' outlines on one sheet, and the approval number."""
    if not queries.may_see_maps(request.actor):
        raise NotAllowed
    form = ApprovalForm(request.POST or None)
    if request.method == "POST":
        if "withdraw" in request.POST:
            actions.withdraw_map(actor=request.actor)
            return redirect("places-map")
        if form.is_valid():
            try:
                actions.approve_map(actor=request.actor, number=form.cleaned_data["number"])
            except BadInput as refusal:
                put_refusal(form, refusal)
            else:
                return redirect("places-map")
    sheets = [
        (one.place, drawing_of([polygons_in(one.geometry)], width=360))
        for one in queries.outlines_of(list(queries.children_of(None)), request.actor)
    ]
    context = {"sheets": sheets, "form": form, "approval": queries.map_approval()}
    context["may_approve"] = may_approve_map(request.actor)
    return render(request, "places/place_map.html", context, status=422 if form.errors else 200)
