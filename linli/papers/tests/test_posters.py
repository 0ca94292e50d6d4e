"""Posters: who prints them, what stands on them, and where their codes lead."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.access.models import DemoMark
from linli.papers.models import TriedAddress
from linli.papers.prints.paper import is_this_machine, say_phone
from linli.papers.prints.posters import SAYINGS, SIZES, both
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.tests.conftest import root
from linli.ui.prints import missing_parts


@pytest.fixture
def doors(town):
    """Two stairwells, a station and a home in the building."""
    building = town.place.building
    drafts = [PlaceDraft("stairwell", name, building) for name in ("东单元", "西单元")]
    drafts += [PlaceDraft("spot", "垃圾房", town.place.compound), PlaceDraft("home", "101", drafts[0])]
    return add_places(actor=root(), drafts=drafts)


def sheets(place, kind="sheets/"):
    return f"/posters/{place.uid}/{kind}"


def test_posters_lead_straight_to_the_only_place(visit, town):
    assert visit("captain", "/posters/").url == f"/posters/{town.place.building.uid}/"


@pytest.mark.parametrize("who", ["resident", "stranger", "neighbour"])
def test_posters_are_not_for_residents(visit, town, who):
    for path in ("/posters/", f"/posters/{town.place.building.uid}/", sheets(town.place.building, "sheets.pdf")):
        assert visit(who, path, {"kind": "building"}).status_code == 403


def test_posters_of_a_place_are_for_those_who_work_there(visit, town):
    assert visit("captain", f"/posters/{town.place.building.uid}/").status_code == 200
    assert visit("captain", f"/posters/{town.place.other.uid}/").status_code == 403
    assert visit("desk", f"/posters/{town.place.other.uid}/").status_code == 200
    assert visit("next_desk", f"/posters/{town.place.building.uid}/").status_code == 403


def test_posters_know_no_homes(visit, town, doors):
    home = doors[3]
    assert visit("desk", f"/posters/{home.uid}/").status_code == 404
    page = visit("desk", f"/posters/{town.place.compound.uid}/").content.decode()
    assert home.tag not in page
    assert doors[0].tag in page


def test_officer_goes_down_to_a_community_first(visit, town):
    page = visit("officer", f"/posters/{town.place.street.uid}/").content.decode()
    assert town.place.community.uid in page


def test_poster_bears_place_code_telephone_and_both_scripts(visit, town, doors):
    page = visit("desk", sheets(town.place.compound), {"kind": "stairwell", "size": "a4"}).content.decode()
    for words in (doors[0].tag, doors[1].tag, "雪莲苑 2号楼东单元", "扫一扫，说一件事", "12345", "110", "119", "120"):
        assert words in page
    assert "ཨང་རྟགས" in page
    assert page.count('class="placard') == 2
    assert "示范数据" not in page


def test_poster_bears_the_community_offices_own_number(visit, town, doors):
    town.body.office.phone = "08916321234"
    town.body.office.save()
    page = visit("desk", sheets(town.place.compound), {"place": doors[0].tag, "size": "a4"}).content.decode()
    assert "0891-6321234" in page
    assert "雪莲社区居委会" in page
    assert "09:00–12:30" in page


def test_poster_has_no_code_where_no_telephone_reaches_it(visit, town, doors):
    choice = {"place": doors[0].tag, "size": "a4"}
    page = visit("desk", sheets(town.place.compound), choice, host="127.0.0.1:8000").content.decode()
    assert "<svg" not in page
    assert "打个电话，说一件事" in page
    DemoMark.objects.create(pk=1, made_at=town.clock.now)
    page = visit("desk", sheets(town.place.compound), choice, host="127.0.0.1:8000").content.decode()
    assert page.count("<svg") == 1
    assert "示范数据" in page


def test_poster_leads_to_the_public_address_where_one_is_set(visit, town, doors, settings, monkeypatch):
    settings.LINLI_PUBLIC_URL = "https://public.example.cn"
    TriedAddress.objects.create(base=settings.LINLI_PUBLIC_URL, tried_at=town.clock.now)
    seen = []
    monkeypatch.setattr("linli.papers.views.posters.render", lambda request, name, context, **_: seen.append(context))
    with pytest.raises(ValueError, match="None"):
        visit("desk", sheets(town.place.compound), {"place": doors[0].tag, "size": "a4"}, host="127.0.0.1")
    assert seen[0]["pages"][0][0].url == f"https://public.example.cn/p/{doors[0].tag}/"


def test_ticking_a_building_prints_what_is_in_it_once(visit, town, doors):
    choice = {"whole": town.place.building.tag, "place": doors[0].tag, "kind": "stairwell", "size": "sticker"}
    page = visit("desk", sheets(town.place.compound), choice).content.decode()
    assert page.count('class="sticker') == 3
    assert doors[2].tag not in page


def test_nothing_ticked_says_so_and_keeps_the_size(visit, town, doors):
    answer = visit("desk", sheets(town.place.compound), {"size": "sticker"})
    assert answer.status_code == 422
    assert "请先点一样" in answer.content.decode()
    assert answer.context["form"]["size"].value() == "sticker"
    assert visit("desk", sheets(town.place.compound), {"place": "NOTHERE", "size": "a4"}).status_code == 422


def test_poster_pages_ask_as_often_for_many_doors(visit, town, doors, django_assert_num_queries):
    path, choice = sheets(town.place.compound), {"kind": "stairwell", "size": "a4"}
    visit("desk", path, choice)
    with CaptureQueriesContext(
        connection,
    ) as few:
        visit("desk", path, choice)
    add_places(actor=root(), drafts=[PlaceDraft("stairwell", f"{n}单元", town.place.building) for n in range(300)])
    with django_assert_num_queries(len(few)):
        assert visit("desk", path, choice).content.decode().count('class="placard') == 302
    with django_assert_num_queries(len(few) + 1):
        visit("desk", f"/posters/{town.place.compound.uid}/")


def test_posters_become_pdf(visit, town, doors):
    if missing_parts():
        pytest.skip(f"no paper here: {missing_parts()}")
    for size in SIZES:
        choice = {"kind": "stairwell", "size": size}
        answer = visit("desk", sheets(town.place.compound, "sheets.pdf"), choice)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


def test_sayings_stand_in_both_scripts():
    assert [name for name, words in SAYINGS.items() if not both(words).bo] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("08916321234", "0891-6321234"),
        ("01065432100", "010-65432100"),
        ("13900010001", "139 0001 0001"),
        ("12345", "12345"),
        ("0891-6321234 转 8001", "0891-6321234 转 8001"),
    ],
)
def test_telephone_numbers_are_said_in_groups(typed, said):
    assert say_phone(typed) == said


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", True),
        ("192.168.1.5", False),
        ("linli.cn", False),
    ],
)
def test_this_machine_is_told_from_an_address_that_telephones_reach(name, is_it):
    assert is_this_machine(name) is is_it
