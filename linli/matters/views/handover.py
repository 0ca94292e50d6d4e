"""Leaving: what is held, who follows, from when; then the page that both sign."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.core.times import day_of
from linli.matters.actions import hand_over_body, hand_over_posts
from linli.matters.forms import HandoverForm
from linli.matters.models import Matter
from linli.matters.permissions import may_hand_over, may_hand_over_body
from linli.matters.queries.handovers import (
    bodies_to_follow,
    handovers_visible_to,
    held_by_body,
    held_in_person,
    people_to_follow,
)
from linli.people.models import Body, Person
from linli.ui.forms import put_refusal


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: Request, uid: str) -> HttpResponse:
    """Somebody lays down their posts."""
    person = Person.objects.filter(uid=uid, erased_at=None).first()
    if person is None or not may_hand_over(request.actor, person):
        raise NotFound
    followers = {each.uid: each for each in people_to_follow(person, day_of(request.actor.now))}
    form = _form(request, [(key, each.display_name) for key, each in followers.items()])
    if form.is_valid():
        typed = form.cleaned_data
        try:
            page = hand_over_posts(
                actor=request.actor, person=person, on=typed["on"], successor=followers.get(typed["successor"])
            )
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("handover", page.uid)
    title = _("%(name)s离任交接") % {"name": person.display_name}
    return _page(request, form, title, list(held_in_person(person)))


@never_cache
@require_http_methods(["GET", "POST"])
def leave_body(request: Request, uid: str) -> HttpResponse:
    """A company goes, as a body."""
    body = Body.objects.select_related("place").filter(uid=uid, is_active=True).first()
    if body is None or not may_hand_over_body(request.actor, body):
        raise NotFound
    followers = {each.uid: each for each in bodies_to_follow(body)}
    form = _form(request, [(key, each.name) for key, each in followers.items()])
    if form.is_valid():
        typed = form.cleaned_data
        try:
            page = hand_over_body(
                actor=request.actor, body=body, on=typed["on"], successor=followers.get(typed["successor"])
            )
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("handover", page.uid)
    return _page(request, form, _("%(name)s撤走交接") % {"name": body.name}, list(held_by_body(body)))


def _form(request: Request, followers: list[tuple[str, str]]) -> HandoverForm:
    data = request.POST if request.method == "POST" else None
    return HandoverForm(followers, data, initial={"on": day_of(request.actor.now)})


def _page(request: Request, form: HandoverForm, title: str, held: list[Matter]) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "held": held}
    return render(request, "matters/leave.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def show(request: Request, uid: str) -> HttpResponse:
    """The page of a handover, to print and sign."""
    page = handovers_visible_to(request.actor).filter(uid=uid).first()
    if page is None:
        raise NotFound
    known = {matter.uid: matter for matter in Matter.objects.filter(uid__in=page.matters).select_related("place")}
    matters = [known[each] for each in page.matters if each in known]
    return render(request, "matters/print_handover.html", {"page": page, "matters": matters})
