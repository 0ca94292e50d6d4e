from __future__ import annotations

import json
from decimal import Decimal

import pytest

from linli.places.rules import codes, crs, names, tree
from linli.places.rules.outlines import BadOutline, drawing_of, read_geojson
from linli.places.rules.places import community_code, point_of


@pytest.mark.parametrize(
    ("level", "code", "parent", "is_right"),
    [
        ("district", "540102", "", True),
        ("district", "54010", "", False),
        ("street", "540102001", "540102", True),
        ("street", "540103001", "540102", False),
        ("street", "540102000", "540102", False),
        ("community", "540102001001", "540102001", True),
        ("community", "54010200100A", "540102001", False),
        ("grid", "540102001001001", "540102001001", True),
        ("grid", "54010200100101", "540102001001", True),
        ("grid", "01020354010200100101", "540102001001", True),
        ("grid", "01020354010200100201", "540102001001", False),
        ("grid", "5401020010010", "540102001001", False),
        ("building", "540102001001-01-3", "540102001001-01", True),
        ("building", "540102001001-02-3", "540102001001-01", False),
        ("home", "540102001001-01-3-五", "540102001001-01-3", False),
    ],
)
def test_code_fault_names_what_does_not_fit(level, code, parent, is_right):
    assert bool(codes.code_fault(level, code, parent)) is not is_right


@pytest.mark.parametrize(
    ("level", "name", "parent", "taken", "code"),
    [
        ("building", "三号楼", "540102001001-01", (), "540102001001-01-3"),
        ("home", "501室", "c", (), "c-501"),
        ("home", "501", "c", ("c-501",), "c-X01"),
        ("compound", "雪莲苑", "540102001001", ("540102001001-01",), "540102001001-02"),
        ("station", "便民点", "540102001001", (), "540102001001-S01"),
        ("grid", "第一网格", "540102001001", ("540102001001001",), "540102001001002"),
        ("district", "坪山区", "", ("990001",), "990002"),
        ("street", "龙田街道", "990001", (), "990001600"),
        ("community", "老坑社区", "990001600", ("990001600600",), "990001600601"),
    ],
)
def test_new_code_follows_the_name_and_keeps_clear_of_used_ones(level, name, parent, taken, code):
    assert codes.new_code(level, name, parent, set(taken)) == code


def test_provisional_code_is_told_from_an_official_one():
    assert codes.is_provisional("district", "990001")
    assert codes.is_provisional("community", "540102001600")
    assert not codes.is_provisional("community", "540102001201")
    assert not codes.code_fault("community", "990001600601", "990001600")


def test_provisional_codes_end_with_a_clear_refusal():
    with pytest.raises(ValueError):
        codes.new_code("street", "街", "540102", {f"540102{n}" for n in range(600, 1000)})


@pytest.mark.parametrize(
    ("words", "figure"), [("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("二〇一", 201)]
)
def test_chinese_figure_is_read(words, figure):
    assert names.chinese_figure(words) == figure


def test_natural_key_sorts_as_people_count():
    mixed = ["雪莲苑", "10号楼", "安居苑", "3号楼", "二号楼"]
    assert sorted(mixed, key=names.natural_key) == ["二号楼", "3号楼", "10号楼", "安居苑", "雪莲苑"]
    sides = ["西单元", "东单元", "中单元", "西湖苑", "北门", "南门"]
    assert sorted(sides, key=names.natural_key) == ["东单元", "中单元", "西单元", "南门", "北门", "西湖苑"]
    assert set(names.natural_key("雪莲苑 གངས་ 10A")) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("3#-2-501", ("", "3", "2", "501")),
        ("3-501", ("", "3", "", "501")),
        ("三号楼-2单元-501室", ("", "3", "2", "501")),
        ("三号楼2单元501", ("", "3", "2", "501")),
        ("雪莲苑3栋501室", ("雪莲苑", "3", "", "501")),
        ("雪莲苑 2号楼东单元", ("雪莲苑", "2", "东", "")),
        ("金珠西路88号雪莲苑十二号楼三单元1201室", ("金珠西路88号雪莲苑", "12", "3", "1201")),
        ("12栋", ("", "12", "", "")),
        ("路灯不亮", ("", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_read_address_reads_what_is_there_and_guesses_nothing(words, parts):
    address = names.read_address(words)
    assert (address.compound, address.building, address.stairwell, address.home) == parts


@pytest.mark.parametrize("point", [(91.1, 29.6), (112.36, 37.97), (117.5, 25.7), (121.4737, 31.2304), (87.6, 43.8)])
def test_coordinates_come_back_to_less_than_a_millionth_of_a_degree(point):
    there = crs.gcj02_of(*point)
    for source, moved in (("GCJ-02", there), ("BD-09", crs.bd09_of(*there))):
        back = crs.wgs84_of(*moved, source)
        assert max(abs(a - b) for a, b in zip(back, point, strict=True)) < 1e-6


def test_gcj02_matches_a_known_point():
    east, north = crs.gcj02_of(116.404, 39.915)
    assert (round(east, 6), round(north, 6)) == (116.410244, 39.916404)
    east, north = crs.bd09_of(116.404, 39.915)
    assert (round(east, 6), round(north, 6)) == (116.410369, 39.921337)


def test_coordinates_outside_china_stay():
    assert crs.gcj02_of(13.4, 52.5) == (13.4, 52.5)
    with pytest.raises(ValueError):
        crs.wgs84_of(1, 1, "EPSG:3857")


def test_point_of_keeps_wgs84_and_turns_the_rest():
    assert point_of(Decimal("29.65"), Decimal("91.1")) == (Decimal("29.650000"), Decimal("91.100000"))
    north, east = point_of(Decimal("29.65"), Decimal("91.1"), "GCJ-02")
    assert 0 < abs(north - Decimal("29.65")) < Decimal("0.01")
    assert 0 < abs(east - Decimal("91.1")) < Decimal("0.01")


SQUARE = [[[91, 29], [92, 29], [92, 30], [91, 30]]]


@pytest.mark.parametrize(
    "data",
    [
        {"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon", "coordinates": SQUARE}}]},
        [
            {
                "type": "Feature",
                "properties": {"adcode": 1},
                "geometry": {"type": "MultiPolygon", "coordinates": [SQUARE]},
            }
        ],
        {"type": "Polygon", "coordinates": SQUARE},
    ],
)
def test_geojson_is_read_however_it_is_wrapped(data):
    (shape,) = read_geojson(json.dumps(data).encode(), "WGS-84")
    assert shape.polygons == [[[[91, 29], [92, 29], [92, 30], [91, 30], [91, 29]]]]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"[" * 100_000, b"{}", b'[{"geometry": 3}]',
     b'{"type":"Polygon","coordinates":[[[200,1],[1,1],[2,2]]]}', b'{"type":"Polygon","coordinates":null}'],
)  # fmt: skip
def test_geojson_that_is_none_is_refused(content):
    with pytest.raises(BadOutline):
        read_geojson(content, "WGS-84")


def test_drawing_fits_its_sheet():
    drawing = drawing_of([[[[[91, 29], [92, 29], [92, 30], [91, 29]]]]])
    figures = [float(word) for word in drawing.paths[0].strip("MZ").replace("L", " ").split()]
    assert max(figures[::2]) <= drawing.width
    assert max(figures[1::2]) <= drawing.height


def test_every_level_stands_somewhere():
    assert set(tree.PARENTS) == set(tree.WORDS)
    assert not tree.parent_fault("home", "building")
    assert tree.parent_fault("home", "community")
    assert tree.parent_fault("district", "district")


def test_community_code_is_found_in_each_kind_of_code():
    assert community_code("home", "540102001001-01-3-501") == "540102001001"
    assert community_code("grid", "01020354010200100101") == "540102001001"
    assert community_code("street", "540102001") == ""
