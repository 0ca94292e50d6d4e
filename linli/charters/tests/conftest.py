"""A community and its neighbours, who writes the charter and who may not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linli.core.actor import Actor, Grant
from linli.places.actions import PlaceDraft, add_places

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)

STRICTER = """
[charter]
title = { zh = "雪莲社区章程", en = "Snow Lotus charter" }
[hours]
spans = ["09:30-13:00", "15:00-18:30"]
[classes.G]
finish = "3个工作日"
[phones.office]
zh = "社区电话"
number = "0871-5550123"
[categories]
stall = false
[categories.fountain]
zh = "喷泉"
en = "Fountain"
group = "place"
class = "G"
keywords = ["喷泉"]
"""


@pytest.fixture
def administrator():
    return Actor(now=NOW, account_id=1, account_uid="a" * 32, grants=(Grant("administrator", "everywhere"),))


@pytest.fixture
def communities(db, administrator):
    district = PlaceDraft("district", "云岭区", code="540198")
    street = PlaceDraft("street", "湖滨街道", district, code="540198001")
    ours = PlaceDraft("community", "雪莲社区", street, code="540198001001")
    theirs = PlaceDraft("community", "河东社区", street, code="540198001002")
    made = add_places(actor=administrator, drafts=[district, street, ours, theirs])
    return {place.name: place for place in made}


@pytest.fixture
def community(communities):
    return communities["雪莲社区"]


@pytest.fixture
def secretary(community):
    grant = Grant("secretary", "community", community.pk)
    return Actor(now=NOW, account_id=2, person_id=2, name="央金", grants=(grant,))


@pytest.fixture
def stranger(communities):
    """The secretary of the next community."""
    grant = Grant("secretary", "community", communities["河东社区"].pk)
    return Actor(now=NOW, account_id=3, person_id=3, grants=(grant,))


@pytest.fixture
def resident(community):
    return Actor(now=NOW, account_id=4, person_id=4, grants=(Grant("resident", "community", community.pk),))
