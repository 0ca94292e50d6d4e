"""The notice for everybody, the clerk's consents, and the pages of who answers for what leaves the house."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from linli.people.actions import note_demand
from linli.people.models import Consent, Demand, Processor
from linli.people.tests.conftest import actor_for, root
from linli.people.tests.test_privacy_actions import contract, paper

PAPER = {"authority": "区法院", "paper_no": "12 号", "scope": "电话", "asked_on": "2026-09-23"}
CONTRACT = dict.fromkeys(("party", "purpose", "kinds", "way", "measures", "duties"), "短信公司")
CONTRACT |= {"from_on": "2026-01-01", "to_on": "2026-12-31"}
PAGES = ["/privacy/processors/", "/privacy/processors/new/", "/privacy/requests/", "/privacy/requests/new/"]


@pytest.mark.parametrize("language", ["zh-hans", "bo", "en"])
def test_privacy_notice_is_open_to_everybody_in_three_languages(as_, language):
    browser = as_()
    browser.cookies["language"] = language
    with override(language):
        page = browser.get("/privacy/").content.decode()
    assert all(words in page for words in ("雪莲社区居委会", "12345", "/me/data/", "/privacy/register/"))


def test_privacy_notice_says_who_else_and_for_how_long(as_, town):
    from linli.people.actions import add_processor

    assert "没有委托别的公司处理" in as_().get("/privacy/").content.decode()
    add_processor(actor=root(), draft=contract(town, party="云岭短信"))
    page = as_().get("/privacy/").content.decode()
    assert all(words in page for words in ("云岭短信", "办结 90 天后清空", "您反映过的事"))


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_privacy_notice_asks_the_same_however_many_are_entrusted(as_, town, rows, django_assert_max_num_queries):
    for _row in range(rows):
        Processor.objects.create(**CONTRACT)
    browser = as_()
    browser.get("/privacy/")
    with django_assert_max_num_queries(6):
        browser.get("/privacy/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("who", "status"), [(None, 302), ("resident", 403), ("desk", 403), ("secretary", 200)])
def test_pages_of_what_leaves_the_house_are_for_who_answers_for_it(as_, address, who, status):
    assert as_(who).get(address).status_code == status


def test_processor_is_written_down_and_ended(as_):
    browser = as_("secretary")
    assert browser.post("/privacy/processors/new/", {**CONTRACT, "to_on": "2025-01-01"}).status_code == 422
    assert browser.post("/privacy/processors/new/", CONTRACT).status_code == 302
    row = Processor.objects.get()
    assert row.community.code == "530199001001"
    assert "短信公司" in browser.get("/privacy/processors/").content.decode()
    address = f"/privacy/processors/{row.uid}/end/"
    assert browser.post(address, {"on": "2026-09-01", "proof": ""}).status_code == 422
    assert browser.post(address, {"on": "2026-09-01", "proof": "证明 7"}).status_code == 302
    assert as_("stranger").get(address).status_code == 404


def test_demand_goes_its_way_by_two_persons(as_, town):
    browser = as_("secretary")
    assert browser.post("/privacy/requests/new/", {**PAPER, "person": "nobody"}).status_code == 422
    answer = browser.post("/privacy/requests/new/", {**PAPER, "person": town.people["resident"].uid})
    page = answer["Location"]
    browser.post(page, {"act": "agree"})
    assert "我看过文书，同意提供" not in browser.get(page).content.decode()
    Demand.objects.update(second_by=town.people["owner"], state="approved")
    assert browser.post(page, {"act": "give", "words": ""}).status_code == 422
    browser.post(page, {"act": "give", "words": "一个电话"})
    assert browser.post(page, {"act": "tell", "on": "", "reason": ""}).status_code == 422
    browser.post(page, {"act": "tell", "on": "2026-09-24", "reason": ""})
    assert "本人在“这里存了我的什么”里能看到" in browser.get(page).content.decode()
    assert "一个电话" in as_("resident").get("/me/data/").content.decode()


def test_demand_of_another_community_answers_404(as_, town):
    secretary = actor_for(town.people["secretary"], "secretary")
    demand = note_demand(actor=secretary, draft=paper(town))
    assert as_("stranger").get(f"/privacy/requests/{demand.uid}/").status_code == 404
    assert "云岭区人民法院" not in as_("stranger").get("/privacy/requests/").content.decode()


def test_consent_is_written_down_before_a_witness_and_taken_back(as_, town):
    uid = town.people["resident"].uid
    browser, address = as_("desk"), f"/people/{uid}/consents/contact/"
    assert "checked" not in browser.get(address).content.decode().split("agree")[1][:200]
    typed = {"given_by": "self", "witness": "周大姐", "language": "bo", "agree": "on"}
    assert browser.post(address, {**typed, "witness": ""}).status_code == 422
    assert browser.post(address, {**typed, "agree": ""}).status_code == 422
    assert browser.post(address, typed).status_code == 302
    consent = Consent.objects.get()
    assert (consent.state, consent.witness, consent.language) == ("given", "周大姐", "bo")
    assert "见证人 周大姐" in browser.get(f"/people/{uid}/consents/").content.decode()
    browser.post(address, {"withdraw": "1"})
    assert Consent.objects.get().state == "withdrawn"
    for who in ("stranger", "grid_worker", "owner"):
        assert as_(who).get(address).status_code == 404
    assert as_("desk").get(f"/people/{uid}/consents/nothing/").status_code == 404
