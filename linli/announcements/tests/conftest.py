"""The cast of `tickets`, three homes of whom one reads here, and a water cut."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.access.models import Account
from linli.announcements.actions import AnnouncementDraft, write_announcement
from linli.people.actions import TieDraft, add_ties
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.tests.conftest import NOW, Town, root


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def homes(town):
    """Three homes: the resident of the first has an account, the neighbour in the second has none."""
    stairwell = PlaceDraft("stairwell", "东单元", town.place.building)
    made = add_places(actor=root(), drafts=[stairwell, *(PlaceDraft("home", f"{n}01", stairwell) for n in (1, 2, 3))])
    people = town.who.person
    ties = [TieDraft(people["resident"], made[1], "owner"), TieDraft(people["neighbour"], made[2], "tenant")]
    add_ties(actor=root(), drafts=ties)
    Account.objects.create(person=people["resident"], opened_at=NOW)
    return made[1:]


@pytest.fixture
def draft(town):
    return AnnouncementDraft(
        "water",
        "水箱清洗，请提前存水。",
        NOW + timedelta(hours=20),
        (town.place.building, town.place.other),
        to_at=NOW + timedelta(hours=28),
    )


@pytest.fixture
def cut(town, draft):
    return write_announcement(actor=town.who.desk, body=town.body.office, draft=draft)


@pytest.fixture
def visit(town, monkeypatch, client):
    """The browser of one of the cast."""

    def go(who, path, data=None, method="get"):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return getattr(client, method)(path, data or {})

    return go
