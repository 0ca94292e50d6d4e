"""The inbox, and what could not be delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core.actor import Request
from linli.core.errors import NotAllowed, NotFound
from linli.notices.actions import read_notices, retry_deliveries
from linli.notices.permissions import may_read_inbox, may_see_undelivered
from linli.notices.queries import inbox_page, notices_visible_to, undelivered_visible_to, unread_count, unread_notices

PAGE = 25


@require_GET
def inbox(request: Request) -> HttpResponse:
    """One's own messages, newest first."""
    if not may_read_inbox(request.actor):
        raise NotAllowed(_("收件箱要登录以后才有。没有账号也能办事：用回执上的编号查进度。"))
    notices = inbox_page(request.actor, request.GET.get("before", ""), PAGE)
    context = {
        "notices": notices[:PAGE],
        "next": notices[PAGE - 1].uid if len(notices) > PAGE else "",
        "unread": unread_count(request.actor),
        "may_see_undelivered": may_see_undelivered(request.actor),
    }
    return render(request, "notices/inbox.html", context)


@require_GET
def read(request: Request, uid: str) -> HttpResponse:
    """One message: noted as read, then on to the thing it is about, or shown in full."""
    notice = notices_visible_to(request.actor).filter(uid=uid).first()
    if notice is None:
        raise NotFound
    read_notices(actor=request.actor, notices=[notice])
    if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return render(request, "notices/notice.html", {"notice": notice})


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything that is unread, noted as read."""
    unread = list(unread_notices(request.actor)[:500])
    read_notices(actor=request.actor, notices=unread)
    messages.success(request, _("都标为看过了。"))
    return redirect("inbox")


@require_http_methods(["GET", "POST"])
def undelivered(request: Request) -> HttpResponse:
    """What no channel would take, with its reason; the administrator may try again."""
    if not may_see_undelivered(request.actor):
        raise NotFound
    if request.method == "POST":
        again = retry_deliveries(actor=request.actor, uids=request.POST.getlist("uid"))
        messages.success(request, _("重新排上了 %(count)s 条。") % {"count": again})
        return redirect("inbox-undelivered")
    dead = undelivered_visible_to(request.actor)
    before = request.GET.get("before", "")
    if before:
        dead = dead.filter(id__lt=dead.filter(uid=before).values("id")[:1])
    rows = list(dead[: PAGE + 1])
    context = {"deliveries": rows[:PAGE], "next": rows[PAGE - 1].uid if len(rows) > PAGE else ""}
    return render(request, "notices/undelivered.html", context)
