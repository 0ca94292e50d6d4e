"""Badges: issuing one for a post, printing it, and the page that anybody may check it on."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.core.times import day_of
from linli.files.actions import take_images
from linli.files.queries import address_of
from linli.people import actions, forms, permissions, rules
from linli.people.models import Appointment, Badge
from linli.people.queries import badge_of, badge_standing, has_consented
from linli.ui.forms import put_refusal


@never_cache
@require_http_methods(["GET", "POST"])
def issue(request: Request, uid: str) -> HttpResponse:
    """The badge of a post: the one in force, or a new one."""
    post = (
        Appointment.objects.select_related("person", "body", "place", "place__community")
        .filter(uid=uid, person__erased_at=None)
        .first()
    )
    if post is None or not permissions.may_issue_badge(request.actor, post):
        raise NotFound
    today = day_of(request.actor.now)
    start = {"valid_to": min(today + timedelta(365), post.to_on or today + timedelta(365))}
    form = forms.BadgeForm(request.POST if request.method == "POST" else None, request.FILES or None, initial=start)
    if form.is_valid():
        try:
            taken = take_images(actor=request.actor, uploads=form.cleaned_data["photo"])
            actions.issue_badge(
                actor=request.actor, appointment=post, valid_to=form.cleaned_data["valid_to"], taken=taken
            )
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("工作牌做好了，可以打印。"))
            return HttpResponseRedirect(reverse("badge", args=[uid]))
    context = {
        "post": post,
        "words": rules.post_words(post.post),
        "badge": badge_of(post),
        "form": form,
        "has_consent": has_consented(post.person_id, rules.BADGE_PHOTO, request.actor.now),
    }
    return render(request, "people/badge.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: Request, uid: str) -> HttpResponse:
    """Take a badge back."""
    badge = _badge(request, uid)
    actions.end_badge(actor=request.actor, badge=badge)
    messages.success(request, _("收回了。别人再查，就显示无效。"))
    return HttpResponseRedirect(reverse("badge", args=[uid]))


def _badge(request: Request, uid: str) -> Badge:
    """The badge in force of a post that the actor may issue badges for."""
    found = Badge.objects.filter(appointment__uid=uid, ended_at=None).select_related(
        "photo", "appointment__person", "appointment__body", "appointment__place__community"
    )
    badge = found.first()
    if badge is None or not permissions.may_issue_badge(request.actor, badge.appointment):
        raise NotFound
    return badge


@never_cache
@require_safe
def card(request: Request, uid: str) -> HttpResponse:
    """The badge as a card, to print and laminate."""
    badge = _badge(request, uid)
    may_show = has_consented(badge.appointment.person_id, rules.BADGE_PHOTO, request.actor.now)
    context = {
        "badge": badge,
        "post": badge.appointment,
        "words": rules.post_words(badge.appointment.post),
        "photo": address_of(badge.photo, request.actor) if badge.photo and may_show else "",
        "team": badge_standing(badge.code, day_of(request.actor.now)).team,
        "check": request.build_absolute_uri(reverse("badge-check", args=[badge.code])),
    }
    return render(request, "people/print_badge.html", context)


@never_cache
@require_safe
def check(request: Request, code: str) -> HttpResponse:
    """Valid or not, which team, until when; nothing else, and the same for a code that never was."""
    return render(request, "people/badge_check.html", {"standing": badge_standing(code, day_of(request.actor.now))})
