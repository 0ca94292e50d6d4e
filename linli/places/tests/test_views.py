from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.core.actor import Actor, Grant
from linli.places.actions import PlaceDraft, add_places
from linli.places.models import GridCover, Outline, Place

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[91, 29], [92, 29], [92, 30], [91, 29]]]}


def url(place, act=""):
    return f"/places/{place.uid}/{act}"


def test_tree_is_walked_from_the_district_to_the_home(signed_in, secretary, town):
    client = signed_in(secretary)
    assert town["district"].uid in client.get("/places/").content.decode()
    for name, below in (
        ("district", "street"),
        ("street", "community"),
        ("compound", "building"),
        ("east", "home_101"),
    ):
        assert url(town[below]) in client.get(url(town[name])).content.decode()
    page = client.get(url(town["home_101"])).content.decode()
    assert "89.50 ㎡" in page
    assert town["home_101"].tag in page


@pytest.mark.parametrize("count", [1, 3, 300])
def test_place_page_asks_the_same_number_of_questions(signed_in, secretary, town, django_assert_num_queries, count):
    add_places(
        actor=secretary, drafts=[PlaceDraft("building", f"{n}栋", town["compound"]) for n in range(50, 50 + count)]
    )
    client = signed_in(secretary)
    client.get("/places/")
    with django_assert_num_queries(8):
        client.get(url(town["compound"]))


def test_homes_of_others_are_not_found_and_strangers_sign_in(signed_in, client, stranger, town):
    assert client.get("/places/").status_code == 302
    browser = signed_in(stranger)
    assert browser.get(url(town["home_101"])).status_code == 404
    assert url(town["home_101"]) not in browser.get(url(town["east"])).content.decode()
    assert browser.get(url(town["compound"], "change/")).status_code == 403
    assert browser.post(url(town["other"], "close/")).status_code == 403


def test_add_change_and_close_in_the_browser(signed_in, secretary, town):
    client = signed_in(secretary)
    typed = {"level": "home", "name": "103", "area_centi": "77.10", "source_crs": "WGS-84"}
    client.post(url(town["east"], "add/"), typed)
    home = Place.objects.get(name="103")
    assert home.area_centi == 7710
    assert client.post(url(town["east"], "add/"), typed).status_code == 422
    assert client.post(url(town["east"], "add/"), {**typed, "name": "x", "area_centi": "77.123"}).status_code == 422
    assert "77.10" in client.get(url(home, "change/")).content.decode()
    client.post(url(home, "change/"), {"name": "104", "source_crs": "WGS-84"})
    assert Place.objects.get(pk=home.pk).name == "104"
    client.post(url(home, "close/"))
    assert Place.objects.get(pk=home.pk).closed_on is not None


def test_code_is_given_in_the_browser(signed_in, administrator, town):
    client = signed_in(administrator)
    place = add_places(actor=administrator, drafts=[PlaceDraft("community", "新河社区", town["street"])])[0]
    assert client.post(url(place, "code/"), {"code": "1"}).status_code == 422
    client.post(url(place, "code/"), {"code": "530199001003"})
    assert Place.objects.get(pk=place.pk).code == "530199001003"


def test_grid_is_covered_in_the_browser(signed_in, secretary, town):
    client = signed_in(secretary)
    grid = add_places(actor=secretary, drafts=[PlaceDraft("grid", "第一网格", town["community"])])[0]
    client.post(url(grid, "cover/"), {"places": [town["building"].uid]})
    assert GridCover.objects.get().place == town["building"]
    assert client.post(url(grid, "cover/"), {"places": [town["building"].uid, town["compound"].uid]}).status_code == 422
    assert client.get(url(town["building"], "cover/")).status_code == 404


def test_outline_is_drawn_for_staff_and_after_approval_for_all(signed_in, administrator, town):
    client = signed_in(administrator)
    file = SimpleUploadedFile("a.geojson", json.dumps(SQUARE).encode())
    client.post(url(town["district"], "outline/"), {"file": file, "source_crs": "GCJ-02"})
    assert Outline.objects.get().place == town["district"]
    assert '<path d="M' in client.get(url(town["district"])).content.decode()
    resident = Actor(now=administrator.now, account_id=9, grants=(Grant("resident", "everywhere"),))
    assert signed_in(resident).get("/places/map/").status_code == 403
    signed_in(administrator).post("/places/map/", {"number": "GS(2024)0650"})
    assert "GS(2024)0650" in signed_in(resident).get("/places/map/").content.decode()
    signed_in(administrator).post("/places/map/", {"withdraw": "1"})
    assert signed_in(resident).get("/places/map/").status_code == 403


def test_bad_outline_says_so_beside_the_field(signed_in, administrator, town):
    file = SimpleUploadedFile("a.geojson", b"no")
    answer = signed_in(administrator).post("/places/outlines/", {"file": file, "source_crs": "GCJ-02"})
    assert answer.status_code == 422
    assert "GeoJSON" in answer.content.decode()


def test_search_finds_by_name_and_says_when_nothing_is_there(signed_in, secretary, town):
    client = signed_in(secretary)
    assert town["compound"].uid in client.get("/places/?q=雪莲苑").content.decode()
    assert "没有找到" in client.get("/places/?q=没有这里").content.decode()


def test_place_leads_to_its_posters_for_those_who_work_there(signed_in, secretary, stranger, town):
    words = f"/posters/{town['building'].uid}/"
    assert words in signed_in(secretary).get(url(town["building"])).content.decode()
    assert words not in signed_in(stranger).get(url(town["building"])).content.decode()
    assert "/posters/" not in signed_in(secretary).get(url(town["home_101"])).content.decode()
