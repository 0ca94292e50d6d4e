"""The cast of `tickets`, two of whom no message reaches, and the browser of any of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.core.actor import system
from linli.notices.actions import expand_notices
from linli.people.actions import TieDraft, add_ties
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.tests.conftest import NOW, Town, root


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def neighbour(town):
    """Somebody with a home here and neither account nor channel."""
    home = add_places(actor=root(), drafts=[PlaceDraft("home", "101", town.place.building)])[0]
    add_ties(actor=root(), drafts=[TieDraft(town.who.person["neighbour"], home, "owner")])
    return town.who.neighbour


@pytest.fixture
def expand(db):
    """The tick's part, once no step can be taken back any more: which ways each notice takes."""
    return lambda: expand_notices(actor=system(NOW + timedelta(minutes=5)))


@pytest.fixture
def visit(town, monkeypatch, client):
    """The browser of one of the cast."""

    def go(who, path, data=None, method="get"):
        monkeypatch.setattr("linli.config.middleware.now", lambda: NOW)
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {})

    return go
