"""The switches in the header: language and large text; and what a person chose for good."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


def _return(request: HttpRequest) -> HttpResponseRedirect:
    """Back to the page the switch stood on; never to another site."""
    way = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(way if known and way.startswith("/") else "/")


def _remember(answer: HttpResponse, name: str, value: str) -> None:
    """Keep a choice of the reader for a year."""
    answer.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE or False
    )


def remember_reading(answer: HttpResponse, language: str, *, is_large: bool | None = None) -> None:
    """Let this device read on in a person's own language and letters; ``is_large`` None leaves the letters alone."""
    if language in dict(settings.LANGUAGES):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, language)
    if is_large is not None:
        _remember(answer, "large", "1" if is_large else "0")


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Read on in another language."""
    answer = _return(request)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, request.POST["language"])
    return answer


@require_POST
def switch_large(request: HttpRequest) -> HttpResponse:
    """Large text on or off."""
    answer = _return(request)
    _remember(answer, "large", "1" if request.POST.get("large") == "1" else "0")
    return answer
