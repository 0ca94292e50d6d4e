"""One's own account: passphrase, second factor, where one is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.access import actions, forms, rules
from linli.access.models import Account, Session
from linli.access.permissions import may_bind_office
from linli.access.queries import (
    COOKIE,
    devices_of,
    fresh_of,
    needs_second_factor,
    proof_of,
    session_of,
    sessions_of,
)
from linli.access.views.doors import known_device, open_door, page, wanted
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.people.models import Body
from linli.ui.forms import put_refusal

CHANGE_AFTER = timedelta(days=180)


def _mine(request: Request) -> Account:
    """The account behind this request, or the way to the door."""
    account = Account.objects.filter(pk=request.actor.account_id or 0).select_related("person").first()
    if account is None:
        raise NotAllowed
    return account


@never_cache
@require_safe
def show(request: Request) -> HttpResponse:
    """The account page."""
    account, actor = _mine(request), request.actor
    here = rules.token_digest(request.COOKIES.get(COOKIE, ""))
    set_at = account.passphrase_set_at
    context = {
        "account": account,
        "sessions": [
            {"row": row, "device": rules.device_words(row.device), "is_here": row.digest == here}
            for row in sessions_of(account.pk, actor.now)[:50]
        ],
        "is_old": bool(set_at and set_at < actor.now - CHANGE_AFTER),
        "needs_second": needs_second_factor(actor.person_id, day_of(actor.now)),
        "codes_left": len(account.recovery),
        **_devices(request, account),
    }
    return render(request, "access/account.html", context)


def _devices(request: Request, account: Account) -> dict[str, Any]:
    """The telephones that are bound, and what one may do at the office's PC."""
    actor, here = request.actor, known_device(request)
    session = session_of(request.COOKIES.get(COOKIE, ""), actor.now)
    body = Body.objects.filter(pk=actor.body_id or 0).first()
    return {
        "phones": [{"row": row, "words": rules.device_words(row.words)} for row in devices_of(account.pk, actor.now)],
        "may_pin": bool(session and here and here.body_id and session.bound_device_id == here.pk),
        "may_office": body is not None and may_bind_office(actor, body),
    }


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_passphrase(request: Request) -> HttpResponse:
    """A new passphrase against the present one."""
    account = _mine(request)
    if not account.login:
        raise NotFound
    form = forms.ChangeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actor, typed = request.actor, form.cleaned_data
        proof = proof_of(account.login, typed["current"], actor.address, actor.now)
        try:
            fresh = fresh_of(account, typed["passphrase"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            token = request.COOKIES.get(COOKIE, "")
            opened = actions.set_passphrase(actor=actor, account=account, proof=proof, fresh=fresh, token=token)
            if opened.token:
                messages.success(request, _("密码换好了。别的设备都已退出。"))
                return open_door(request, opened.token, reverse("account"))
            form.add_error("current", opened.words)
    return page(request, "passphrase", form)


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: Request) -> HttpResponse:
    """Setting up the second factor: a QR code for the authenticator, then a code from it."""
    account = _mine(request)
    secret = actions.offer_second_factor(actor=request.actor)
    form = forms.SecondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            printed = actions.confirm_second_factor(actor=request.actor, code=code)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            token = request.COOKIES.get(COOKIE, "")
            opened = actions.pass_second_factor(actor=request.actor, token=token, code=code)
            return _printed(request, printed, opened.token)
    name = account.login or request.actor.name
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Linli")
    return page(request, "second_offer", form, uri=uri, secret=secret)


@require_POST
def renew(request: Request) -> HttpResponse:
    """New printed codes."""
    return _printed(request, actions.renew_recovery(actor=request.actor), "")


def _printed(request: Request, codes: list[str], token: str) -> HttpResponse:
    """The printed codes, this once; with the new session's cookie where there is one."""
    answer = render(request, "access/recovery.html", {"codes": codes, "next": wanted(request)})
    if token:
        answer.cookies.update(open_door(request, token, "/").cookies)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def end_session(request: Request, uid: str) -> HttpResponse:
    """Sign out elsewhere."""
    session = Session.objects.filter(uid=uid, account_id=request.actor.account_id or 0).first()
    if session is None:
        raise NotFound
    actions.end_session(actor=request.actor, session=session)
    return HttpResponseRedirect(reverse("account"))
