"""No code is printed that leads to an address which no telephone has opened."""

from __future__ import annotations

import re

import pytest

from linli.audit.models import AuditRecord
from linli.core.errors import BadInput, NotAllowed
from linli.papers.actions import confirm_address
from linli.papers.models import TriedAddress
from linli.papers.queries import shown_code

OFFICE = "192.168.1.5:8000"
PHONE = "Mozilla/5.0 (Linux; Android 13; HarmonyOS) Mobile Safari"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130"


def poster(visit, town):
    path = f"/posters/{town.place.building.uid}/sheets/"
    return visit("desk", path, {"place": town.place.building.tag, "size": "a4"}, host=OFFICE).content.decode()


def figures(answer):
    found = re.search(r'tried-code num">(\d{6})<', answer.content.decode())
    return found[1] if found else ""


def test_poster_has_its_code_only_after_a_telephone_opened_it(visit, town):
    assert "<svg" not in poster(visit, town)
    choose = visit("desk", f"/posters/{town.place.building.uid}/", host=OFFICE).content.decode()
    assert "/posters/trial/?next=/posters/" in choose
    assert "<svg" in visit("desk", "/posters/trial/", host=OFFICE).content.decode()
    code = figures(visit("stranger", "/try/", host=OFFICE, HTTP_USER_AGENT=PHONE))
    answer = visit("desk", "/posters/trial/", {"code": f"{code[:3]} {code[3:]}"}, OFFICE, "post")
    assert answer.status_code == 302
    assert "<svg" in poster(visit, town)
    assert AuditRecord.objects.filter(verb="address.tried").count() == 1


def test_trial_shows_its_figures_to_a_telephone_at_that_address_only(visit, town, settings):
    assert figures(visit("stranger", "/try/", host=OFFICE, HTTP_USER_AGENT=DESK)) == ""
    assert figures(visit("stranger", "/try/", host="127.0.0.1", HTTP_USER_AGENT=PHONE)) == ""
    settings.LINLI_PUBLIC_URL = "https://public.example.cn"
    assert figures(visit("stranger", "/try/", host=OFFICE, HTTP_USER_AGENT=PHONE)) == ""


def test_confirm_address_refuses_other_figures_and_other_people(town):
    base = f"http://{OFFICE}"
    with pytest.raises(BadInput):
        confirm_address(actor=town.who.desk, base=base, code=shown_code("http://192.168.1.6:8000"))
    for who in ("resident", "stranger"):
        with pytest.raises(NotAllowed):
            confirm_address(actor=getattr(town.who, who), base=base, code=shown_code(base))
    assert not TriedAddress.objects.exists()


def test_confirm_address_is_noted_once(town):
    base = f"http://{OFFICE}"
    first = confirm_address(actor=town.who.desk, base=base, code=shown_code(base))
    assert confirm_address(actor=town.who.desk, base=base, code=shown_code(base)) == first
    assert AuditRecord.objects.filter(verb="address.tried").count() == 1


def test_trial_is_not_for_residents(visit, town):
    assert visit("resident", "/posters/trial/", host=OFFICE).status_code == 403


def test_trial_says_what_to_do_where_no_telephone_can_come(visit, town):
    page = visit("desk", "/posters/trial/", host="127.0.0.1:8000").content.decode()
    assert "LINLI_PUBLIC_URL" in page
    assert "<svg" not in page
