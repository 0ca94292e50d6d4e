"""Lists to take out, and requests for those that hold personal data."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.batches.prints import sheet_response
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed
from linli.lists import actions, permissions
from linli.lists.exports import HEADINGS, PERSONAL_HEADINGS, plain_rows
from linli.lists.forms import PurposeForm, RefuseForm, SieveForm
from linli.lists.models import ExportRequest
from linli.lists.queries import matters_listed, request_of, requests_visible_to, tickets_listed
from linli.lists.rules import MOST, is_over, sieve_of
from linli.lists.states import APPROVED, ASKED, FLOW

LATEST = 20
KINDS = {"open": "wait", "done": "plain"}


@require_GET
def index(request: Request) -> HttpResponse:
    """The filter, how many reports it lets through, and the requests of the last months."""
    return _page(request)


def _page(request: Request, purpose: PurposeForm | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    if not permissions.may_list(actor):
        raise NotAllowed
    form = SieveForm(request.POST if purpose else request.GET, actor=actor)
    is_good = form.is_valid()
    requests = [(each, _state_words(each, request)) for each in requests_visible_to(actor)[:LATEST]]
    context = {
        "form": form,
        "count": matters_listed(actor, form.sieve()).count() if is_good else 0,
        "most": MOST,
        "filter": _query(form),
        "hidden": form.data.items(),
        "purpose": purpose or PurposeForm(),
        "may_ask": is_good and permissions.may_ask_export(actor, form.chosen_place),
        "requests": requests,
    }
    return render(request, "lists/export_list.html", context, status=status if is_good else 422)


def _query(form: SieveForm) -> str:
    return urlencode(form.data)


def _state_words(each: ExportRequest, request: Request) -> str:
    if each.state in {ASKED, APPROVED} and is_over(each.expires_at, request.actor.now):
        return _("过了一天，作废了")
    return str(FLOW.states[each.state].words)


@require_GET
def sheet(request: Request, kind: str) -> HttpResponse:
    """The list without personal data."""
    actor = request.actor
    if not permissions.may_list(actor):
        raise NotAllowed
    form = SieveForm(request.GET, actor=actor)
    if not form.is_valid():
        return _page(request)
    rows = plain_rows(tickets_listed(actor, form.sieve()))
    actions.record_list(actor=actor, sieve=form.sieve(), kind=kind, rows=len(rows))
    return sheet_response(_("反映的事"), HEADINGS, rows, kind)


@require_POST
def ask(request: Request) -> HttpResponse:
    """Ask for the same list with personal data."""
    form = SieveForm(request.POST, actor=request.actor)
    purpose = PurposeForm(request.POST)
    if not form.is_valid() or not purpose.is_valid():
        return _page(request, purpose, 422)
    words = purpose.cleaned_data["purpose"]
    try:
        asked = actions.ask_export(actor=request.actor, place=form.chosen_place, sieve=form.sieve(), purpose=words)
    except BadInput as refusal:
        for name, found in refusal.fields.items():
            purpose.add_error(name or None, [str(each) for each in found])
        return _page(request, purpose, 422)
    messages.success(request, _("申请送出去了。同意以后会通知您，一天之内可以下载一次。"))
    return redirect("export-request", asked.uid)


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """One request: what for, how many, who decides, and the next act."""
    return _request_page(request, request_of(request.actor, uid))


def _request_page(request: Request, asked: ExportRequest, form: Any = None, status: int = 200) -> HttpResponse:
    actor, over = request.actor, is_over(asked.expires_at, request.actor.now)
    context = {
        "asked": asked,
        "sieve": sieve_of(asked.sieve),
        "words": _state_words(asked, request),
        "form": form or RefuseForm(),
        "may_decide": not over and asked.state == ASKED and permissions.may_decide_export(actor, asked),
        "may_take": not over and asked.state == APPROVED and permissions.may_take_export(actor, asked),
    }
    return render(request, "lists/export_detail.html", context, status=status)


@require_POST
def approve(request: Request, uid: str) -> HttpResponse:
    """Agree."""
    actions.approve_export(actor=request.actor, request=request_of(request.actor, uid))
    messages.success(request, _("同意了。对方一天之内可以下载一次。"))
    return redirect("export-request", uid)


@require_POST
def refuse(request: Request, uid: str) -> HttpResponse:
    """Do not agree."""
    asked, form = request_of(request.actor, uid), RefuseForm(request.POST)
    if not form.is_valid():
        return _request_page(request, asked, form, 422)
    actions.refuse_export(actor=request.actor, request=asked, reason=form.cleaned_data["reason"])
    return redirect("export-request", uid)


@require_http_methods(["POST"])
def take(request: Request, uid: str) -> HttpResponse:
    """The one download."""
    rows = actions.take_export(actor=request.actor, request=request_of(request.actor, uid))
    kind = "csv" if request.POST.get("kind") == "csv" else "xlsx"
    return sheet_response(_("反映的事（内部，勿外传）"), PERSONAL_HEADINGS, rows, kind)
