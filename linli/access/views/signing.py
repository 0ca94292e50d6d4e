"""Signing in and out."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linli.access import actions, forms
from linli.access.queries import (
    COOKIE,
    DEVICE,
    account_by_login,
    account_of,
    can_send_codes,
    forget_receipts,
    fresh_of,
    proof_of,
)
from linli.access.views.doors import agent_of, go_on, known_device, open_door, page, wanted
from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.ui.forms import put_refusal


def through(request: Request, opened: actions.Opened, account_id: int | None = None) -> HttpResponse:
    """Into the house, by way of the second factor where a post needs one."""
    if not opened.needs_second_factor:
        return go_on(request, opened, account_id)
    address = f"{reverse('second-factor')}?{urlencode({'next': wanted(request)})}"
    return open_door(request, opened.token, address, opened.reader)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Login and passphrase."""
    device = known_device(request)
    if request.method == "GET" and device is not None and device.account_id and "full" not in request.GET:
        return HttpResponseRedirect(f"{reverse('pin')}?{urlencode({'next': wanted(request)})}")
    form = forms.SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        proof = proof_of(typed["login"], typed["passphrase"], request.actor.address, request.actor.now)
        bound = request.COOKIES.get(DEVICE, "")
        opened = actions.sign_in(actor=request.actor, proof=proof, device=agent_of(request), bound=bound)
        if opened.token:
            return through(request, opened, proof.account_id)
        form.add_error(None, opened.words)
    return page(request, "sign_in", form, device=device, kept=request.POST.get("kept", ""))


@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: Request) -> HttpResponse:
    """A telephone number; the answer does not tell whether we know it."""
    if not can_send_codes():
        raise NotFound
    form = forms.PhoneForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.send_code(actor=request.actor, phone=form.cleaned_data["phone"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return page(request, "code", forms.CodeForm(initial={"phone": form.cleaned_data["phone"]}))
    return page(request, "phone", form)


@never_cache
@require_POST
def code(request: Request) -> HttpResponse:
    """The code that was sent."""
    if not can_send_codes():
        raise NotFound
    form = forms.CodeForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        opened = actions.sign_in_by_code(
            actor=request.actor, phone=typed["phone"], code=typed["code"], device=agent_of(request)
        )
        if opened.token:
            return open_door(request, opened.token, wanted(request), opened.reader)
        form.add_error(None, opened.words)
    return page(request, "code", form)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """A slip's code becomes a passphrase."""
    form = forms.StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            fresh = fresh_of(account_by_login(typed["login"]), typed["passphrase"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            opened = actions.start_account(
                actor=request.actor, login=typed["login"], code=typed["code"], fresh=fresh, device=agent_of(request)
            )
            if opened.token:
                return through(request, opened)
            form.add_error(None, opened.words)
    return page(request, "start", form)


@never_cache
@require_http_methods(["GET", "POST"])
def second(request: Request) -> HttpResponse:
    """The second factor: the code of the moment, or first the setting up of one."""
    account = account_of(request.actor.person_id)
    if account is None or request.actor.second_factor:
        return HttpResponseRedirect(wanted(request))
    if not account.totp:
        return HttpResponseRedirect(f"{reverse('second-factor-offer')}?{urlencode({'next': wanted(request)})}")
    form = forms.SecondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        opened = actions.pass_second_factor(
            actor=request.actor, token=request.COOKIES.get(COOKIE, ""), code=form.cleaned_data["code"]
        )
        if opened.token:
            return open_door(request, opened.token, wanted(request))
        form.add_error(None, opened.words)
    return page(request, "second", form)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Out, and no trace of matters on this device."""
    actions.sign_out(actor=request.actor, token=request.COOKIES.get(COOKIE, ""))
    answer = HttpResponseRedirect("/")
    answer.delete_cookie(COOKIE, samesite="Lax")
    forget_receipts(answer)
    rotate_token(request)
    return answer
