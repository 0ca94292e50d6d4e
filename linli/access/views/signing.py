"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from linli.access import actions, forms, rules
from linli.access.queries import (
    COOKIE,
    account_by_login,
    account_of,
    can_send_codes,
    forget_receipts,
    fresh_of,
    proof_of,
)
from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.people.models import Person
from linli.ui.forms import put_refusal
from linli.ui.views.switches import remember_reading


def landing() -> str:
    """Where one arrives after signing in: *My day*, where it stands."""
    try:
        resolve("/day/")
    except Resolver404:
        return "/"
    return "/day/"


def wanted(request: Request) -> str:
    """The page of ours that was asked for before signing in."""
    return rules.local_path(request.POST.get("next") or request.GET.get("next") or "", landing())


def device_of(request: Request) -> str:
    """The browser, as it calls itself."""
    return str(request.headers.get("User-Agent", ""))[:120]


def open_door(request: Request, token: str, address: str, reader: Person | None = None) -> HttpResponse:
    """Go on to ``address`` with a new session's cookie and a new form token: nothing from before is kept.

    ``reader`` has just signed in: from here on in their language, and in large letters if they asked for them.
    """
    answer = HttpResponseRedirect(address)
    if reader is not None:
        remember_reading(answer, reader.language, is_large=reader.wants_large or None)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings.IS_SECURE)
    rotate_token(request)
    return answer


def page(request: Request, name: str, form: Form, **more: Any) -> HttpResponse:
    """A page at the door with one form; 422 when something has to be changed."""
    context = {"form": form, "next": wanted(request), "can_send_codes": can_send_codes(), **more}
    return render(request, f"access/{name}.html", context, status=422 if form.errors else 200)


def through(request: Request, opened: actions.Opened) -> HttpResponse:
    """Into the house, by way of the second factor where a post needs one."""
    address = wanted(request)
    if opened.needs_second_factor:
        address = f"{reverse('second-factor')}?{urlencode({'next': address})}"
    return open_door(request, opened.token, address, opened.reader)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Login and passphrase."""
    form = forms.SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        proof = proof_of(typed["login"], typed["passphrase"], request.actor.address, request.actor.now)
        opened = actions.sign_in(actor=request.actor, proof=proof, device=device_of(request))
        if opened.token:
            return through(request, opened)
        form.add_error(None, opened.words)
    return page(request, "sign_in", form)


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
            actor=request.actor, phone=typed["phone"], code=typed["code"], device=device_of(request)
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
                actor=request.actor, login=typed["login"], code=typed["code"], fresh=fresh, device=device_of(request)
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
