from __future__ import annotations

import json

import pytest

from linli.core.actor import Actor, Grant
from linli.core.errors import NotFound
from linli.places import queries
from linli.places.actions import PlaceDraft, add_places, approve_map, close_place, cover_grid, import_outlines
from linli.places.models import Place

pytestmark = pytest.mark.django_db


def names(places):
    return [place.name for place in places]


def test_places_are_found_by_uid_code_and_poster(town):
    home = town["home_101"]
    assert queries.place_of(home.uid) == home
    assert queries.place_by_code(home.code.lower()) == home
    assert queries.place_by_tag(f"{home.tag[:3]}-{home.tag[3:]}".lower()) == home
    with pytest.raises(NotFound):
        queries.place_of("nothing")
    with pytest.raises(NotFound):
        queries.place_by_code("nothing")


def test_children_are_in_natural_order_with_their_counts(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = [(place.name, place.child_count) for place in queries.children_of(town["compound"])]
    assert rows == [("2号楼", 2), ("10号楼", 0)]
    assert names(queries.children_of(None)) == ["云岭区"]


def test_places_below_and_ancestors(town):
    assert names(queries.places_below(town["community"], "home")) == ["101", "102", "1001"]
    assert names(queries.places_below(town["east"])) == ["101", "102"]
    assert names(queries.ancestors_of(town["home_101"])) == [
        "云岭区",
        "湖滨街道",
        "雪莲社区",
        "雪莲苑",
        "2号楼",
        "东单元",
    ]
    assert queries.ancestors_of(town["district"]) == []


def test_within_covers_each_level(town):
    for level in ("district", "community", "building"):
        assert queries.within(town[level]).children == [(f"{level}_id", town[level].pk)]
    assert ("place__parent_id", town["east"].pk) in queries.within(town["east"]).children
    assert queries.within(town["home_101"]).children == [("place_id", town["home_101"].pk)]


def test_within_a_grid_is_what_it_covers(town, secretary):
    grid = add_places(actor=secretary, drafts=[PlaceDraft("grid", "第一网格", town["community"])])[0]
    cover_grid(actor=secretary, grid=grid, places=[town["other"], town["east"]])
    assert names(queries.places_below(grid)) == ["东单元", "101", "102", "10号楼"]
    assert ("building_id", town["other"].pk) in queries.within(grid).children


def test_homes_show_only_to_staff_whose_grant_covers_them(town, secretary, stranger, nobody):
    assert set(names(queries.places_visible_to(secretary).filter(level="home"))) == {"101", "102", "1001"}
    for actor in (stranger, nobody):
        visible = queries.places_visible_to(actor)
        assert not visible.filter(level="home").exists()
        assert visible.filter(pk=town["building"].pk).exists()


def test_closed_places_are_gone_from_lists_but_not_from_codes(town, secretary):
    close_place(actor=secretary, place=town["other"])
    assert names(queries.children_of(town["compound"])) == ["2号楼"]
    assert queries.place_by_code(town["other"].code) == town["other"]


def test_find_places_by_words_and_poster(town, secretary, nobody):
    assert names(queries.find_places(secretary, "东单元101")) == ["101"]
    assert queries.find_places(nobody, "东单元101") == []
    assert names(queries.find_places(nobody, town["other"].tag.lower())) == ["10号楼"]


def test_levels_below_counts_in_tree_order(town):
    assert queries.levels_below(town["compound"]) == {"building": 2, "stairwell": 2, "home": 3}


def test_outline_shows_to_staff_only_until_a_number_is_entered(town, administrator, nobody):
    resident = Actor(now=nobody.now, account_id=9, grants=(Grant("resident", "building", town["building"].pk),))
    square = {"type": "Polygon", "coordinates": [[[91, 29], [92, 29], [92, 30], [91, 29]]]}
    import_outlines(
        actor=administrator, content=json.dumps(square).encode(), source_crs="WGS-84", place=town["community"]
    )
    place = Place.objects.get(pk=town["community"].pk)
    assert queries.outline_of(place, administrator) is not None
    assert queries.outline_of(place, nobody) is None
    assert queries.outlines_of([place], resident) == []
    approve_map(actor=administrator, number="GS(2024)0650")
    assert queries.outline_of(place, nobody) is not None
