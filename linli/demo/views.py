"""The demo's front door, and the tour that leads from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.access.actions import wear_role
from linli.access.queries import COOKIE as SESSION_COOKIE
from linli.access.queries import is_demo
from linli.access.views.doors import open_door
from linli.core.actor import Request
from linli.core.errors import NotFound
from linli.demo import cast
from linli.demo.stories import afresh, stage
from linli.demo.stories.tour import COOKIE, STOPS, language_of
from linli.matters.queries import stations_of

DAYS_AT_ONCE = 3


def start(request: Request) -> HttpResponse:
    """The start page: the lift's thread as a living picture, and a card for everybody one can be."""
    lift = stage.lift()
    context = {
        "cards": stage.cards_of(request.actor.now),
        "lift": lift,
        "stations": stations_of([lift]) if lift else (),
        "poster": stage.poster(),
        "stage": stage.stage(),
        "community": cast.COMMUNITY[0],
        "today": request.actor.now,
        "days_ahead": afresh.days_ahead(),
        "is_old": afresh.is_old(),
    }
    return render(request, "demo/start.html", context)


@require_POST
def later(request: Request) -> HttpResponse:
    """Three days later: reminders go out, what is late is listed, what is long late is supervised."""
    if not is_demo():
        raise NotFound
    afresh.pass_days(request.actor, DAYS_AT_ONCE)
    messages.success(request, _("过了三天。各人手上等着的事变了，换个人看看。"))
    return _as_visitor(redirect("start"), request.actor.language)


@require_POST
def fresh(request: Request) -> HttpResponse:
    """A demo that has grown old begins anew, as on its first day."""
    if not afresh.is_old():
        raise NotFound
    afresh.begin_afresh()
    messages.success(request, _("重新种好了，和第一天一样。"))
    return _as_visitor(redirect("start"), request.actor.language)


@require_POST
def step(request: Request, number: int) -> HttpResponse:
    """To the tour's stop of that number: as the one who looks at it, with the band on top; past the last one, home."""
    if not is_demo():
        raise NotFound
    language = language_of(request.COOKIES) or request.actor.language
    if number >= len(STOPS):
        answer: HttpResponse = redirect("start")
        answer.delete_cookie(COOKIE)
        return _as_visitor(answer, language)
    stop = STOPS[number]
    address = stop.address(stage.stage())
    if stop.who:
        hat = stage.hats()[stop.who]
        opened = wear_role(actor=request.actor, person=hat.person, appointment=hat)
        answer = open_door(request, opened.token, address)
        role = stage.ROLE[stop.who]
        _remember(answer, role.language if role.wants_large else language, is_large=role.wants_large)
    else:
        answer = _as_visitor(redirect(address), language)
    answer.set_cookie(COOKIE, f"{number}.{language}", samesite="Lax", httponly=True)
    return answer


def _as_visitor(answer: HttpResponse, language: str) -> HttpResponse:
    """Nobody again, in the language the visitor came with."""
    answer.delete_cookie(SESSION_COOKIE)
    _remember(answer, language, is_large=False)
    return answer


def _remember(answer: HttpResponse, language: str, *, is_large: bool) -> None:
    answer.set_cookie("language", language, samesite="Lax", httponly=True)
    answer.set_cookie("large", "1" if is_large else "0", samesite="Lax")
