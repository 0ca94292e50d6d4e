"""Recruiting captains: the call and its form for everybody; applications and the letter for who appoints."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.people import actions, forms, permissions, rules
from linli.people.models import Application, Appointment, Call
from linli.people.queries import applications_of, buildings_in, calls_open, communities_to_recruit_in
from linli.ui.forms import put_refusal


@require_safe
def calls(request: Request) -> HttpResponse:
    """Calls that are open."""
    may_open = communities_to_recruit_in(request.actor).exists()
    return render(request, "people/calls.html", {"calls": calls_open(day_of(request.actor.now)), "may_open": may_open})


@never_cache
@require_http_methods(["GET", "POST"])
def open_call(request: Request) -> HttpResponse:
    """A new call."""
    communities = list(communities_to_recruit_in(request.actor))
    if not communities:
        raise NotAllowed
    form = forms.CallForm(communities, request.POST if request.method == "POST" else None)
    if form.is_valid():
        draft = actions.CallDraft(community=form.community, **form.words())
        try:
            call = actions.open_call(actor=request.actor, draft=draft)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return HttpResponseRedirect(reverse("call", args=[call.uid]))
    lead = _("写清楚做什么、任期多久、怎么选。所有人都看得到，也都能报名。")
    context = {"form": form, "title": _("招募楼长"), "lead": lead, "back": reverse("calls")}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def call(request: Request, uid: str) -> HttpResponse:
    """One call: its words, the form to apply; for who appoints, the applications."""
    found = Call.objects.select_related("community").filter(uid=uid).first()
    if found is None:
        raise NotFound
    buildings = {place.uid: place for place in buildings_in(found.community)}
    data = request.POST if request.method == "POST" else None
    form = forms.ApplyForm([(key, place.label) for key, place in buildings.items()], data)
    if form.is_valid():
        typed = form.cleaned_data
        draft = actions.ApplicationDraft(typed["name"], typed["phone"], buildings[typed["building"]], typed["words"])
        try:
            actions.apply_for_post(actor=request.actor, call=found, draft=draft)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return render(request, "people/applied.html", {"call": found})
    may_recruit = permissions.may_recruit(request.actor, found.community)
    context: dict[str, Any] = {
        "call": found,
        "form": form,
        "is_open": found.until_on >= day_of(request.actor.now),
        "may_recruit": may_recruit,
        "applications": applications_of(found) if may_recruit else [],
        "address": request.build_absolute_uri(reverse("call", args=[uid])),
    }
    return render(request, "people/call.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: Request, uid: str) -> HttpResponse:
    """Show an applicant's number, appoint, or decline."""
    found = Application.objects.select_related("call__community", "person", "building__community").filter(uid=uid)
    application = found.first()
    if application is None or not permissions.may_recruit(request.actor, application.call.community):
        raise NotFound
    if request.POST.get("show"):
        phone = actions.show_applicant(actor=request.actor, application=application)
        return render(request, "people/applicant.html", {"application": application, "phone": phone})
    form = forms.TermForm(request.POST)
    try:
        if request.POST.get("decline"):
            actions.decline_application(actor=request.actor, application=application)
            messages.success(request, _("记下了。请打电话告诉本人。"))
        elif form.is_valid():
            post = actions.appoint_applicant(
                actor=request.actor, application=application, to_on=form.cleaned_data["to_on"]
            )
            return HttpResponseRedirect(reverse("appointment-letter", args=[post.uid]))
        else:
            messages.error(request, _("任期的日期不对，请写成年、月、日。"))
    except BadInput as refusal:
        words = [str(each) for said in refusal.fields.values() for each in said]
        messages.error(request, "".join(words) or str(refusal.words))
    return HttpResponseRedirect(reverse("call", args=[application.call.uid]))


@never_cache
@require_safe
def letter(request: Request, uid: str) -> HttpResponse:
    """The letter of appointment, to print and hand over."""
    post = (
        Appointment.objects.select_related("person", "body", "place", "place__community")
        .filter(uid=uid, person__erased_at=None)
        .first()
    )
    if post is None or not permissions.may_issue_badge(request.actor, post):
        raise NotFound
    context = {"post": post, "words": rules.post_words(post.post), "today": day_of(request.actor.now)}
    return render(request, "people/print_letter.html", context)
