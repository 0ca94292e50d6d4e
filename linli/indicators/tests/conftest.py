"""A place with a desk, and reports brought in from elsewhere, which need no story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from linli.core.actor import Actor, Grant
from linli.people.actions import BodyDraft, add_bodies
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.actions import OldTicket, import_tickets

NOW = datetime(2026, 9, 22, 2, 0, tzinfo=UTC)


def over(post, place, now=NOW):
    return Actor(now=now, account_id=1, grants=(Grant(post, place.level, place.pk),))


@pytest.fixture
def root():
    return Actor(now=NOW, channel="command", grants=(Grant("administrator", "everywhere"),))


@pytest.fixture
def place(root):
    district = PlaceDraft("district", "云岭区", code="530199")
    street = PlaceDraft("street", "湖滨街道", district, code="530199001")
    community = PlaceDraft("community", "雪莲社区", street, code="530199001001")
    other = PlaceDraft("community", "河东社区", street, code="530199001002")
    made = add_places(actor=root, drafts=[district, street, community, other])
    return SimpleNamespace(**dict(zip(("district", "street", "community", "other"), made, strict=True)))


@pytest.fixture
def body(root, place):
    return add_bodies(actor=root, drafts=[BodyDraft("雪莲社区居委会", "community_office", place.community)])[0]


@pytest.fixture
def bring(root, body):
    """Bring in ``count`` old reports of a place, made ``days`` ago, with the source's verdict."""

    def brought(place, count, on_time="yes", days=30, **more):
        opened = NOW - timedelta(days=days)
        drafts = [
            OldTicket(
                source="t", number=f"{place.pk}-{on_time}-{days}-{number}", place=place, opened_at=opened,
                title="路灯不亮", closed_at=opened + timedelta(days=1), on_time=on_time, body=body, **more,
            )
            for number in range(count)
        ]  # fmt: skip
        return import_tickets(actor=root, drafts=drafts)

    return brought
