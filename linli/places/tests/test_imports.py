from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from linli.batches.rules import write_csv, write_xlsx
from linli.core.numbers import area_words
from linli.places.actions import import_outlines
from linli.places.imports import COLUMNS, PLACES, TEMPLATE, check_places, gone_places
from linli.places.models import Outline, Place
from linli.places.queries import places_below

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "places"
HEADINGS = [str(column.words) for column in COLUMNS]
ON = {"create_places": True}


def run(path, *options):
    out = io.StringIO()
    call_command("import", "places", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def statuses(actor, rows, options=ON):
    return [(checked.status, len(checked.faults)) for checked in check_places(actor, rows, options)]


def test_template_imports_as_it_is(tmp_path, town):
    file = tmp_path / "template.xlsx"
    file.write_bytes(write_xlsx(HEADINGS, TEMPLATE))
    result = run(file, "--confirm", "--create-places")
    assert (result["rows"], result["created"], result["already_there"], result["refused"]) == (3, 2, 1, [])
    home = places_below(town["east"], "home").get(name="501")
    assert area_words(home.area_centi) == "89.50"
    assert home.building == town["building"]


def test_without_confirm_nothing_is_changed(tmp_path, town):
    file = tmp_path / "template.csv"
    file.write_bytes(write_csv(HEADINGS, TEMPLATE))
    before = Place.objects.count()
    result = run(file, "--create-places")
    assert result["planned"]["new"] == 2
    assert Place.objects.count() == before


def test_missing_parents_are_added_only_when_told(administrator, town):
    row = {"community": "雪莲社区", "compound": "雪莲苑", "building": "12号楼", "home": "101"}
    assert statuses(administrator, [row], {}) == [("already", 1)]
    assert statuses(administrator, [row, {**row, "home": "102"}]) == [("new", 0), ("new", 0)]


def test_figures_are_matched_however_they_are_written(administrator, town):
    row = {"community": "雪莲社区", "compound": "雪莲苑", "building": "二号楼", "stairwell": "东单元", "home": "101"}
    assert statuses(administrator, [row]) == [("already", 0)]
    assert statuses(administrator, [{**row, "area": "91.00"}]) == [("changed", 0)]


@pytest.mark.parametrize(
    ("row", "door"),
    [
        ({"address": "2#-3-501", "area": "８８．１２㎡"}, "雪莲苑 2号楼3单元501"),
        ({"address": "二号楼 3单元501室", "area": "88.12平方米"}, "雪莲苑 2号楼3单元501"),
        ({"address": "雪莲社区雪莲苑3栋501", "community": "雪莲社区"}, "雪莲苑 3号楼501"),
        ({"home": "2-3-501", "compound": "雪莲苑"}, "雪莲苑 2号楼3单元501"),
        ({"building": "２号楼", "stairwell": "3", "home": "501"}, "雪莲苑 2号楼3单元501"),
        ({"address": "东单元101", "building": "2栋"}, "雪莲苑 2栋"),
    ],
)
def test_address_is_read_however_it_is_written(secretary, town, row, door):
    (checked,) = check_places(secretary, [row], ON)
    assert checked.faults == []
    PLACES.commit(secretary, [checked] if checked.is_good else [], ON)
    found = Place.objects.filter(building=town["building"]) | Place.objects.filter(label__startswith="雪莲苑 3号楼")
    assert door in {place.label for place in found} or checked.status == "already"


def test_two_spellings_of_one_building_are_one_place(secretary, town):
    rows = [{"address": f"{words}-1-101"} for words in ("7#", "七号楼", "7栋", "7")]
    assert statuses(secretary, rows) == [("new", 0), ("already", 1), ("already", 1), ("already", 1)]
    Place.objects.filter(pk=town["other"].pk).update(name="2栋")
    assert statuses(secretary, [{"building": "2座", "home": "9"}], {}) == [("already", 1)]


def test_rows_without_a_community_stand_where_the_sender_says(administrator, secretary, town):
    row = {"address": "2号楼东单元103"}
    assert statuses(secretary, [row]) == [("new", 0)]
    assert statuses(administrator, [row]) == [("already", 1)]
    assert statuses(administrator, [row], {**ON, "place": "雪莲苑"}) == [("new", 0)]
    (checked,) = check_places(administrator, [row], {**ON, "place": "没有的地方"})
    assert "没有的地方" in str(checked.faults[0])


def test_next_months_file_shows_new_changed_and_gone(secretary, stranger, town):
    rows = [{"address": "2号楼东单元101", "area": "90.00"}, {"address": "2号楼东单元105"}]
    checked = check_places(secretary, rows, ON)
    assert [(one.status, [str(words) for words in one.changes]) for one in checked] == [
        ("changed", ["面积（㎡）：89.50 → 90.00"]),
        ("new", []),
    ]
    assert gone_places(secretary, checked, ON) == ["雪莲苑 2号楼东单元102", "雪莲苑 2号楼西单元", "雪莲苑 10号楼"]
    named = check_places(stranger, [{"address": "2号楼东单元101", "community": "雪莲社区"}], ON)
    assert gone_places(stranger, named, ON) == []


def test_parents_that_are_added_are_named(secretary, town):
    (checked,) = check_places(secretary, [{"address": "9号楼1单元101"}], ON)
    assert [str(words) for words in checked.notes] == ["补建楼栋：9号楼", "补建单元：1单元"]


@pytest.mark.parametrize(
    "row",
    [
        {"name": "无级别"},
        {"code": "530199001003", "name": ""},
        {"code": "5301990010", "name": "短", "level": "社区"},
        {"name": "新街", "level": "街道", "parent_code": "999999"},
        {"community": "没有的社区", "building": "1号楼"},
        {"community": "", "building": "1号楼"},
        {"community": "雪莲社区", "building": "1号楼", "area": "八十"},
        {"community": "雪莲社区", "building": "1号楼", "area": "80.005"},
        {"community": "雪莲社区", "building": "1号楼", "latitude": "95", "longitude": "91"},
        {"community": "雪莲社区", "compound": "雪莲苑", "stairwell": "1单元"},
        {"code": "530199001001", "name": "雪莲社区", "level": "街道"},
    ],
)
def test_bad_rows_say_why(administrator, town, row):
    ((_status, faults),) = statuses(administrator, [row], {})
    assert faults


def test_the_same_row_twice_is_named(administrator, town):
    row = {"community": "雪莲社区", "building": "9号楼"}
    assert statuses(administrator, [row, row]) == [("new", 0), ("already", 1)]


def test_a_row_outside_ones_place_is_refused(stranger, secretary, town):
    rows = [
        {"community": "雪莲社区", "building": "9号楼"},
        {"code": town["compound"].code, "name": "新名", "level": "小区"},
    ]
    assert [faults for _status, faults in statuses(stranger, rows)] == [1, 1]
    assert statuses(secretary, rows) == [("new", 0), ("changed", 0)]


def test_export_imports_again_unchanged(tmp_path, town, administrator):
    rows = list(PLACES.export(administrator, {}))
    assert len(rows) == Place.objects.count()
    file = tmp_path / "export.xlsx"
    file.write_bytes(write_xlsx(HEADINGS, rows))
    result = run(file, "--confirm")
    assert (result["created"], result["changed"], result["already_there"]) == (0, 0, len(rows))
    assert list(PLACES.export(administrator, {})) == rows


def test_export_moves_a_register_to_an_empty_house(tmp_path, town, administrator):
    rows = list(PLACES.export(administrator, {}))
    file = tmp_path / "export.csv"
    file.write_bytes(write_csv(HEADINGS, rows))
    Place.objects.update(district=None, street=None, community=None, compound=None, building=None)
    for level in ("home", "stairwell", "building", "compound", "community", "street", "district"):
        Place.objects.filter(level=level).delete()
    assert run(file, "--confirm")["created"] == len(rows)
    assert list(PLACES.export(administrator, {})) == rows


def test_export_holds_only_what_one_keeps(town, secretary, nobody):
    assert {row[0] for row in PLACES.export(secretary, {})} == {
        place.code for place in Place.objects.filter(community=town["community"])
    }
    assert list(PLACES.export(nobody, {})) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real data are not beside this copy")
def test_real_streets_and_communities_come_in_whole(administrator):
    streets = run(SHARED / "streets_4districts.csv", "--confirm", "--create-places")
    assert (streets["rows"], streets["created"], streets["refused"]) == (49, 49, [])
    villages = run(SHARED / "villages_4districts.csv", "--confirm")
    assert (villages["rows"], villages["created"], villages["refused"]) == (422, 422, [])
    assert run(SHARED / "villages_4districts.csv", "--confirm")["already_there"] == 422
    assert Place.objects.filter(level="district").count() == 4
    for file in sorted(SHARED.glob("*.geojson")):
        district = Place.objects.get(code=file.stem[-6:])
        import_outlines(actor=administrator, content=file.read_bytes(), source_crs="GCJ-02", place=district)
    assert Outline.objects.count() == 4
