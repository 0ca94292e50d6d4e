"""The switches in the header, and what a refusal looks like."""

from __future__ import annotations

import pytest
from django.template import engines


@pytest.mark.django_db
def test_start_shows_skip_link_and_switches(client):
    page = client.get("/").content.decode()
    assert 'class="skip" href="#main"' in page
    assert page.count('name="language"') == 3


@pytest.mark.parametrize("language", ["zh-hans", "en", "bo"])
def test_language_switch_keeps_the_page_and_the_choice(client, language):
    answer = client.post("/language/", {"language": language, "next": "/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/?a=1")
    assert answer.cookies["language"].value == language


def test_language_switch_ignores_a_language_we_do_not_speak(client):
    assert "language" not in client.post("/language/", {"language": "xx", "next": "/"}).cookies


@pytest.mark.parametrize(
    "way", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
@pytest.mark.parametrize("switch", ["/language/", "/large/"])
def test_switch_never_leads_to_another_site(client, switch, way):
    assert client.post(switch, {"language": "en", "large": "1", "next": way})["Location"] == "/"


@pytest.mark.django_db
def test_large_switch_sets_the_class(client):
    assert 'class="large"' not in client.get("/").content.decode()
    client.post("/large/", {"large": "1", "next": "/"})
    assert 'class="large"' in client.get("/").content.decode()
    client.post("/large/", {"large": "0", "next": "/"})
    assert 'class="large"' not in client.get("/").content.decode()


def test_switches_take_only_post(client):
    assert [client.get(way).status_code for way in ("/language/", "/large/")] == [405, 405]


def test_unknown_address_gets_our_page(client):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_failure_page_needs_no_request():
    assert "系统出了毛病" in engines["django"].get_template("ui/500.html").render()


def test_pattern_form_says_what_is_wrong_and_takes_what_is_right(client):
    answer = client.post("/patterns/", {"words": ""})
    assert answer.status_code == 422
    assert "有几处要改一下" in answer.content.decode()
    right = {"draft_key": "K" * 16, "words": "话", "choice": "a", "where": "s", "count": "1"}
    assert client.post("/patterns/", right).status_code == 302


def test_failed_form_returns_by_the_switch_to_where_it_stood(client):
    answer = client.post("/patterns/", {"words": ""}, headers={"referer": "http://testserver/patterns/?a=1"})
    assert 'name="next" value="/patterns/?a=1"' in answer.content.decode()
