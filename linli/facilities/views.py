"""The register of facilities: what stands where, what failed, what is due; and its acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of, say_day
from linli.facilities import actions, queries
from linli.facilities.forms import FacilityForm, InspectForm, StopForm, words_of
from linli.facilities.models import Facility
from linli.facilities.permissions import may_keep_facility, may_see_facilities, may_watch_facility
from linli.facilities.rules import KINDS, PARTS
from linli.matters.queries import page_of
from linli.places.models import Place
from linli.places.queries import places_below, places_visible_to
from linli.ui.forms import put_refusal

ON_A_PAGE, FAULTS_SHOWN = 50, 10


@require_GET
def index(request: Request) -> HttpResponse:
    """The register, of all one's places or of one, of all kinds or of one."""
    if not may_see_facilities(request.actor):
        raise NotAllowed
    found = queries.facilities_visible_to(request.actor)
    place = _place(request, request.GET["in"]) if request.GET.get("in") else None
    if place is not None:
        found = found.filter(Q(place=place) | Q(place__in=places_below(place).order_by()))
    kinds = found.order_by().values_list("kind", flat=True).distinct()
    kind = request.GET.get("kind", "")
    if kind in KINDS:
        found = found.filter(kind=kind)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": place,
        "page": page,
        "lines": queries.lines_of(page.object_list, request.actor.now),
        "kinds": [(code, each.words) for code, each in KINDS.items() if code in set(kinds)],
        "kind": kind,
        "may_add": place is not None and may_keep_facility(request.actor, place),
        "head": [_("设施"), _("状态"), _("一年里的故障"), _("停用天数"), _("下次检验"), _("坏了谁修")],
    }
    return render(request, "facilities/facility_list.html", context)


def _place(request: Request, uid: str) -> Place:
    place = places_visible_to(request.actor).filter(uid=uid).exclude(level="home").first()
    if place is None:
        raise NotFound
    return place


def _facility(request: Request, uid: str) -> Facility:
    if not may_see_facilities(request.actor):
        raise NotFound
    return queries.facility_of(request.actor, uid)


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """One facility: who sees to it, how it has served, what was reported about it."""
    facility = _facility(request, uid)
    may_keep = may_keep_facility(request.actor, facility.place)
    context = {
        "facility": facility,
        "place": facility.place,
        "kind": KINDS[facility.kind].words,
        "facts": _facts(facility),
        "line": queries.lines_of([facility], request.actor.now)[0],
        "outages": facility.outages.all()[:FAULTS_SHOWN],
        "faults": page_of(queries.faults_of(request.actor, facility), request.GET.get("after", ""), FAULTS_SHOWN),
        "may_keep": may_keep,
        "may_watch": may_keep or may_watch_facility(request.actor, facility),
        "stop_form": StopForm(),
        "inspect_form": InspectForm(initial={"on": day_of(request.actor.now)}),
    }
    return render(request, "facilities/facility_detail.html", context)


def _facts(facility: Facility) -> list[tuple[Any, Any]]:
    days = {"inspected_on": _("上次检验"), "next_inspection_on": _("下次检验")}
    facts = [
        (_("急事电话"), facility.emergency_phone),
        (_("平时谁管"), facility.carer.name if facility.carer else ""),
        (_("坏了谁修"), facility.firm.name if facility.firm else ""),
        *((words, say_day(day) if (day := getattr(facility, name)) else "") for name, words in days.items()),
        (_("设备代码或登记证号"), facility.registration),
        (_("部件类别"), PARTS[KINDS[facility.kind].part]),
        (_("地点码"), facility.place.tag),
    ]
    return [(name, words or "—") for name, words in facts]


def _form_page(request: Request, place: Place, form: Any, title: str, act: str) -> HttpResponse:
    context = {"place": place, "form": form, "title": title, "act": act}
    return render(request, "facilities/facility_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add(request: Request, uid: str) -> HttpResponse:
    """A new facility in a place."""
    place = _place(request, uid)
    if not may_keep_facility(request.actor, place):
        raise NotAllowed
    form = FacilityForm(request.POST or None, bodies=queries.bodies_near(place))
    if request.method == "POST" and form.is_valid():
        try:
            (facility,) = actions.add_facilities(actor=request.actor, parent=place, drafts=[form.draft()])
        except BadInput as refusal:
            put_refusal(form, _at_name(refusal))
        else:
            messages.success(request, _("登记好了：%(label)s") % {"label": facility.place.label})
            return redirect("facility", facility.uid)
    return _form_page(request, place, form, _("登记一个设施"), _("登记"))


def _at_name(refusal: BadInput) -> BadInput:
    """The fault of a place's draft stands at the name."""
    return BadInput({"name" if field == "0" else field: words for field, words in refusal.fields.items()})


@require_http_methods(["GET", "POST"])
def change(request: Request, uid: str) -> HttpResponse:
    """Correct a facility."""
    facility = _facility(request, uid)
    if not may_keep_facility(request.actor, facility.place):
        raise NotAllowed
    bodies = queries.bodies_near(facility.place)
    form = FacilityForm(request.POST or None, bodies=bodies, initial=words_of(facility))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_facility(actor=request.actor, facility=facility, draft=form.draft())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("改好了。"))
            return redirect("facility", uid)
    return _form_page(request, facility.place, form, _("改设施资料"), _("保存"))


@require_http_methods(["GET", "POST"])
def stop(request: Request, uid: str) -> HttpResponse:
    """Out of service from now."""
    facility, form = _facility(request, uid), StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.stop_facility(actor=request.actor, facility=facility, reason=form.cleaned_data["reason"])
        messages.success(request, _("记下停用了，门口扫码就能看到。"))
        return redirect("facility", uid)
    return _form_page(request, facility.place, form, _("记下停用"), _("从现在起停用"))


@require_POST
def restart(request: Request, uid: str) -> HttpResponse:
    """It serves again."""
    actions.restart_facility(actor=request.actor, facility=_facility(request, uid))
    messages.success(request, _("记下恢复了。"))
    return redirect("facility", uid)


@require_http_methods(["GET", "POST"])
def inspect(request: Request, uid: str) -> HttpResponse:
    """An inspection was held."""
    facility, form = _facility(request, uid), InspectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.inspect_facility(actor=request.actor, facility=facility, **form.cleaned_data)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("检验记好了。"))
            return redirect("facility", uid)
    return _form_page(request, facility.place, form, _("记一次检验"), _("记下"))
