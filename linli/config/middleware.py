"""The web's door: who is there, and what a refusal looks like."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
    connection,
)
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import get_language

from linli.access.actions import touch_session
from linli.access.models import Session
from linli.access.queries import COOKIE, Visit, actor_in, receipts_of, session_of, stranger
from linli.access.rules import TOUCH_EVERY
from linli.access.views.pins import keep_form
from linli.charters.queries import one_edition
from linli.core.actor import Request
from linli.core.errors import Busy, LinliError, NotAllowed, NotFound
from linli.core.times import now
from linli.ui.views.refusals import bad

log = logging.getLogger(__name__)

Answer = Callable[[Request], HttpResponse]
OUR_FAULT = (IntegrityError, DataError, ProgrammingError, NotSupportedError)
"""Database errors that are mistakes in our code, and not a store that is away or full."""
ASKS_AGAIN = frozenset(
    {
        "account-invite", "account-open", "appointment-end", "batch-confirm", "batch-export", "body-add", "body-change",
        "body-leave", "calendar-change", "charter-change", "demand", "demand-note", "export-approve", "export-ask",
        "export-take", "home-slips", "me-leave", "office-devices", "passphrase-set", "person-appoint", "person-leave",
        "processor-add", "processor-end", "recovery-renew", "second-factor-offer",
    }
)  # fmt: skip
"""Pages that export, administer, give rights or take them: a PIN is not enough for them (B.11.4)."""


def address_of(request: Request) -> str:
    """Where the request came from; behind the proxy of a public installation, what that proxy saw."""
    if settings.IS_SECURE:
        seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if seen:
            return seen[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


class ActorMiddleware:
    """Sets ``request.actor`` from the session's cookie, in one read; a session in use is kept open."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponse:
        visit = Visit(
            now=now(),
            address=address_of(request),
            language=get_language() or settings.LANGUAGE_CODE,
            receipts=receipts_of(request),
        )
        request.actor, request.session_row = stranger(visit), None
        token, told = request.COOKIES.get(COOKIE, ""), ""
        if token:
            try:
                session = session_of(token, visit.now)
            except DatabaseError as error:
                log.warning("the session could not be read: %s", error)
                return refusal(request, Busy())
            if session is not None:
                request.actor, told = actor_in(session, visit), session.edition  # type: ignore[attr-defined]
                request.session_row = session
                if session.last_seen_at + TOUCH_EVERY <= visit.now:
                    self._touch(request, session)
        with one_edition(told):
            return kept_from_others(self.answer(request))

    def process_view(self, request: Request, _view: Answer, _args: object, _named: object) -> HttpResponse | None:
        """Before something sensitive, a session that only a PIN had unlocked asks for the passphrase."""
        session = getattr(request, "session_row", None)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if session is None or session.unlocked_at is None or name not in ASKS_AGAIN:
            return None
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('prove-again')}?{urlencode({'next': back})}")

    def _touch(self, request: Request, session: Session) -> None:
        """Pages can be read even while nothing can be written."""
        try:
            touch_session(actor=request.actor, session=session)
        except DatabaseError as error:
            log.warning("the session could not be kept open: %s", error)


def kept_from_others(answer: HttpResponse) -> HttpResponse:
    """Every page knows its reader, so none is kept where another reader could be given it."""
    answer.setdefault("Cache-Control", "private")
    patch_vary_headers(answer, ("Cookie",))
    return answer


class RefusalMiddleware:
    """Turns our refusals, and a store that is away or full, into pages that say what to do next."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: Request) -> HttpResponse:
        return bad(request) if has_nul(request) else self.answer(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """A page for a `LinliError` or an unavailable database; anything else is Django's."""
        if isinstance(error, (DatabaseError, InterfaceError)) and not isinstance(error, OUR_FAULT):
            log.error("the database could not be used", exc_info=error)
            forget_connection()
            error = Busy()
        if not isinstance(error, LinliError):
            return None
        if isinstance(error, (NotAllowed, NotFound)) and not request.actor.is_signed_in:
            if request.method == "GET" and isinstance(error, NotAllowed):
                return sign_in_first(request)
            if kept := keep_form(request):
                return in_place(request, kept)
        return refusal(request, error)


def has_nul(request: Request) -> bool:
    """Whether an address or a form holds the one character that no keyboard sends and PostgreSQL does not take."""
    sent = (values for typed in (request.GET, request.POST) for _name, values in typed.lists())
    return "\0" in request.path or any("\0" in value for values in sent for value in values)


def forget_connection() -> None:
    """A store that was opened while it was away, full or read-only would stay so: the next request opens it anew."""
    if not connection.in_atomic_block:
        connection.close()


def sign_in_first(request: Request) -> HttpResponse:
    """Whoever is not signed in is asked to, and then comes back here."""
    address = f"/sign-in/?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)


def refusal(request: Request, error: LinliError) -> HttpResponse:
    """The refusal's page; for htmx it takes the place of the whole page's main part. It never fails itself."""
    try:
        answer = render(request, "ui/refusal.html", {"error": error}, status=error.status)
    except Exception:
        log.exception("the refusal's page could not be drawn")
        page = '<!doctype html><meta charset="utf-8"><title>{0}</title><h1>{0}</h1><p><a href="/">邻里</a></p>'
        answer = HttpResponse(format_html(page, error.words), status=error.status)
    if isinstance(error, Busy):
        answer["Retry-After"] = "30"
    return in_place(request, answer)


def in_place(request: Request, answer: HttpResponse) -> HttpResponse:
    """A whole page; for htmx it takes the place of the present page's main part."""
    if getattr(request, "htmx", False):
        answer["HX-Retarget"] = "#main"
        answer["HX-Reselect"] = "#main"
        answer["HX-Reswap"] = "outerHTML show:top"
    return answer
