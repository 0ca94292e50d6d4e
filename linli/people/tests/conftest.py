"""A small invented neighbourhood and the cast of HOUSE 9."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from linli.core.actor import Actor, Grant
from linli.people.actions import (
    AppointmentDraft,
    BodyDraft,
    PersonDraft,
    TieDraft,
    add_bodies,
    add_people,
    add_ties,
    appoint_people,
)
from linli.people.queries import appointments_of, grants_of
from linli.places.actions import PlaceDraft, add_places

NOW = datetime(2026, 9, 24, 8, 0, tzinfo=UTC)
TODAY = date(2026, 9, 24)


def root(now=NOW):
    """Whoever set the installation up."""
    return Actor(now=now, channel="demo", grants=(Grant("administrator", "everywhere"),))


def actor_for(person, post=None, now=NOW):
    """The actor of a person, in the hat of a post."""
    hats = [each for each in appointments_of(person.pk, TODAY) if each.post == post]
    hat = hats[0] if hats else None
    return Actor(
        now=now,
        account_id=person.pk,
        account_uid=f"account-{person.pk}",
        person_id=person.pk,
        person_uid=person.uid,
        name=person.display_name,
        hat=post or "",
        body_id=hat.body_id if hat else None,
        grants=grants_of(hat) if hat else (),
    )


def plant():
    """Two communities of one street; in the first a compound with two buildings and a home in each."""
    district = PlaceDraft("district", "云岭区", code="530199")
    street = PlaceDraft("street", "湖滨街道", district, code="530199001")
    community = PlaceDraft("community", "雪莲社区", street, code="530199001001")
    next_community = PlaceDraft("community", "河东社区", street, code="530199001002")
    compound = PlaceDraft("compound", "雪莲苑", community)
    next_compound = PlaceDraft("compound", "河东苑", next_community)
    building = PlaceDraft("building", "2号楼", compound)
    other = PlaceDraft("building", "3号楼", compound)
    home = PlaceDraft("home", "101", building)
    other_home = PlaceDraft("home", "101", other)
    far = PlaceDraft("home", "101", PlaceDraft("building", "1号楼", next_compound))
    drafts = [district, street, community, next_community, compound, next_compound, building, other, far.parent]
    drafts += [home, other_home, far]
    names = "district street community next_community compound next_compound building other far_building home"
    made = add_places(actor=root(), drafts=drafts)
    return dict(zip([*names.split(), "other_home", "far_home"], made, strict=True))


def people_of(places):
    """Who lives and works there."""
    office, next_office, company = add_bodies(
        actor=root(),
        drafts=[
            BodyDraft("雪莲社区居委会", "community_office", places["community"], aliases=("雪莲社区",)),
            BodyDraft("河东社区居委会", "community_office", places["next_community"]),
            BodyDraft("安和物业", "company", places["compound"], duty_categories=("lift",)),
        ],
    )
    names = ["resident", "grid_worker", "desk", "secretary", "manager", "owner", "stranger", "captain"]
    words = ["索朗曲珍", "旦增央珍", "李梅", "王建国", "赵强", "陈三套", "外社区的人", "周大姐"]
    drafts = [PersonDraft(word, phone=f"1380013800{number}") for number, word in enumerate(words)]
    cast = dict(zip(names, add_people(actor=root(), drafts=drafts), strict=True))
    appoint_people(
        actor=root(),
        drafts=[
            AppointmentDraft(cast["grid_worker"], "grid_worker", office, places["compound"], date(2026, 1, 1)),
            AppointmentDraft(cast["desk"], "desk", office, from_on=date(2026, 1, 1)),
            AppointmentDraft(cast["secretary"], "secretary", office, from_on=date(2026, 1, 1)),
            AppointmentDraft(cast["manager"], "property_manager", company, from_on=date(2026, 1, 1)),
            AppointmentDraft(cast["captain"], "captain", place=places["building"], from_on=date(2026, 1, 1)),
            AppointmentDraft(cast["stranger"], "secretary", next_office, from_on=date(2026, 1, 1)),
        ],
    )
    ties = [TieDraft(cast["resident"], places["home"], "tenant"), TieDraft(cast["owner"], places["home"], "owner")]
    add_ties(actor=root(), drafts=[*ties, TieDraft(cast["owner"], places["other_home"], "owner")])
    return cast, {"office": office, "next_office": next_office, "company": company}


@pytest.fixture
def town(db):
    """Places, bodies and people by name: ``town.places``, ``town.bodies``, ``town.people``."""
    places = plant()
    people, bodies = people_of(places)
    return SimpleNamespace(places=places, people=people, bodies=bodies)


@pytest.fixture
def as_(town, monkeypatch, client):
    """The browser of one of the cast: ``as_("desk")``. The door itself is tested in `access`."""

    def enter(who=None):
        hats = appointments_of(town.people[who].pk, TODAY) if who else []
        post = hats[0].post if hats else None
        actor = actor_for(town.people[who], post) if who else None
        if actor:
            monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: actor)
        return client

    monkeypatch.setattr("linli.config.middleware.now", lambda: NOW)
    return enter
