"""Reporting at a poster."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.actions import mark_demo
from linli.core.actor import Actor, Grant
from linli.doorsteps.tests.conftest import picture
from linli.matters.queries import search_matters
from linli.people.actions import TieDraft, add_ties
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.models import Photo, Ticket
from linli.tickets.permissions import may_see_words
from linli.tickets.tests.conftest import NOW, root


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page.content.decode())[1]


def test_poster_shows_what_goes_on_in_public_words_only(client, town, poster):
    town.file(words="三楼张阿姨家门口的灯不亮")
    town.file(words="厨房漏水", category_code="home_repair", reporter_phone="13900010001")
    page = client.get(poster).content.decode()
    assert "路灯、楼道灯不亮" in page
    assert "张阿姨" not in page
    assert "家里" not in page.split('id="report"')[0]


def test_poster_of_an_unknown_place_is_not_there(client, town):
    assert client.get("/p/ZZZZZ2/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_poster_asks_the_database_as_often_for_any_number(client, town, poster, rows, django_assert_max_num_queries):
    for _ in range(rows):
        town.file()
    client.get(poster)
    with django_assert_max_num_queries(9):
        client.get(poster)


def test_report_in_two_taps_is_filed_and_its_receipt_shown(client, town, poster, key):
    answer = client.post(poster, {"draft_key": key, "category_code": "street_light", "photos": picture()})
    ticket = Ticket.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/t/{ticket.matter.uid}/receipt/"
    assert (ticket.matter.category_code, ticket.source) == ("street_light", "poster")
    assert Photo.objects.filter(ticket=ticket).count() == 1
    page = client.get(answer.url).content.decode()
    assert ticket.matter.number in page
    assert "查询码" in page
    assert client.get(f"/t/{ticket.matter.uid}/").status_code == 200


def test_report_sent_twice_is_one(client, town, poster, key):
    sent = {"draft_key": key, "words": "垃圾没清", "category_code": "other"}
    first, again = client.post(poster, sent), client.post(poster, sent)
    assert Ticket.objects.count() == 1
    assert (again.status_code, again.url) == (302, first.url)


def test_report_offers_what_neighbours_said_before_sending_and_never_twice(client, town, poster, key):
    known = town.file(words="秘密的话")
    sent = {"draft_key": key, "category_code": "street_light"}
    page = client.post(poster, sent)
    assert page.status_code == 200
    assert "已有人反映" in page.content.decode()
    assert "秘密的话" not in page.content.decode()
    assert known.matter.uid in hidden(page, "seen")
    assert client.post(poster, sent | {"seen": hidden(page, "seen")}).status_code == 302
    assert Ticket.objects.count() == 2


def test_report_joined_is_one_more_voice_with_a_receipt_of_its_own(client, town, poster, key):
    known = town.file()
    answer = client.post(poster, {"draft_key": key, "join": known.matter.uid})
    again = client.post(poster, {"draft_key": "B" * 16, "join": known.matter.uid})
    assert town.again(known).matter.voices == 2
    assert answer.url.endswith("/receipt/")
    assert again.url in answer.url
    assert Ticket.objects.count() == 2


def test_report_with_words_is_offered_a_category_once(client, town, poster, key):
    sent = {"draft_key": key, "words": "下水道堵了，污水往外冒"}
    page = client.post(poster, sent)
    assert page.status_code == 200
    assert "drain_block" in page.content.decode()
    assert client.post(poster, sent | {"seen": hidden(page, "seen")}).status_code == 302
    assert Ticket.objects.get().matter.category_code == ""


def test_report_keeps_pictures_of_a_form_that_comes_back(client, town, poster, key):
    page = client.post(poster, {"draft_key": key, "words": "污水外溢", "photos": [picture(), picture("blue")]})
    sent = {"draft_key": key, "words": "污水外溢", "kept": hidden(page, "kept"), "seen": hidden(page, "seen")}
    assert client.post(poster, sent | {"photos": picture()}).status_code == 302
    assert Photo.objects.count() == 2


def test_report_of_danger_shows_whom_to_ring_and_keeps_the_place_alone(client, town, poster, key):
    sent = {"draft_key": key, "words": "三楼着火了，我是张三", "reporter_phone": "13900010001"}
    page = client.post(poster, sent).content.decode()
    assert all(f'href="tel:{number}"' in page for number in (110, 119, 120, 122))
    answer = client.post(poster, sent | {"emergency": "place"})
    ticket = Ticket.objects.get()
    assert answer.status_code == 302
    assert (ticket.matter.class_code, ticket.words, ticket.reporter_phone) == ("E0", "", "")
    assert "先打电话" in client.get(answer.url).content.decode()


def test_report_warns_of_numbers_and_keeps_what_was_typed(client, town, poster, key):
    sent = {"draft_key": key, "words": "我的卡号13900010001丢在楼道", "category_code": "other"}
    page = client.post(poster, sent)
    assert page.status_code == 422
    assert "我的卡号13900010001丢在楼道" in page.content.decode()
    assert client.post(poster, sent | {"is_guard_seen": "1"}).status_code == 302


def test_report_suggests_words_without_what_nobody_needs_to_know(client, town, poster, key):
    sent = {"draft_key": key, "words": "三楼藏族老人说灯不亮", "category_code": "street_light"}
    page = client.post(poster, sent)
    assert page.status_code == 422
    assert "建议这样写：三楼老人说灯不亮" in page.content.decode()
    assert client.post(poster, sent | {"is_guard_seen": "1"}).status_code == 302


def test_report_of_a_home_needs_a_telephone(client, town, poster, key):
    sent = {"draft_key": key, "words": "厨房水管滴水", "category_code": "home_repair"}
    page = client.post(poster, sent)
    assert page.status_code == 422
    assert "留个电话" in page.content.decode()
    assert client.post(poster, sent | {"reporter_phone": "139 0001 0001"}).status_code == 302


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE tickets_ticket; --",
    "灯\u202e不\u200b亮\u0007",
    "%(what)s {{ request }} {% csrf_token %}",
    "\ud83d\ude00 \u2028 \ufeff",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_report_with_hostile_words_in_every_field_is_harmless(client, town, poster, key, words):
    words = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    names = ("words", "where", "reporter_name", "kept", "seen")
    sent = dict.fromkeys(names, words) | {"draft_key": key, "category_code": "other"}
    answer = client.post(poster, sent)
    assert answer.status_code == 302
    page = client.get(f"/t/{Ticket.objects.get().matter.uid}/").content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("name", ["category_code", "join", "reporter_phone"])
@pytest.mark.parametrize("words", HOSTILE)
def test_report_with_hostile_codes_is_refused(client, town, poster, key, name, words):
    words = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    sent = {"draft_key": key, "category_code": "other"} | {name: words}
    assert client.post(poster, sent).status_code in {404, 422}
    assert not Ticket.objects.exists()


def test_report_with_a_null_is_refused_or_harmless(client, town, poster, key):
    answer = client.post(poster, {"draft_key": key, "words": "灯\x00坏了", "category_code": "other"})
    assert answer.status_code in {302, 400}


def test_report_of_ten_thousand_characters_is_kept_on_the_page(client, town, poster, key):
    page = client.post(poster, {"draft_key": key, "words": "长" * 10_000, "category_code": "other"})
    assert page.status_code == 422
    assert "长" * 10_000 in page.content.decode()


def test_report_in_broken_utf8_is_harmless(client, town, poster, key):
    body = f"draft_key={key}&category_code=other&words=%ff%fe%c3%28".encode()
    answer = client.post(poster, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302


def test_report_with_ten_photos_says_how_many(client, town, poster, key):
    photos = [picture((number, 0, 0)) for number in range(10)]
    page = client.post(poster, {"draft_key": key, "words": "灯坏了", "photos": photos})
    assert page.status_code == 422
    assert not Ticket.objects.exists()


def test_report_with_a_file_that_lies_is_refused_and_the_words_kept(client, town, poster, key):
    lie = SimpleUploadedFile("photo.jpg", b"<html><script>alert(1)</script>", "image/jpeg")
    page = client.post(poster, {"draft_key": key, "words": "灯坏了三天", "photos": lie})
    assert page.status_code == 422
    assert "灯坏了三天" in page.content.decode()
    assert not Ticket.objects.exists()


def test_sample_picture_exists_in_a_demo_alone(client, town, poster, key):
    sent = {"draft_key": key, "category_code": "street_light", "sample": "1"}
    client.post(poster, sent)
    assert not Photo.objects.exists()
    mark_demo(actor=Actor(now=NOW, channel="demo", grants=(Grant("administrator", "everywhere"),)))
    assert "sample" in client.get(poster).content.decode()
    client.post(poster, sent | {"draft_key": "C" * 16, "seen": f"n:{Ticket.objects.get().matter.uid}"})
    assert Photo.objects.count() == 1


def test_offers_answer_what_is_typed(client, town, poster):
    known = town.file()
    page = client.post(f"/report/offers/{town.place.building.tag}/", {"words": "楼道灯不亮"}).content.decode()
    assert "street_light" in page
    assert known.matter.uid in page


def test_report_without_a_poster_asks_where(client, town):
    page = client.get("/report/").content.decode()
    assert "雪莲苑" in client.get(f"/report/?in={town.place.community.uid}").content.decode()
    assert "地点码" in page
    found = client.get("/report/", {"code": town.place.building.tag.lower()})
    assert found.url == f"/report/?at={town.place.building.tag}"
    assert client.get("/report/", {"code": "ZZZZZ2"}).status_code == 422


def test_report_about_the_office_goes_to_the_street_and_about_the_company_not_to_it(client, town, poster, key):
    page = client.get(poster).content.decode()
    for body in (town.body.office, town.body.company):
        assert f'value="{body.uid}"' in page
    sent = {"draft_key": key, "words": "窗口态度不好", "category_code": "other"}
    assert client.post(poster, sent | {"about": "0" * 32}).status_code == 422
    assert client.post(poster, sent | {"about": town.body.office.uid}).status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.about_body, ticket.desk_body) == (town.body.office, town.body.street)
    assert not may_see_words(town.who.desk, ticket)
    assert not search_matters(town.who.desk, "窗口态度").exists()


def test_report_from_ones_own_home_is_offered_and_seen_by_nobody_else(client, town, key, at_the_door):
    person = town.who.person["resident"]
    home, other = add_places(actor=root(), drafts=[PlaceDraft("home", n, town.place.building) for n in ("101", "102")])
    actor = replace(town.who.resident, grants=())
    add_ties(actor=actor, drafts=[TieDraft(person=person, home=home, kind="owner")])
    at_the_door(actor)
    page = client.get("/report/").content.decode()
    assert f"/report/?at={home.tag}" in page
    assert other.tag not in page
    assert client.get(f"/report/?at={other.tag}").status_code == 404
    sent = {"draft_key": key, "words": "门口的灯不亮", "category_code": "street_light"}
    assert client.post(f"/report/?at={home.tag}", sent).status_code == 302
    matter = Ticket.objects.get().matter
    assert (matter.place, matter.audience) == (home, "parties")
    at_the_door(town.who.stranger)
    assert client.get(f"/report/?at={home.tag}").status_code == 404
    assert client.get(f"/t/{matter.uid}/").status_code == 404


def test_order_shows_the_price_and_is_filed(client, town, key):
    address = f"/order/?at={town.place.building.tag}"
    assert "不要钱" in client.get(address).content.decode()
    sent = {"draft_key": key, "order_code": "carry", "where": "二楼左手", "reporter_phone": "13900010001"}
    assert client.post(address, sent | {"order_code": "nothing"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert Ticket.objects.get().order_code == "carry"
