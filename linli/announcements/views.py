"""Writing an announcement, what came of it, the doors still to be knocked at; and the page that everybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.announcements import actions, queries
from linli.announcements.forms import AnnouncementForm, ProlongForm, WithdrawForm
from linli.announcements.models import Announcement
from linli.announcements.permissions import (
    ANNOUNCERS,
    KNOCKERS,
    may_keep_announcement,
    may_see_announcement,
    may_see_announcements,
)
from linli.announcements.rules import DRAFT, KINDS, PUBLISHED
from linli.charters.queries import charter_of
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.matters.queries import page_of
from linli.people.models import Body
from linli.places.models import Place
from linli.ui.forms import put_refusal

SHOWN = 30


@require_GET
def show(request: Request, uid: str) -> HttpResponse:
    """What everybody reads, behind the notice and the sheet's code."""
    found = queries.announcement_of(request.actor, uid)
    return render(request, "announcements/announcement.html", _said(found))


def _said(announcement: Announcement) -> dict[str, Any]:
    return {
        "announcement": announcement,
        "kind": KINDS[announcement.kind],
        "title": queries.title_of(announcement),
        "span": queries.span_of(announcement),
        "words": queries.words_of(announcement),
    }


@require_GET
def index(request: Request) -> HttpResponse:
    """Those of one's own bodies and places."""
    if not may_see_announcements(request.actor):
        raise NotAllowed
    page = page_of(queries.announcements_visible_to(request.actor), request.GET.get("after", ""), SHOWN)
    rows = [_said(one) for one in page]
    may_write = request.actor.body_id is not None and request.actor.holds(*ANNOUNCERS)
    context = {"rows": rows, "next": page.next, "may_write": may_write}
    return render(request, "announcements/announcement_list.html", context)


def _own(request: Request, uid: str) -> Announcement:
    """An announcement on staff's page."""
    found = queries.announcements_visible_to(request.actor).filter(uid=uid).first()
    if found is None or not may_see_announcement(request.actor, found):
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """Write one; it is looked at before it goes out."""
    body = Body.objects.filter(pk=request.actor.body_id or 0).first()
    if body is None or not request.actor.holds(*ANNOUNCERS):
        raise NotAllowed
    form = AnnouncementForm(request.POST or None, places=queries.places_offered(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_announcement(actor=request.actor, body=body, draft=form.draft())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("announcement-detail", made.uid)
    return render(request, "announcements/announcement_form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """What comes of one writing: who is told, the group's two lines, the sheet, the doors to knock at."""
    return _detail(request, _own(request, uid))


def _detail(request: Request, found: Announcement, **forms: Any) -> HttpResponse:
    knocks = request.actor.holds(*KNOCKERS)
    context = {
        **_said(found),
        "lines": _lines(request, found),
        "people": queries.persons_to_tell(found, request.actor.now).count(),
        "homes": queries.homes_of(found).count(),
        "unreached": queries.unreached_homes(found, request.actor).count() if knocks else None,
        "told": found.tellings.count(),
        "is_draft": found.state == DRAFT,
        "is_published": found.state == PUBLISHED,
        "may_keep": may_keep_announcement(request.actor, found),
        "prolong_form": ProlongForm(initial={"to_at": found.to_at}),
        "withdraw_form": WithdrawForm(),
        **forms,
    }
    is_wrong = any(form.errors for form in forms.values())
    return render(request, "announcements/announcement_detail.html", context, status=422 if is_wrong else 200)


def _lines(request: Request, found: Announcement) -> list[str]:
    """Two lines for the group chat, in Chinese, and two in Tibetan where a reader has looked at them."""
    with override("zh-hans"):
        place = found.places.first()
        phone = charter_of(place.community_id).phone if place else ""
        phone = phone or found.body.phone
        by = f"{found.body.name} {phone}".strip()
        lines = [f"【{queries.title_of(found, 'zh-hans')}】{queries.span_of(found)}", f"{found.words} {by}"]
    if found.is_bo_read and found.words_bo:
        with override("bo"):
            lines += [f"{queries.title_of(found, 'bo')} {queries.span_of(found)}", found.words_bo]
    return lines


@require_POST
def publish(request: Request, uid: str) -> HttpResponse:
    """Send it out."""
    told = actions.publish_announcement(actor=request.actor, announcement=_own(request, uid))
    messages.success(request, _("发出了，通知了 %(n)s 位。下面是还没人告诉的户。") % {"n": told})
    return redirect("announcement-detail", uid)


@require_POST
def prolong(request: Request, uid: str) -> HttpResponse:
    """It ends at another time."""
    found, form = _own(request, uid), ProlongForm(request.POST)
    if form.is_valid():
        try:
            actions.prolong_announcement(actor=request.actor, announcement=found, to_at=form.cleaned_data["to_at"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("时间改了，又通知了一遍。"))
            return redirect("announcement-detail", uid)
    return _detail(request, found, prolong_form=form)


@require_POST
def withdraw(request: Request, uid: str) -> HttpResponse:
    """It is off."""
    found, form = _own(request, uid), WithdrawForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw_announcement(actor=request.actor, announcement=found, reason=reason)
        messages.success(request, _("取消了，也告诉了大家。"))
        return redirect("announcement-detail", uid)
    return _detail(request, found, withdraw_form=form)


@require_http_methods(["GET", "POST"])
def homes(request: Request, uid: str) -> HttpResponse:
    """The homes that no channel reaches, stairwell by stairwell; tick who was told at the door."""
    found = _own(request, uid)
    if not request.actor.holds(*KNOCKERS) or found.state == DRAFT:
        raise NotFound
    left = queries.unreached_homes(found, request.actor).select_related("parent")
    if request.method == "POST":
        chosen = list(left.filter(uid__in=request.POST.getlist("home")))
        told = actions.tell_homes(actor=request.actor, announcement=found, homes=chosen)
        messages.success(request, _("记下了 %(n)s 户。") % {"n": told})
        return redirect(reverse("announcement-homes", args=[uid]))
    context = {**_said(found), "groups": _by_stairwell(left), "told": found.tellings.count()}
    return render(request, "announcements/announcement_homes.html", context)


def _by_stairwell(homes: Iterable[Place]) -> list[tuple[Place | None, list[Place]]]:
    groups: dict[int | None, tuple[Place | None, list[Place]]] = {}
    for home in homes:
        groups.setdefault(home.parent_id, (home.parent, []))[1].append(home)
    return list(groups.values())
