"""The cast of `tickets`, a campaign, and the browser of any of them."""

from __future__ import annotations

import pytest

from linli.campaigns.actions import start_campaign
from linli.tickets.tests.conftest import Town


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def helmets(town):
    return start_campaign(actor=town.who.secretary, place=town.place.community, name="一盔一带")


@pytest.fixture
def visit(town, monkeypatch, client):
    """The browser of one of the cast."""

    def go(who, path, data=None, method="get"):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {})

    return go
