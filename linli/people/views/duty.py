"""The duty roster of one's body."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.people import actions, forms, permissions
from linli.people.models import Body, Shift
from linli.people.queries import shifts_after, wearers_of
from linli.ui.forms import put_refusal


def _body(request: Request) -> Body:
    """The body for which one acts now."""
    body = Body.objects.filter(pk=request.actor.body_id or 0, is_active=True).first()
    if body is None:
        raise NotAllowed
    return body


@never_cache
@require_http_methods(["GET", "POST"])
def roster(request: Request) -> HttpResponse:
    """Who is on duty now and next; whoever keeps the roster adds a turn."""
    body, today = _body(request), day_of(request.actor.now)
    people = {each.uid: each for each in wearers_of(body.pk, today)}
    may_keep = permissions.may_keep_roster(request.actor, body)
    start = {"from_on": today, "to_on": today + timedelta(6), "phone": body.phone}
    form = forms.ShiftForm(
        [(key, each.display_name) for key, each in people.items()],
        request.POST if request.method == "POST" else None,
        initial=start,
    )
    if request.method == "POST" and not may_keep:
        raise NotAllowed
    if form.is_valid():
        typed = form.cleaned_data
        draft = actions.ShiftDraft(
            body,
            people[typed["person"]],
            typed["from_on"],
            typed["to_on"],
            people.get(typed["stand_in"]),
            typed["phone"],
        )
        try:
            actions.add_shift(actor=request.actor, draft=draft)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("排好了。"))
            return HttpResponseRedirect(reverse("duty"))
    context = {"body": body, "form": form, "may_keep": may_keep, "shifts": shifts_after(body.pk, today), "today": today}
    return render(request, "people/duty.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: Request, number: int) -> HttpResponse:
    """Take a turn off the roster."""
    shift = Shift.objects.select_related("body", "person").filter(pk=number).first()
    if shift is None or not permissions.may_keep_roster(request.actor, shift.body):
        raise NotFound
    actions.drop_shift(actor=request.actor, shift=shift)
    messages.success(request, _("去掉了。"))
    return HttpResponseRedirect(reverse("duty"))
