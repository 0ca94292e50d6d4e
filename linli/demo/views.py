"""The demo's front door, and the tour that leads from it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linli.access.actions import wear_role
from linli.access.queries import COOKIE as SESSION_COOKIE
from linli.access.queries import is_demo
from linli.access.views.doors import open_door
from linli.core.actor import Request
from linli.core.errors import NotFound
from linli.demo import cast
from linli.demo.stories import stage
from linli.demo.stories.tour import COOKIE, STOPS, language_of
from linli.matters.queries import stations_of


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
    }
    return render(request, "demo/start.html", context)


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
