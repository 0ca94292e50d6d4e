"""The day's list of what a person has to say, and its ticks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.core.actor import Request
from linli.core.errors import NotAllowed, NotFound
from linli.knocks import actions, queries
from linli.knocks.permissions import may_see_knocks
from linli.notices.models import Notice

SHOWN = 60


@never_cache
@require_GET
def index(request: Request) -> HttpResponse:
    """Whom to tell what, urgent things first."""
    if not may_see_knocks(request.actor):
        raise NotAllowed
    found = list(queries.notices_untold(request.actor)[: SHOWN + 1])
    lines = queries.lines_of(request.actor, found[:SHOWN])
    return render(request, "knocks/knock_list.html", {"lines": lines, "is_more": len(found) > SHOWN})


@require_POST
def note(request: Request, uid: str) -> HttpResponse:
    """It was said, or nobody was found."""
    notice = Notice.objects.filter(uid=uid).select_related("person").first()
    if notice is None:
        raise NotFound
    is_said = request.POST.get("is_said") == "1"
    actions.note_knock(actor=request.actor, notice=notice, is_said=is_said)
    messages.success(request, _("记下了，说过了。") if is_said else _("记下了，下回再去。"))
    return redirect("knocks")
