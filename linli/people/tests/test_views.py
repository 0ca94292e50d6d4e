"""The pages: by post and place, with 404 for what one may not know of."""

from __future__ import annotations

import json
import re

import pytest
from django.utils.translation import override

from linli.audit.models import AuditRecord
from linli.people.models import Appointment, Body, Person
from linli.people.queries import persons_by_phone
from linli.people.tests.conftest import NOW

OWN_PAGES = [
    "/me/",
    "/me/details/",
    "/me/channels/",
    "/me/consents/",
    "/me/consents/contact/",
    "/me/looks/",
    "/me/data/",
    "/me/leave/",
    "/privacy/register/",
    "/bodies/",
]


def test_people_list_shows_name_building_and_masked_number_only(as_):
    page = as_("desk").get("/people/").content.decode()
    assert all(words in page for words in ("索朗曲珍", "雪莲苑 2号楼", "138****8000"))
    assert "13800138000" not in page
    assert "外社区的人" not in page
    assert not re.search(r">[^<]*101[^<]*<", page)


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("resident", 403), ("captain", 403), ("desk", 200)])
def test_people_list_is_for_those_who_keep_in_touch(as_, who, status):
    assert as_(who).get("/people/").status_code == status


def test_person_of_another_community_answers_404(as_, town):
    browser = as_("stranger")
    uid = town.people["resident"].uid
    for address in (f"/people/{uid}/", f"/people/{uid}/details/", f"/people/{uid}/appoint/"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/people/{uid}/contact/", {"purpose": "tell"}).status_code == 404
    desk = Appointment.objects.get(post="desk")
    assert browser.get(f"/appointments/{desk.uid}/end/").status_code == 404


def test_number_is_shown_after_a_purpose_and_the_person_sees_it(as_, town):
    person = town.people["resident"]
    browser = as_("desk")
    assert "13800138000" not in browser.get(f"/people/{person.uid}/").content.decode()
    assert browser.post(f"/people/{person.uid}/contact/", {}).status_code == 422
    assert not AuditRecord.objects.filter(verb="person.looked").exists()
    assert "13800138000" in browser.post(f"/people/{person.uid}/contact/", {"purpose": "visit"}).content.decode()
    page = as_("resident").get("/me/looks/").content.decode()
    assert all(words in page for words in ("社区窗口", "李梅", "电话", "约上门处理的时间", "9月24日 周四 16:00"))


@pytest.mark.parametrize("language", ["zh-hans", "bo", "en"])
@pytest.mark.parametrize("address", OWN_PAGES)
def test_own_pages_open_in_three_languages(as_, language, address):
    browser = as_("resident")
    browser.cookies["language"] = language
    with override(language):
        assert browser.get(address).status_code == 200


def test_own_pages_lead_a_stranger_to_the_door(as_):
    assert as_().get("/me/")["Location"] == "/sign-in/?next=%2Fme%2F"
    assert as_().post("/me/leave/", {"sure": "on"}).status_code == 403


def test_own_data_is_corrected(as_, town):
    answer = as_("resident").post("/me/details/", {"display_name": "曲珍", "phone": "139 1111 2222", "language": "bo"})
    assert (answer.status_code, answer.cookies["language"].value) == (302, "bo")
    assert persons_by_phone("13911112222").get().display_name == "曲珍"
    assert (
        as_("resident").post("/me/details/", {"display_name": "曲珍", "phone": "1", "language": "bo"}).status_code
        == 422
    )


def test_own_wishes_are_kept(as_, town):
    typed = {"language": "bo", "channels": ["sms"], "quiet_from": "21:00", "quiet_to": "07:00", "wants_large": "on"}
    answer = as_("resident").post("/me/channels/", typed)
    assert (answer.status_code, answer.cookies["language"].value, answer.cookies["large"].value) == (302, "bo", "1")
    town.people["resident"].refresh_from_db()
    assert (town.people["resident"].language, town.people["resident"].wants_large) == ("bo", True)
    assert as_("resident").post("/me/channels/", {**typed, "quiet_to": ""}).status_code == 422


def test_own_consent_is_given_unticked_before_and_taken_back(as_, town):
    browser = as_("resident")
    assert "checked" not in browser.get("/me/consents/contact/").content.decode()
    assert browser.post("/me/consents/contact/", {}).status_code == 422
    browser.post("/me/consents/contact/", {"agree": "on"})
    assert "已同意" in browser.get("/me/consents/").content.decode()
    browser.post("/me/consents/contact/", {"withdraw": "1"})
    assert "已撤回" in browser.get("/me/consents/").content.decode()
    assert browser.get("/me/consents/nothing/").status_code == 404


def test_own_data_is_taken_along_as_a_file(as_, town):
    answer = as_("resident").get("/me/data.json")
    told = json.loads(answer.content)
    assert told["person"] == town.people["resident"].uid
    assert {each["name"] for each in told["held"]} >= {"people", "access"}
    assert "13800138000" in answer.content.decode()


def test_leaving_is_done_after_a_tick(as_, town):
    browser = as_("resident")
    assert browser.post("/me/leave/", {}).status_code == 422
    assert browser.post("/me/leave/", {"sure": "on"}).status_code == 200
    assert Person.objects.get(pk=town.people["resident"].pk).erased_at == NOW


def test_person_is_added_and_appointed_on_pages(as_, town):
    browser = as_("secretary")
    answer = browser.post("/people/new/", {"display_name": "新来的网格员", "language": "zh-hans", "tie": "owner"})
    person = Person.objects.get(display_name="新来的网格员")
    assert answer["Location"] == f"/people/{person.uid}/appoint/"
    typed = {"post": "grid_worker", "body": town.bodies["office"].uid, "place": "雪莲苑"}
    assert browser.post(answer["Location"], {**typed, "place": "没有这里"}).status_code == 422
    assert browser.post(answer["Location"], typed)["Location"] == f"/people/{person.uid}/"
    held = Appointment.objects.get(person=person)
    assert held.place == town.places["compound"]
    assert browser.post(f"/appointments/{held.uid}/end/", {"on": "2026-10-01"}).status_code == 302


def test_desk_adds_a_resident_with_the_home_they_name(as_, town):
    desk, typed = as_("desk"), {"display_name": "新来的邻居", "language": "zh-hans", "tie": "tenant"}
    assert "请写上住处" in desk.post("/people/new/", typed).content.decode()
    assert "请写到户" in desk.post("/people/new/", {**typed, "home": "雪莲苑"}).content.decode()
    assert not Person.objects.filter(display_name="新来的邻居").exists()
    answer = desk.post("/people/new/", {**typed, "home": town.places["home"].label})
    person = Person.objects.get(display_name="新来的邻居")
    assert answer["Location"] == f"/people/{person.uid}/"
    assert desk.get(answer["Location"]).status_code == 200


def test_look_is_recorded_where_the_person_lives(as_, town):
    as_("desk").post(f"/people/{town.people['resident'].uid}/contact/", {"purpose": "visit"})
    assert AuditRecord.objects.get(verb="person.looked").community == town.places["community"].code


def test_word_of_thanks_is_in_the_language_just_chosen(as_, town):
    answer = as_("resident").post("/me/channels/", {"language": "en"}, follow=True)
    assert [str(words) for words in answer.context["messages"]] == ["Noted."]


def test_correcting_somebody_counts_as_a_look(as_, town):
    uid = town.people["resident"].uid
    assert "13800138000" in as_("desk").get(f"/people/{uid}/details/").content.decode()
    assert AuditRecord.objects.get(verb="person.looked").purpose == "correct"


def test_bodies_are_public_and_kept_by_the_office(as_, town):
    assert "安和物业" in as_().get("/bodies/").content.decode()
    typed = {
        "name": "雪莲维修队",
        "kind": "team",
        "place": "雪莲苑",
        "phone": "0891-6321234",
        "aliases": "维修队、修理队",
    }
    assert as_("desk").post("/bodies/new/", typed).status_code == 403
    assert as_("secretary").post("/bodies/new/", typed).status_code == 302
    body = Body.objects.get(name="雪莲维修队")
    assert (body.aliases, body.phone) == (["修理队", "维修队"], "08916321234")
    assert as_("secretary").post(f"/bodies/{body.uid}/", {**typed, "name": "雪莲修理队"}).status_code == 302
