"""The cast of `tickets`, a lift in a stairwell, and the browser of any of them."""

from __future__ import annotations

import pytest

from linli.facilities.actions import FacilityDraft, add_facilities
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.tests.conftest import Town


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def stairwell(town):
    return add_places(actor=town.who.secretary, drafts=[PlaceDraft("stairwell", "东单元", town.place.building)])[0]


@pytest.fixture
def lift(town, stairwell):
    draft = FacilityDraft("电梯", "lift", firm=town.body.lift, carer=town.body.company, emergency_phone="0891-6330000")
    return add_facilities(actor=town.who.secretary, parent=stairwell, drafts=[draft])[0]


@pytest.fixture
def visit(town, monkeypatch, client):
    """The browser of one of the cast."""

    def go(who, path, data=None, method="get"):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {})

    return go
