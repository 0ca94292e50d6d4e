"""A small invented neighbourhood, and who looks after it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linli.core.actor import Actor, Grant
from linli.places.actions import PlaceDraft, add_places

NOW = datetime(2026, 9, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def administrator():
    return Actor(now=NOW, account_id=1, grants=(Grant("administrator", "everywhere"),))


@pytest.fixture
def town(db, administrator):
    """District, street, two communities; in the first a compound with a building, two stairwells and three homes."""
    district = PlaceDraft("district", "云岭区", code="530199")
    street = PlaceDraft("street", "湖滨街道", district, code="530199001")
    home_community = PlaceDraft("community", "雪莲社区", street, code="530199001001", name_bo="གངས་ལྷ།")
    next_community = PlaceDraft("community", "河东社区", street, code="530199001002")
    compound = PlaceDraft("compound", "雪莲苑", home_community, name_bo="གངས་ལྷ་གླིང་།", name_en="Snow Lotus Court")
    building = PlaceDraft("building", "2号楼", compound, name_en="Building 2")
    east = PlaceDraft("stairwell", "东单元", building, name_en="East Stairwell")
    west = PlaceDraft("stairwell", "西单元", building)
    homes = [
        PlaceDraft("home", "101", east, area_centi=8950),
        PlaceDraft("home", "102", east, area_centi=9020),
        PlaceDraft("home", "1001", west),
    ]
    other = PlaceDraft("building", "10号楼", compound)
    drafts = [district, street, home_community, next_community, compound, building, east, west, *homes, other]
    made = dict(zip(drafts, add_places(actor=administrator, drafts=drafts), strict=True))
    names = "district street community next_community compound building east west home_101 home_102 home_1001 other"
    return dict(zip(names.split(), made.values(), strict=True))


@pytest.fixture
def secretary(town):
    return Actor(now=NOW, account_id=2, person_id=2, grants=(Grant("secretary", "community", town["community"].pk),))


@pytest.fixture
def stranger(town):
    """The secretary of the next community."""
    return Actor(
        now=NOW, account_id=3, person_id=3, grants=(Grant("secretary", "community", town["next_community"].pk),)
    )


@pytest.fixture
def nobody():
    return Actor(now=NOW)


@pytest.fixture
def signed_in(client, monkeypatch):
    """The browser of whoever is asked for: the door is another module's."""

    def enter(actor):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: actor)
        return client

    return enter
