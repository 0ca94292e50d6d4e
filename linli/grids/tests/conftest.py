"""The cast of `tickets`, a grid over one building, and the browser of any of them."""

from __future__ import annotations

import pytest

from linli.places.actions import PlaceDraft, add_places, cover_grid
from linli.tickets.tests.conftest import Town


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def grid(town):
    draft = PlaceDraft("grid", "第一网格", town.place.community)
    made = add_places(actor=town.who.secretary, drafts=[draft])[0]
    cover_grid(actor=town.who.secretary, grid=made, places=[town.place.building])
    return made


@pytest.fixture
def visit(town, monkeypatch, client):
    """The browser of one of the cast."""

    def go(who, path, data=None, method="get"):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {})

    return go
