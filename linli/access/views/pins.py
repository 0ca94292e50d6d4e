"""A known device: one's own telephone by PIN, taking turns at an office's PC, and forms that outlive the lock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linli.access import actions, forms, rules
from linli.access.models import Account, Device, Session
from linli.access.permissions import may_bind_office
from linli.access.queries import (
    COOKIE,
    Visit,
    lapsed_session,
    offices_bound,
    pin_of,
    pin_tried,
    proof_of,
    session_of,
    stranger,
    turns_at,
)
from linli.access.views import doors
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.people.models import Body
from linli.ui.forms import put_refusal


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """The PIN of this device: one's own telephone, or whose turn it is at the office's PC."""
    device = doors.known_device(request)
    if device is None:
        return HttpResponseRedirect(reverse("sign-in"))
    turn = _turn(request, device)
    form = forms.PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (device.account_id or turn):
        actor, typed = request.actor, form.cleaned_data["pin"]
        if turn is None:
            tried = pin_tried(device, device.account_id, typed)
            opened = actions.enter_by_pin(actor=actor, tried=tried, words=doors.agent_of(request))
        else:
            tried = pin_tried(device, turn.account_id, typed)
            opened = actions.unlock_session(actor=actor, tried=tried, session_uid=turn.uid)
        if opened.token:
            account_id = turn.account_id if turn else device.account_id
            return doors.go_on(request, opened, account_id)
        form.add_error("pin", opened.words)
    return pin_page(request, device, form, turn=turn)


def _turn(request: Request, device: Device) -> Session | None:
    """Whose turn was pressed at the office's PC; the only one there is needs no press."""
    if device.account_id is not None:
        return None
    turns = turns_at(device, request.actor.now)
    wanted = request.POST.get("who") or request.GET.get("who", "")
    return next((each for each in turns if each.uid == wanted), turns[0] if len(turns) == 1 else None)


def pin_page(
    request: Request, device: Device, form: Any, *, turn: Session | None = None, kept: str = ""
) -> HttpResponse:
    """The page that asks for a PIN, with a half-filled form carried along, sealed."""
    turns = [] if device.account_id else turns_at(device, request.actor.now)
    if device.account_id is None and not turns:
        return HttpResponseRedirect(reverse("sign-in"))
    carried = kept or request.POST.get("kept", "")
    return doors.page(request, "pin", form, device=device, turn=turn, turns=turns, kept=carried)


def keep_form(request: Request) -> HttpResponse | None:
    """What a lapsed or locked session's owner had just sent, kept sealed while they come in again; None if nobody's."""
    lapsed = lapsed_session(request.COOKIES.get(COOKIE, ""), request.actor.now)
    if lapsed is None or request.method != "POST":
        return None
    kept = doors.sealed_form(request, lapsed.account_id)
    device = doors.known_device(request)
    if device is None or (device.account_id is None and not turns_at(device, request.actor.now)):
        return doors.page(request, "sign_in", forms.SignInForm(), kept=kept)
    turn = next((each for each in turns_at(device, request.actor.now) if each.pk == lapsed.pk), None)
    return pin_page(request, device, forms.PinForm(), turn=turn, kept=kept)


@require_POST
def lock(request: Request) -> HttpResponse:
    """Lock the screen of the office's PC: the next one takes a turn."""
    actor, device = request.actor, doors.known_device(request)
    actions.lock_session(actor=actor, token=request.COOKIES.get(COOKIE, ""))
    kept = doors.sealed_draft(request.POST.get("draft", "")[: doors.KEPT_MOST], actor.account_id or 0)
    if not kept or device is None:
        return HttpResponseRedirect(reverse("pin"))
    request.actor, request.session_row = stranger(Visit(now=actor.now, language=actor.language)), None
    return pin_page(request, device, forms.PinForm(), kept=kept)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_pin(request: Request) -> HttpResponse:
    """One's own PIN for taking turns at this office's PC."""
    device = doors.known_device(request)
    session = session_of(request.COOKIES.get(COOKIE, ""), request.actor.now)
    if device is None or session is None or session.bound_device_id != device.pk:
        raise NotFound
    form = forms.NewPinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            hashed = pin_of(form.cleaned_data["pin"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            actions.set_pin(actor=request.actor, token=request.COOKIES.get(COOKIE, ""), hashed=hashed)
            messages.success(request, _("PIN 设好了。离开座位时按“锁屏”。"))
            return HttpResponseRedirect(doors.wanted(request))
    return doors.page(request, "pin_set", form)


@never_cache
@require_http_methods(["GET", "POST"])
def office(request: Request) -> HttpResponse:
    """The PCs of one's office: make this one of them, or let one go."""
    actor = request.actor
    body = Body.objects.filter(pk=actor.body_id or 0).first()
    if body is None or not may_bind_office(actor, body):
        raise NotAllowed
    if request.method == "POST":
        opened = actions.bind_office(actor=actor, body=body, words=doors.agent_of(request))
        messages.success(request, _("这台电脑记住了。各位先用密码登录一次，再设自己的 PIN。"))
        return doors.remember_device(HttpResponseRedirect(reverse("office-devices")), opened)
    here = doors.known_device(request)
    rows = [
        {"row": row, "words": rules.device_words(row.words), "is_here": here is not None and row.pk == here.pk}
        for row in offices_bound(body.pk, actor.now)
    ]
    return render(request, "access/office.html", {"body": body, "devices": rows, "here": here})


@require_POST
def end_device(request: Request, uid: str) -> HttpResponse:
    """Let a device go."""
    device = Device.objects.select_related("body").filter(uid=uid).first()
    if device is None:
        raise NotFound
    actions.end_device(actor=request.actor, device=device)
    messages.success(request, _("解除了。那台设备上的 PIN 不能用了。"))
    return HttpResponseRedirect(reverse("office-devices" if device.body_id else "account"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def prove(request: Request) -> HttpResponse:
    """The passphrase once more, before something sensitive."""
    account = Account.objects.filter(pk=request.actor.account_id or 0).first()
    if account is None or not account.login:
        raise NotAllowed
    form = forms.ProveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actor = request.actor
        proof = proof_of(account.login, form.cleaned_data["passphrase"], actor.address, actor.now)
        opened = actions.prove_again(actor=actor, token=request.COOKIES.get(COOKIE, ""), proof=proof)
        if opened.token:
            return HttpResponseRedirect(doors.wanted(request))
        form.add_error("passphrase", opened.words)
    return doors.page(request, "prove", form)
