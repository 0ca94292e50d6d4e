"""Household slips leave the printer once, for who keeps the register, and only where a telephone could use them."""

from __future__ import annotations

import re

import pytest

from linli.access.models import OneTimeCode
from linli.papers.tests.conftest import PUBLIC
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.tests.conftest import root


@pytest.fixture
def homes(town):
    drafts = [PlaceDraft("home", name, town.place.building) for name in ("101", "102", "201")]
    return add_places(actor=root(), drafts=drafts)


def slips(place):
    return f"/papers/slips/{place.uid}/"


def test_slips_of_a_building_are_printed_home_by_home_without_a_person(visit, town, homes, client):
    page = visit("desk", slips(town.place.building)).content.decode()
    assert "一共 3 户" in page
    answer = client.post(slips(town.place.building), {"copies": "2"}, HTTP_HOST=PUBLIC)
    page = answer.content.decode()
    figures = re.findall(r'<p class="phone">(\d{4}) (\d{4})</p>', page)
    assert (len(figures), len(set(figures)), page.count("<svg")) == (6, 6, 6)
    assert OneTimeCode.objects.filter(use="household", account=None).count() == 6
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_slips_are_not_printed_where_no_telephone_reaches_this_machine(visit, town, homes, client):
    page = visit("desk", slips(town.place.building), host="localhost").content.decode()
    assert "入户单没有用，所以不印" in page
    client.post(slips(town.place.building), {"copies": "1"}, HTTP_HOST="localhost")
    assert not OneTimeCode.objects.exists()


def test_slips_are_for_who_keeps_the_register_there(visit, town, homes, client):
    for who in ("captain", "resident", "next_desk", "manager"):
        assert visit(who, slips(town.place.building)).status_code == 404
        assert client.post(slips(town.place.building), {"copies": "1"}, HTTP_HOST=PUBLIC).status_code == 404
    assert "入户单" in visit("desk", f"/posters/{town.place.building.uid}/").content.decode()
    assert "/papers/slips/" not in visit("captain", f"/posters/{town.place.building.uid}/").content.decode()


def test_slips_want_a_number_and_offer_the_places_inside(visit, town, homes, client):
    visit("desk", slips(town.place.compound))
    answer = client.post(slips(town.place.compound), {"copies": "9"}, HTTP_HOST=PUBLIC)
    assert (answer.status_code, slips(town.place.building) in answer.content.decode()) == (422, True)
