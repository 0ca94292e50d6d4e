"""What the pages at the door share: where one goes on to, the cookies, and a form that outlived the lock."""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import Resolver404, resolve

from linli.access import actions, rules
from linli.access.models import Device
from linli.access.queries import COOKIE, DEVICE, can_send_codes, device_of
from linli.core.actor import Request
from linli.core.secret import seal, unseal
from linli.people.models import Person
from linli.ui.views.switches import remember_reading

KEPT = "access.kept"
KEPT_MOST = 60_000
"""A longer form is not carried along; its page is still one step back."""
SECRETS = frozenset({"csrfmiddlewaretoken", "passphrase", "current", "again", "pin", "code"})


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


def agent_of(request: Request) -> str:
    """The browser, as it calls itself."""
    return str(request.headers.get("User-Agent", ""))[:120]


def open_door(
    request: Request,
    token: str,
    address: str,
    reader: Person | None = None,
    opened: actions.Opened | None = None,
) -> HttpResponse:
    """Go on to ``address`` with a new session's cookie and a new form token: nothing from before is kept.

    ``reader`` has just signed in: from here on in their language, and in large letters if they asked for them.
    """
    answer = HttpResponseRedirect(address)
    if reader is not None:
        remember_reading(answer, reader.language, is_large=reader.wants_large or None)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=settings.IS_SECURE)
    rotate_token(request)
    return answer if opened is None else remember_device(answer, opened)


def remember_device(answer: HttpResponse, opened: actions.Opened) -> HttpResponse:
    """The cookie of a device that was bound just now."""
    answer.set_cookie(
        DEVICE,
        opened.device,
        max_age=int(opened.device_life.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.IS_SECURE,
    )
    return answer


def page(request: Request, name: str, form: Form, **more: Any) -> HttpResponse:
    """A page at the door with one form; 422 when something has to be changed."""
    context = {"form": form, "next": wanted(request), "can_send_codes": can_send_codes(), **more}
    return render(request, f"access/{name}.html", context, status=422 if form.errors else 200)


def known_device(request: Request) -> Device | None:
    """The device of this browser's cookie."""
    return device_of(request.COOKIES.get(DEVICE, ""), request.actor.now)


def sealed_form(request: Request, account_id: int) -> str:
    """What was just sent, sealed for the one who wrote it; "" where it is too much to carry."""
    fields = [[name, value] for name, values in request.POST.lists() if name not in SECRETS for value in values]
    words = json.dumps({"account": account_id, "path": request.get_full_path(), "fields": fields})
    return seal(words, KEPT) if len(words) <= KEPT_MOST else ""


def sealed_draft(words: str, account_id: int) -> str:
    """What was typed into a form when the screen was locked, sealed likewise; "" for anything else."""
    try:
        draft = json.loads(words)
        fields = [[str(name), str(value)] for name, value in draft["fields"] if name not in SECRETS]
        kept = {
            "account": account_id,
            "path": rules.local_path(str(draft["path"]), "/"),
            "fields": fields,
            "is_draft": True,
        }
    except (ValueError, KeyError, TypeError):
        return ""
    return seal(json.dumps(kept), KEPT) if fields and len(words) <= KEPT_MOST else ""


def go_on(request: Request, opened: actions.Opened, account_id: int | None) -> HttpResponse:
    """Into the house; where a form was kept for this very person, to it first."""
    kept = _unsealed(request.POST.get("kept", ""), account_id)
    if kept is None:
        return open_door(request, opened.token, wanted(request), opened.reader)
    answer = render(request, "access/kept.html", kept)
    answer.cookies.update(open_door(request, opened.token, "/", opened.reader).cookies)
    answer["Cache-Control"] = "no-store"
    return answer


def _unsealed(kept: str, account_id: int | None) -> dict[str, Any] | None:
    """The form that was kept, for the person who wrote it and for nobody else."""
    if not kept:
        return None
    try:
        words = json.loads(unseal(kept, KEPT))
    except (InvalidTag, ValueError, KeyError):
        return None
    return words if words["account"] == account_id else None
