"""Who may know of a matter. Each test holds something that could leak."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import Q

from linli.core.actor import Grant
from linli.core.errors import NotFound
from linli.matters.actions import Change, Follow, Opening, move_matter, open_matters
from linli.matters.models import Matter
from linli.matters.queries import matter_of, matters_visible_to, sight_of
from linli.matters.states import KINDS

ALL = ("stranger", "resident", "captain", "desk", "manager", "street", "neighbour", "clock")


def seen_by(cast, matter):
    """Who sees it, and as what; the list and the single question must agree."""
    sights = {name: sight_of(getattr(cast, name), matter) for name in ALL}
    lists = {name for name in ALL if matter in matters_visible_to(getattr(cast, name))}
    assert lists == {name for name, sight in sights.items() if sight}
    return {name: str(sight) for name, sight in sights.items() if sight}


STAFF = {"captain": "staff", "desk": "staff", "street": "staff", "clock": "staff"}


def test_public_matter_is_seen_by_all_and_in_full_by_few(cast, lamp):
    assert seen_by(cast, lamp(audience="public")) == STAFF | {
        "stranger": "public", "resident": "public", "manager": "public", "neighbour": "public",
    }  # fmt: skip


def test_private_matter_is_seen_by_those_whose_place_it_is(cast, lamp):
    assert seen_by(cast, lamp()) == STAFF


def test_matter_is_seen_by_holder_follower_and_bearer_of_the_receipt(cast, town, lamp):
    matter = lamp(followers=[Follow(person_id=cast.resident.person_id)], holder_body_id=town.company.pk)
    assert seen_by(cast, matter) == STAFF | {"resident": "parties", "manager": "staff"}
    bearer = replace(cast.stranger, receipts=frozenset({matter.uid}))
    assert sight_of(bearer, matter) == "parties"
    assert list(matters_visible_to(bearer)) == [matter]


def test_matter_leaves_the_holder_s_sight_when_it_moves_on(cast, town, lamp):
    matter = lamp(holder_body_id=town.company.pk)
    move_matter(actor=cast.desk, matter=matter, move="accept", change=Change(holder_body=town.office))
    assert seen_by(cast, matter) == STAFF


def test_sealed_matter_is_not_there_for_outsiders(cast, town):
    matter = open_matters(
        actor=cast.stranger,
        openings=[
            Opening("secret", "家事", town.building, followers=[Follow(person_id=cast.resident.person_id)],
                    holder_person_id=cast.captain.person_id)
        ],
    )[0]  # fmt: skip
    assert seen_by(cast, matter) == {"resident": "parties", "captain": "parties", "clock": "staff"}
    for actor in (cast.desk, cast.street, cast.stranger):
        with pytest.raises(NotFound):
            matter_of(actor, matter.uid)


def test_sealed_kind_widens_who_sees_it(cast, town, monkeypatch):
    kind = KINDS.get("secret")
    hooks = {
        "seen_by": lambda actor: Q(community_id=town.here.pk) if actor.hat == "street_officer" else Q(pk=None),
        "may": lambda actor, act, thing: act == "open" or actor.hat == "street_officer",
    }
    monkeypatch.setitem(KINDS._records, "secret", replace(kind, **hooks))
    matter = open_matters(actor=cast.stranger, openings=[Opening("secret", "家事", town.building)])[0]
    assert seen_by(cast, matter) == {"street": "staff", "clock": "staff"}


def test_everywhere_reaches_everything_but_what_is_sealed(cast, town, lamp):
    auditor = replace(cast.stranger, grants=(Grant("auditor", "everywhere"),))
    matter = lamp()
    open_matters(actor=cast.stranger, openings=[Opening("secret", "家事", town.building)])
    assert list(matters_visible_to(auditor)) == [matter]
    assert Matter.objects.count() == 2


def test_post_of_a_resident_is_no_window_into_the_neighbours(cast, lamp):
    lamp()
    assert not matters_visible_to(cast.resident).exists()
    with pytest.raises(NotFound):
        matter_of(cast.resident, "NOSUCHUID2")
