"""Finding a report again: by its number and code, or in the list of one's own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.access.actions import note_wrong_code
from linli.access.queries import door_key, is_locked, remember_receipt
from linli.core.actor import Request
from linli.core.errors import NotFound, TooMany
from linli.core.numbers import clean_code
from linli.doorsteps.forms.finding import FindForm
from linli.matters.queries import page_of
from linli.tickets.queries import my_reports, rows_of, ticket_by_receipt, tickets_visible_to

LOCKED = _("试错太多次了。请过 15 分钟再试，或打社区电话，报地点和日子也能查。")


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: Request) -> HttpResponse:
    """Number and code; the answer does not tell which of them was wrong."""
    known = request.GET.get("n", "")
    if request.method == "GET" and known and tickets_visible_to(request.actor).filter(matter__uid=known).exists():
        return redirect("my-ticket", known)
    form = FindForm(request.POST or None, initial={"number": known[:40]})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        number = clean_code(typed["number"])
        if is_locked(
            (door_key("receipt", number), door_key("receipts-from", request.actor.address)), request.actor.now
        ):
            raise TooMany(LOCKED)
        try:
            ticket = ticket_by_receipt(typed["number"], typed["code"])
        except NotFound:
            note_wrong_code(actor=request.actor, number=number)
            form.refuse()
        else:
            answer = redirect("my-ticket", ticket.matter.uid)
            remember_receipt(answer, request, ticket.matter.uid)
            return answer
    return render(request, "doorsteps/find.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
def mine(request: Request) -> HttpResponse:
    """What I reported, newest first."""
    page = page_of(my_reports(request.actor), request.GET.get("after", ""))
    rows = rows_of(request.actor, page.rows)
    return render(request, "doorsteps/my_list.html", {"rows": rows, "page": page})
