"""Renaming, merging, splitting from a day; areas of grids."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.core.actor import Actor, Grant, system
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.places import queries
from linli.places.actions import PlaceDraft, TurnDraft, add_places, carry_out_turns, cover_grid, drop_turn, plan_turn
from linli.places.clock import carry_out
from linli.places.models import Place, Turn
from linli.places.tests.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 24)
LATER = TODAY + timedelta(days=7)


def again(place):
    return Place.objects.get(pk=place.pk)


def test_plan_turn_renames_on_its_day_and_the_old_name_still_finds(town, secretary):
    plan_turn(actor=secretary, place=town["compound"], draft=TurnDraft("rename", LATER, "金桂苑", name_en="Osmanthus"))
    assert carry_out(NOW) == 0
    assert again(town["compound"]).name == "雪莲苑"
    assert carry_out(NOW + timedelta(days=7)) == 1
    assert again(town["home_101"]).label == "金桂苑 2号楼东单元101"
    assert again(town["compound"]).code == town["compound"].code
    assert town["compound"] in queries.find_places(secretary, "雪莲苑")
    assert carry_out(NOW + timedelta(days=8)) == 0


def test_plan_turn_is_refused(town, secretary, stranger):
    rename = TurnDraft("rename", TODAY, "甲")
    with pytest.raises(NotAllowed):
        plan_turn(actor=stranger, place=town["compound"], draft=rename)
    far = TurnDraft("merge", TODAY, target=town["next_community"])
    street = Actor(now=NOW, account_id=9, grants=(Grant("administrator", "street", town["street"].pk),))
    with pytest.raises(NotAllowed):
        plan_turn(actor=secretary, place=town["community"], draft=far)
    for draft in (
        TurnDraft("merge", TODAY, target=town["compound"]),
        TurnDraft("merge", TODAY, target=town["building"]),
        TurnDraft("split", TODAY, "新楼"),
        TurnDraft("split", TODAY, "新楼", parts=(town["home_101"],)),
        TurnDraft("rename", TODAY, " "),
    ):
        with pytest.raises(BadInput):
            plan_turn(actor=street, place=town["building"], draft=draft)
    assert not Turn.objects.exists()


def test_plan_turn_merges_communities_and_old_posters_lead_on(town, administrator):
    turn = TurnDraft("merge", TODAY, target=town["next_community"])
    plan_turn(actor=administrator, place=town["community"], draft=turn)
    home = again(town["home_101"])
    assert home.community_id == town["next_community"].pk
    assert home.compound_id == town["compound"].pk
    assert (home.label, home.code) == ("雪莲苑 2号楼东单元101", town["home_101"].code)
    assert again(town["community"]).closed_on == TODAY
    assert queries.place_by_tag(town["community"].tag) == town["next_community"]
    assert queries.place_by_code(town["community"].code) == town["next_community"]


def test_plan_turn_merges_buildings_and_refuses_two_of_a_name(town, secretary):
    add_places(actor=secretary, drafts=[PlaceDraft("stairwell", "东单元", town["other"])])
    with pytest.raises(BadInput):
        plan_turn(actor=secretary, place=town["other"], draft=TurnDraft("merge", TODAY, target=town["building"]))
    assert again(town["other"]).closed_on is None


def test_a_turn_that_cannot_be_done_on_its_day_is_put_aside_with_the_reason(town, secretary):
    plan_turn(actor=secretary, place=town["other"], draft=TurnDraft("rename", LATER, "2号楼"))
    assert carry_out(NOW + timedelta(days=7)) == 0
    assert "2号楼" in Turn.objects.get().fault
    assert carry_out(NOW + timedelta(days=8)) == 0


def test_plan_turn_splits_a_building(town, secretary):
    draft = TurnDraft("split", TODAY, "2号楼乙", parts=(town["west"],))
    new = plan_turn(actor=secretary, place=town["building"], draft=draft)
    new.refresh_from_db()
    home = again(town["home_1001"])
    assert home.building_id == new.target_id
    assert home.label == "雪莲苑 2号楼乙西单元1001"
    assert again(town["home_101"]).building_id == town["building"].pk


def test_drop_turn_before_its_day_and_by_its_keepers(town, secretary, stranger):
    turn = plan_turn(actor=secretary, place=town["compound"], draft=TurnDraft("rename", LATER, "金桂苑"))
    with pytest.raises(NotAllowed):
        drop_turn(actor=stranger, turn=turn)
    drop_turn(actor=secretary, turn=turn)
    with pytest.raises(LostRace):
        drop_turn(actor=secretary, turn=turn)
    assert carry_out(NOW + timedelta(days=9)) == 0


def test_carry_out_turns_is_the_clocks_and_once(town, secretary):
    turn = plan_turn(actor=secretary, place=town["compound"], draft=TurnDraft("rename", LATER, "金桂苑"))
    with pytest.raises(NotAllowed):
        carry_out_turns(actor=secretary, turns=[turn])
    clock = system(NOW + timedelta(days=7))
    assert carry_out_turns(actor=clock, turns=[turn]) == 1
    assert carry_out_turns(actor=clock, turns=[turn]) == 0


@pytest.fixture
def area(town, secretary):
    """An area of one grid, which covers the east stairwell."""
    drafts = [PlaceDraft("area", "南片区", town["community"]), PlaceDraft("grid", "第一网格", town["community"])]
    made, grid = add_places(actor=secretary, drafts=drafts)
    cover_grid(actor=secretary, grid=grid, places=[town["east"]])
    cover_grid(actor=secretary, grid=made, places=[grid])
    return made, grid


def test_area_is_made_of_grids(town, secretary, area):
    made, grid = area
    assert made.code == "530199001001-A01"
    assert [place.name for place in queries.places_below(made, "home")] == ["101", "102"]
    assert list(queries.grids_over(town["home_101"])) == [grid, made]
    with pytest.raises(BadInput):
        cover_grid(actor=secretary, grid=made, places=[town["building"]])


def test_grids_merge_by_what_they_cover(town, secretary, area):
    _made, grid = area
    other = add_places(actor=secretary, drafts=[PlaceDraft("grid", "第二网格", town["community"])])[0]
    plan_turn(actor=secretary, place=grid, draft=TurnDraft("merge", TODAY, target=other))
    assert queries.covered_by(other) == [town["east"]]
    assert again(grid).successor == other


def test_turning_by_the_pages(town, signed_in, secretary):
    client, uid = signed_in(secretary), town["building"].uid
    assert "2号楼" in client.get(f"/places/{uid}/turn/rename/").content.decode()
    sent = {"name": "二号楼", "from_on": "2030-01-01"}
    assert client.post(f"/places/{uid}/turn/rename/", sent).status_code == 302
    assert "二号楼" in client.get(f"/places/{uid}/").content.decode()
    turn = Turn.objects.get()
    assert client.post(f"/places/{uid}/turns/{turn.uid}/drop/").status_code == 302
    sent = {"name": "2号楼乙", "from_on": "2026-09-24", "parts": [town["west"].uid]}
    assert client.post(f"/places/{uid}/turn/split/", sent).status_code == 302
    new = Place.objects.get(name="2号楼乙")
    assert client.post(f"/places/{new.uid}/turn/merge/", {"target": uid, "from_on": "2026-09-24"}).status_code == 302
    assert again(town["home_1001"]).building_id == town["building"].pk
    assert client.get(f"/places/{town['home_101'].uid}/turn/merge/").status_code == 404
