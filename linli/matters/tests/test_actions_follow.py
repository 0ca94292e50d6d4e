"""Who is told, and who has looked."""

from __future__ import annotations

import pytest

from linli.core.errors import NotAllowed, NotFound
from linli.matters.actions import Follow, follow_matter, mark_seen, unfollow_matter
from linli.matters.models import Follower, Seen
from linli.matters.queries import looks_of
from linli.matters.tests.conftest import later


def test_following_twice_is_following_once(cast, lamp):
    matter = lamp(audience="public")
    for _ in range(2):
        follow_matter(actor=cast.resident, matter=matter)
    assert Follower.objects.get().person_id == cast.resident.person_id
    unfollow_matter(actor=cast.resident, matter=matter)
    unfollow_matter(actor=cast.resident, matter=matter)
    assert not Follower.objects.exists()


def test_helping_body_is_added_by_who_moves_the_matter(cast, town, lamp):
    matter = lamp(audience="public")
    helper = Follow(body_id=town.company.pk, role="helper")
    with pytest.raises(NotAllowed):
        follow_matter(actor=cast.neighbour, matter=matter, follow=helper)
    follow_matter(actor=cast.desk, matter=matter, follow=helper)
    with pytest.raises(NotAllowed):
        unfollow_matter(actor=cast.neighbour, matter=matter, follow=helper)
    unfollow_matter(actor=cast.desk, matter=matter, follow=helper)
    assert not Follower.objects.exists()


def test_bearer_of_a_receipt_follows_without_a_name(cast, lamp):
    matter = lamp(audience="public")
    follow_matter(actor=cast.stranger, matter=matter, follow=Follow(receipt_digest="d1"))
    assert Follower.objects.get().receipt_digest == "d1"
    with pytest.raises(NotAllowed):
        follow_matter(actor=cast.stranger, matter=matter)


def test_following_what_one_may_not_know_finds_nothing(cast, lamp):
    with pytest.raises(NotFound):
        follow_matter(actor=cast.resident, matter=lamp())


def test_reporter_stays_a_party(cast, lamp):
    matter = lamp(followers=[Follow(person_id=cast.resident.person_id, role="reporter")])
    unfollow_matter(actor=cast.resident, matter=matter)
    assert Follower.objects.get().role == "reporter"


def test_look_is_noted_first_and_last(cast, lamp, django_assert_num_queries):
    matter = lamp()
    mark_seen(actor=cast.desk, matter=matter)
    with django_assert_num_queries(1 + 2):
        mark_seen(actor=later(cast.desk, hours=2), matter=matter)
    seen = looks_of(matter)[0]
    assert (seen.person_id, seen.first_at, seen.last_at) == (
        cast.desk.person_id, cast.desk.now, later(cast.desk, hours=2).now,
    )  # fmt: skip


def test_look_of_the_public_is_not_noted(cast, lamp):
    matter = lamp(audience="public")
    mark_seen(actor=cast.resident, matter=matter)
    mark_seen(actor=cast.stranger, matter=matter)
    assert not Seen.objects.exists()
    with pytest.raises(NotFound):
        mark_seen(actor=cast.resident, matter=lamp())
