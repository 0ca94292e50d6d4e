from __future__ import annotations

import json

import pytest

from linli.audit.models import AuditRecord
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.places.actions import (
    PlaceChange,
    PlaceDraft,
    add_places,
    approve_map,
    change_place,
    close_place,
    cover_grid,
    give_code,
    import_outlines,
    withdraw_map,
)
from linli.places.models import GridCover, Outline, Place
from linli.places.queries import label_of, place_by_code

pytestmark = pytest.mark.django_db


def test_add_places_fills_code_ancestors_label_and_audit(town):
    home = town["home_101"]
    home.refresh_from_db()
    assert home.code == "530199001001-01-2-01-101"
    for level in ("district", "street", "community", "compound", "building"):
        assert getattr(home, f"{level}_id") == town[level].pk
    assert label_of(home, "zh-hans") == "雪莲苑 2号楼东单元101"
    assert label_of(home, "en") == "Snow Lotus Court Building 2 East Stairwell 101"
    assert label_of(home, "bo").startswith("གངས་ལྷ་གླིང་།")
    assert home.area_centi == 8950
    record = AuditRecord.objects.get(verb="places.added")
    assert record.detail["home"] == 3


def test_add_places_is_refused_to_the_wrong_actor(town, stranger, secretary, nobody):
    for actor, parent in ((stranger, "compound"), (nobody, "compound"), (secretary, "street"), (secretary, "district")):
        level = {"compound": "building", "street": "community", "district": "street"}[parent]
        with pytest.raises(NotAllowed):
            add_places(actor=actor, drafts=[PlaceDraft(level, "新", town[parent])])
    with pytest.raises(NotAllowed):
        add_places(actor=secretary, drafts=[PlaceDraft("district", "新区")])
    assert add_places(actor=secretary, drafts=[PlaceDraft("building", "3号楼", town["compound"])])[0].code.endswith(
        "-3"
    )


def test_add_places_names_every_bad_draft_and_adds_none(town, administrator):
    before = Place.objects.count()
    drafts = [
        PlaceDraft("building", "5号楼", town["compound"]),
        PlaceDraft("building", "2号楼", town["compound"]),
        PlaceDraft("building", " ", town["compound"]),
        PlaceDraft("building", "6号楼", town["compound"], code="530199001001-01-10"),
        PlaceDraft("building", "7号楼", town["street"]),
    ]
    with pytest.raises(BadInput) as refusal:
        add_places(actor=administrator, drafts=drafts)
    assert sorted(refusal.value.fields) == ["1", "2", "3", "4"]
    assert Place.objects.count() == before


def test_add_places_makes_provisional_codes_where_the_state_has_none(db, administrator):
    district = PlaceDraft("district", "坪山区")
    street = PlaceDraft("street", "龙田街道", district)
    places = add_places(actor=administrator, drafts=[PlaceDraft("community", "老坑社区", street), street, district])
    assert [place.code for place in places] == ["990001600600", "990001600", "990001"]
    assert all(place.is_provisional and not place.has_official_code for place in places)


def test_add_places_takes_many_in_few_statements(town, administrator, django_assert_max_num_queries):
    drafts = [PlaceDraft("home", f"{n}", town["west"]) for n in range(2000, 3000)]
    with django_assert_max_num_queries(40):  # SQLite takes 999 values a statement
        add_places(actor=administrator, drafts=drafts)


def test_codes_are_never_reused(town, administrator):
    close_place(actor=administrator, place=town["other"])
    again = add_places(actor=administrator, drafts=[PlaceDraft("building", "10号楼", town["compound"])])[0]
    assert again.code != town["other"].code
    with pytest.raises(BadInput):
        add_places(
            actor=administrator, drafts=[PlaceDraft("building", "11号楼", town["compound"], code=town["other"].code)]
        )


def test_change_place_carries_label_and_order_down(town, secretary):
    change_place(actor=secretary, place=town["compound"], change=PlaceChange("金桂苑", name_en="Osmanthus Court"))
    home = Place.objects.select_related("parent__parent__parent__parent").get(pk=town["home_101"].pk)
    assert home.label == "金桂苑 2号楼东单元101"
    assert home.label_en == "Osmanthus Court Building 2 East Stairwell 101"
    assert home.order.startswith(home.parent.parent.parent.order)
    assert home.code == town["home_101"].code


def test_change_place_of_a_community_leaves_labels_below(town, administrator):
    change_place(actor=administrator, place=town["community"], change=PlaceChange("冰川社区"))
    home = Place.objects.get(pk=town["home_101"].pk)
    assert home.label == "雪莲苑 2号楼东单元101"
    assert home.order.startswith(Place.objects.get(pk=town["community"].pk).order)


def test_change_place_is_refused(town, stranger, secretary):
    with pytest.raises(NotAllowed):
        change_place(actor=stranger, place=town["compound"], change=PlaceChange("甲"))
    with pytest.raises(BadInput):
        change_place(actor=secretary, place=town["other"], change=PlaceChange("2号楼"))


def test_close_place_needs_everything_inside_closed(town, secretary, stranger):
    with pytest.raises(WrongState):
        close_place(actor=secretary, place=town["east"])
    with pytest.raises(NotAllowed):
        close_place(actor=stranger, place=town["home_1001"])
    close_place(actor=secretary, place=town["home_1001"])
    with pytest.raises(WrongState):
        close_place(actor=secretary, place=town["home_1001"])
    with pytest.raises(LostRace):
        close_place(actor=secretary, place=Place(pk=town["home_1001"].pk, community_id=town["community"].pk))


def test_give_code_moves_everything_below_and_keeps_the_old_code_findable(db, administrator, town):
    draft = PlaceDraft("community", "新河社区", town["street"])
    community, compound = add_places(actor=administrator, drafts=[draft, PlaceDraft("compound", "新苑", draft)])
    assert community.code == "530199001600"
    give_code(actor=administrator, place=community, code="530199001003")
    compound.refresh_from_db()
    assert compound.code == "530199001003-01"
    assert place_by_code("530199001600-01") == compound
    with pytest.raises(WrongState):
        give_code(actor=administrator, place=community, code="530199001004")
    later = add_places(actor=administrator, drafts=[PlaceDraft("community", "北河社区", town["street"])])[0]
    assert later.code == "530199001601"
    with pytest.raises(BadInput):
        give_code(actor=administrator, place=later, code="530199001003")


def test_give_code_is_refused_to_who_does_not_keep_the_map(administrator, stranger, nobody, town):
    (community,) = add_places(actor=administrator, drafts=[PlaceDraft("community", "新河社区", town["street"])])
    for actor in (stranger, nobody):
        with pytest.raises(NotAllowed):
            give_code(actor=actor, place=community, code="530199001003")


def test_cover_grid_takes_whole_places_once(town, secretary, stranger):
    one, two = add_places(
        actor=secretary,
        drafts=[PlaceDraft("grid", "第一网格", town["community"]), PlaceDraft("grid", "第二网格", town["community"])],
    )
    assert one.code == "530199001001001"
    cover_grid(actor=secretary, grid=one, places=[town["east"], town["other"]])
    with pytest.raises(BadInput):
        cover_grid(actor=secretary, grid=two, places=[town["building"]])
    with pytest.raises(BadInput):
        cover_grid(actor=secretary, grid=two, places=[town["home_101"]])
    with pytest.raises(NotAllowed):
        cover_grid(actor=stranger, grid=two, places=[])
    with pytest.raises(WrongState):
        cover_grid(actor=secretary, grid=town["building"], places=[])
    cover_grid(actor=secretary, grid=one, places=[town["other"]])
    cover_grid(actor=secretary, grid=two, places=[town["building"]])
    assert GridCover.objects.count() == 2


SQUARE = {"type": "Polygon", "coordinates": [[[91, 29], [92, 29], [92, 30], [91, 29]]]}


def test_import_outlines_by_code_converts_and_says_from_what(town, administrator):
    file = json.dumps([{"type": "Feature", "properties": {"adcode": 530199}, "geometry": SQUARE}]).encode()
    (outline,) = import_outlines(actor=administrator, content=file, source_crs="GCJ-02")
    assert outline.place == town["district"]
    assert outline.source_crs == "GCJ-02"
    assert json.loads(outline.geometry)["coordinates"][0][0][0] != [91, 29]
    import_outlines(actor=administrator, content=file, source_crs="WGS-84")
    assert json.loads(Outline.objects.get().geometry)["coordinates"][0][0][0] == [91, 29]


def test_import_outlines_is_refused(town, secretary, administrator):
    file = json.dumps(SQUARE).encode()
    with pytest.raises(NotAllowed):
        import_outlines(actor=secretary, content=file, source_crs="WGS-84", place=town["district"])
    for content in (file, b"nothing"):
        with pytest.raises(BadInput):
            import_outlines(actor=administrator, content=content, source_crs="WGS-84")


def test_approve_map_is_for_the_administrator(secretary, administrator):
    with pytest.raises(NotAllowed):
        approve_map(actor=secretary, number="GS(2024)0650")
    with pytest.raises(BadInput):
        approve_map(actor=administrator, number=" ")
    approve_map(actor=administrator, number="GS(2024)0650")
    withdraw_map(actor=administrator)
    with pytest.raises(WrongState):
        withdraw_map(actor=administrator)
    with pytest.raises(NotAllowed):
        withdraw_map(actor=secretary)
