"""Who acts, and where their grants reach."""

from datetime import UTC, datetime
from types import SimpleNamespace

from linli.core.actor import Actor, Grant, system

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
HERE = SimpleNamespace(district_id=1, street_id=2, community_id=3, compound_id=4, building_id=None)
ELSEWHERE = SimpleNamespace(district_id=1, street_id=2, community_id=9, compound_id=None, building_id=None)


def test_grant_covers_its_place_and_what_lies_below():
    secretary = Grant("secretary", "community", 3)
    assert (secretary.covers(HERE), secretary.covers(ELSEWHERE)) == (True, False)
    assert Grant("district_officer", "district", 1).covers(ELSEWHERE) is True
    assert Grant("captain", "building", 5).covers(HERE) is False


def test_grant_of_nowhere_covers_nothing_and_of_everywhere_all():
    assert Grant("property_staff", "nowhere", None, 7).covers(HERE) is False
    assert Grant("administrator", "everywhere").covers(SimpleNamespace()) is True


def test_holds_asks_post_and_place():
    actor = Actor(now=NOW, grants=(Grant("desk", "community", 3), Grant("captain", "building", 8)))
    assert actor.holds("desk", "secretary", over=HERE) is True
    assert actor.holds("desk", over=ELSEWHERE) is False
    assert actor.holds("captain") is True
    assert actor.holds("auditor") is False


def test_actor_at_another_moment_is_the_same_person():
    actor = Actor(now=NOW, account_id=5)
    later = actor.at(NOW.replace(hour=5))
    assert (later.account_id, later.request_id, later.now.hour) == (5, actor.request_id, 5)


def test_clock_is_the_system_and_nobody():
    assert (system(NOW).is_system, system(NOW).is_signed_in) == (True, False)
    assert Actor(now=NOW, account_id=1).is_signed_in is True
