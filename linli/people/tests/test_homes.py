"""Ties to a home are said and ended by the people themselves; who comes next inherits nothing."""

from __future__ import annotations

from datetime import date

import pytest

from linli.core.actor import Actor, system
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.people.actions import PersonDraft, clear_home, end_tie, register_neighbour
from linli.people.models import Tie
from linli.people.tests.conftest import NOW, TODAY, actor_for

YESTERDAY = date(2026, 9, 23)


def tie_of(town, who):
    return Tie.objects.select_related("home", "person").get(person=town.people[who], home=town.places["home"])


def test_tie_is_ended_by_its_person_and_by_the_desk_of_that_place_alone(town):
    for who, post in (
        ("owner", None),
        ("captain", "captain"),
        ("stranger", "secretary"),
        ("manager", "property_manager"),
    ):
        with pytest.raises(NotAllowed):
            end_tie(actor=actor_for(town.people[who], post), tie=tie_of(town, "resident"), on=TODAY)
    end_tie(actor=actor_for(town.people["resident"]), tie=tie_of(town, "resident"), on=TODAY)
    end_tie(actor=actor_for(town.people["desk"], "desk"), tie=tie_of(town, "owner"), on=TODAY)
    assert not Tie.objects.filter(home=town.places["home"], to_on=None).exists()


def test_tie_ends_once_and_not_before_it_began(town):
    mine, actor = tie_of(town, "resident"), actor_for(town.people["resident"])
    stale = tie_of(town, "resident")
    with pytest.raises(BadInput):
        end_tie(actor=actor, tie=mine, on=YESTERDAY)
    end_tie(actor=actor, tie=mine, on=TODAY)
    with pytest.raises(WrongState):
        end_tie(actor=actor, tie=mine, on=TODAY)
    with pytest.raises(LostRace):
        end_tie(actor=actor, tie=stale, on=TODAY)


def test_home_is_cleared_of_everybody_and_of_nobody_next_door(town):
    desk = actor_for(town.people["desk"], "desk")
    with pytest.raises(BadInput):
        clear_home(actor=desk, home=town.places["home"], on=YESTERDAY)
    with pytest.raises(BadInput):
        clear_home(actor=desk, home=town.places["building"], on=TODAY)
    assert clear_home(actor=desk, home=town.places["home"], on=TODAY) == 2
    assert Tie.objects.filter(to_on=None).count() == 1


def test_neighbour_registers_with_an_open_home_alone(town):
    stranger, draft = Actor(now=NOW), PersonDraft("卓玛")
    for actor, home in ((system(NOW), "home"), (stranger, "building")):
        with pytest.raises(NotAllowed):
            register_neighbour(actor=actor, draft=draft, home=town.places[home], kind="family")
    with pytest.raises(BadInput):
        register_neighbour(actor=stranger, draft=draft, home=town.places["home"], kind="lodger")
    person = register_neighbour(actor=stranger, draft=draft, home=town.places["home"], kind="family")
    assert [tie.kind for tie in person.ties.all()] == ["family"]


def test_homes_page_ends_a_tie(as_, town):
    browser = as_("resident")
    tie = tie_of(town, "resident")
    assert "雪莲苑 2号楼" in browser.get("/me/homes/").content.decode()
    assert browser.get(f"/ties/{tie.pk}/end/").status_code == 200
    assert browser.post(f"/ties/{tie.pk}/end/", {"on": "2026-09-20"}).status_code == 422
    assert browser.post(f"/ties/{tie.pk}/end/", {"on": "2026-09-24"})["Location"] == "/me/homes/"
    assert browser.get(f"/ties/{tie_of(town, 'owner').pk}/end/").status_code == 404


def test_home_is_cleared_on_the_desks_page_and_hidden_from_others(as_, town):
    address = f"/homes/{town.places['home'].uid}/clear/"
    assert as_("captain").get(address).status_code == 404
    desk = as_("desk")
    assert "这一户都搬走了" in desk.get(f"/people/{town.people['owner'].uid}/").content.decode()
    assert desk.post(address, {"on": "2026-09-20"}).status_code == 422
    assert desk.post(address, {"on": "2026-09-24"})["Location"] == "/people/"
    assert desk.get(f"/homes/{town.places['building'].uid}/clear/").status_code == 404
