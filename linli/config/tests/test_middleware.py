"""The door: addresses, refusals, and a store that is away."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, InternalError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from linli.access.queries import COOKIE, Visit, stranger
from linli.config.middleware import ActorMiddleware, RefusalMiddleware, address_of
from linli.core.errors import Busy, LostRace, NotAllowed, NotFound
from linli.core.times import now


def request_for(path="/somewhere/?a=1", **more):
    request = RequestFactory().get(path, **more)
    request.actor = stranger(Visit(now=now()))
    request.htmx = HtmxDetails(request)
    return request


def answered(error, **more):
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request_for(**more), error)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(), 404),
        (LostRace(), 409),
        (Busy(), 503),
        (OperationalError("database or disk is full"), 503),
        (OperationalError("attempt to write a readonly database"), 503),
        (InternalError("cannot execute INSERT in a read-only transaction"), 503),
    ],
)
@pytest.mark.django_db
def test_refusal_is_a_page_that_says_what_to_do(error, status):
    answer = answered(error)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("error", [ValueError("x"), ProgrammingError("x"), DataError("x"), ImproperlyConfigured("x")])
def test_refusal_leaves_our_own_mistakes_to_django(error):
    assert answered(error) is None


def test_refusal_asks_a_stranger_to_sign_in_and_brings_them_back():
    assert answered(NotAllowed())["Location"] == "/sign-in/?next=%2Fsomewhere%2F%3Fa%3D1"
    answer = answered(NotAllowed(), HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?next=%2Fsomewhere%2F%3Fa%3D1")


@pytest.mark.django_db
def test_refusal_takes_the_place_of_the_main_part_for_htmx():
    answer = answered(LostRace(), HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reselect"]) == (409, "#main", "#main")


def test_refusal_is_said_even_when_its_page_cannot_be_drawn(monkeypatch):
    def broken(*_words, **_more):
        raise OperationalError("gone")

    monkeypatch.setattr("linli.config.middleware.render", broken)
    answer = answered(OperationalError("gone"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert str(Busy.words) in answer.content.decode()


def test_session_that_cannot_be_read_is_no_stranger_but_a_busy_house(monkeypatch):
    def gone(*_words):
        raise OperationalError("gone")

    monkeypatch.setattr("linli.config.middleware.session_of", gone)
    request = request_for()
    request.COOKIES[COOKIE] = "x" * 43
    assert ActorMiddleware(lambda _request: HttpResponse("in")).__call__(request).status_code == 503
    assert ActorMiddleware(lambda _request: HttpResponse("in")).__call__(request_for()).content == b"in"


def test_address_is_the_proxys_word_only_behind_our_proxy(settings):
    request = request_for(HTTP_X_FORWARDED_FOR="6.6.6.6, 7.7.7.7", REMOTE_ADDR="10.0.0.1")
    settings.IS_SECURE = False
    assert address_of(request) == "10.0.0.1"
    settings.IS_SECURE = True
    assert address_of(request) == "7.7.7.7"
