"""One's own report, and finding it again."""

import pytest
from django.test import Client

from linli.access.queries import RECEIPTS_KEPT
from linli.core.numbers import random_code
from linli.tickets.actions import ask_reporter, check_ticket, refuse_ticket
from linli.tickets.models import Rating, Ticket
from linli.tickets.queries import receipt_digest
from linli.tickets.tests.conftest import NOW


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The web's clock stands where the neighbourhood's does."""
    monkeypatch.setattr("linli.config.middleware.now", lambda: NOW)


@pytest.fixture
def reported(client, town, poster):
    """A report filed by somebody without an account, in the hands of this client."""

    def report(**sent):
        sent = {"draft_key": random_code(16), "words": "三楼的灯不亮，我是老李", "category_code": "street_light"} | sent
        client.post(poster, sent)
        return Ticket.objects.latest("pk")

    return report


def finished(town, ticket):
    """The same, done and checked."""
    from linli.tickets.actions import Proof, Sending, accept_ticket, dispatch_ticket, finish_ticket

    for step in (
        lambda it: accept_ticket(actor=town.who.desk, ticket=it),
        lambda it: dispatch_ticket(actor=town.who.desk, ticket=it, sending=Sending(body=town.body.company)),
        lambda it: finish_ticket(actor=town.who.repairman, ticket=it, proof=Proof("换了灯泡")),
        lambda it: check_ticket(actor=town.who.desk, ticket=it),
    ):
        step(town.again(ticket))
    return town.again(ticket)


def act(client, ticket, name, **typed):
    return client.post(f"/t/{ticket.matter.uid}/{name}/", typed, follow=True)


def test_my_ticket_says_in_one_sentence_where_it_stands(client, town, reported):
    ticket = reported()
    page = client.get(f"/t/{ticket.matter.uid}/").content.decode()
    assert "已送到雪莲社区居委会，最晚" in page
    assert "我是老李" in page


def test_my_ticket_shows_strangers_public_words_only(town, reported):
    ticket = reported()
    page = Client().get(f"/t/{ticket.matter.uid}/").content.decode()
    assert "路灯、楼道灯不亮" in page
    assert "老李" not in page
    assert "我也遇到了" in page
    assert "催一下" not in page


def test_my_ticket_of_a_home_is_not_there_for_strangers(client, reported):
    ticket = reported(category_code="home_repair", reporter_phone="13900010001")
    for name in ("", "receipt/", "slip.pdf"):
        assert Client().get(f"/t/{ticket.matter.uid}/{name}").status_code == 404
    for name in ("answer", "rate", "urge", "reopen", "ask-review", "withdraw", "join", "follow", "unfollow"):
        assert Client().post(f"/t/{ticket.matter.uid}/{name}/").status_code == 404
    assert client.get(f"/t/{ticket.matter.uid}/").status_code == 200


def test_receipt_is_the_reporters_alone(client, reported):
    ticket = reported()
    assert client.get(f"/t/{ticket.matter.uid}/receipt/").status_code == 200
    assert Client().get(f"/t/{ticket.matter.uid}/receipt/").status_code == 404


def test_urge_is_taken_once_an_hour(client, reported):
    ticket = reported()
    assert "已经催了" in act(client, ticket, "urge").content.decode()
    assert "刚刚催过" in act(client, ticket, "urge").content.decode()
    assert Ticket.objects.get().urges == 1


def test_urge_by_a_stranger_is_refused(reported):
    ticket = reported()
    assert act(Client(), ticket, "urge").status_code == 403
    assert Ticket.objects.get().urges == 0


def test_answer_goes_on(client, town, reported):
    ticket = reported()
    ask_reporter(actor=town.who.desk, ticket=town.again(ticket), words="是几楼？")
    assert "是几楼？" in client.get(f"/t/{ticket.matter.uid}/").content.decode()
    assert act(client, ticket, "answer", words=" ").status_code == 422
    assert "回话送到了" in act(client, ticket, "answer", words="三楼").content.decode()
    assert town.again(ticket).matter.state == "SUBMITTED"


def test_rate_no_is_done_again_in_half_the_time(client, town, reported):
    ticket = finished(town, reported(reporter_phone="13900010001"))
    assert "重新办，时间减半" in client.get(f"/t/{ticket.matter.uid}/").content.decode()
    assert act(client, ticket, "rate").status_code == 422
    assert act(client, ticket, "rate", solved="no", stars="9").status_code == 422
    act(client, ticket, "rate", solved="no", was_contacted="no", words="还是不亮")
    assert town.again(ticket).matter.state == "IN_PROGRESS"
    assert Rating.objects.get().was_contacted is False


def test_rate_yes_closes_and_a_second_one_is_told_kindly(client, town, reported):
    ticket = finished(town, reported(reporter_phone="13900010001"))
    act(client, ticket, "rate", solved="yes", stars="5")
    assert town.again(ticket).matter.state == "CLOSED"
    assert act(client, ticket, "rate", solved="no").status_code == 200
    assert Rating.objects.count() == 1


def test_reopen_continues_the_same_number(client, town, reported):
    ticket = finished(town, reported(reporter_phone="13900010001"))
    act(client, ticket, "rate", solved="yes")
    assert "又坏了" in client.get(f"/t/{ticket.matter.uid}/").content.decode()
    act(client, ticket, "reopen")
    assert town.again(ticket).matter.state == "IN_PROGRESS"


def test_ask_review_needs_a_word(client, town, reported):
    ticket = reported()
    refuse_ticket(actor=town.who.desk, ticket=town.again(ticket), reason="already_handled", note="已经修好了")
    assert act(client, ticket, "ask-review").status_code == 422
    act(client, ticket, "ask-review", **{"review-note": "没有修"})
    assert town.again(ticket).matter.state == "UNDER_REVIEW"


def test_withdraw_puts_it_away(client, town, reported):
    ticket = reported()
    act(client, ticket, "withdraw")
    assert town.again(ticket).matter.state == "WITHDRAWN"


def test_join_from_the_page_counts_one_voice_each(client, town, reported):
    ticket = reported()
    other = Client()
    answer = act(other, ticket, "join", draft_key=random_code(16))
    act(other, ticket, "join", draft_key=random_code(16))
    assert town.again(ticket).matter.voices == 2
    assert "和邻居的一起办" in answer.content.decode()
    assert "和邻居反映的并在一起" in other.get("/mine/").content.decode()


def test_voice_may_rate_what_it_joined(client, town, reported):
    ticket = reported()
    other = Client()
    act(other, ticket, "join", draft_key=random_code(16))
    finished(town, ticket)
    voice = Ticket.objects.exclude(pk=ticket.pk).get()
    assert "办得怎么样" in other.get(f"/t/{voice.matter.uid}/").content.decode()
    act(other, voice, "rate", solved="yes", stars="4")
    assert town.again(ticket).matter.state == "CLOSED"
    assert "办得怎么样" not in other.get(f"/t/{voice.matter.uid}/").content.decode()


def test_find_by_number_and_code(client, reported):
    ticket = reported()
    Ticket.objects.update(receipt_digest=receipt_digest("ABCD2345"))
    other = Client()
    found = other.post("/find/", {"number": ticket.matter.number.lower(), "code": "abcd 2345"})
    assert found.url == f"/t/{ticket.matter.uid}/"
    assert "老李" in other.get(found.url).content.decode()


def test_find_answers_alike_for_a_wrong_number_and_a_wrong_code(client, reported):
    ticket = reported()

    def words(number):
        page = Client().post("/find/", {"number": number, "code": "ZZZZ2222"})
        return page.status_code, page.context["form"].errors.as_json()

    assert words(ticket.matter.number) == words("XL2D7K8M-2026-000482-3")


def test_find_is_locked_after_many_wrong_codes(client, reported):
    ticket = reported()
    sent = {"number": ticket.matter.number, "code": "ZZZZ2222"}
    answers = [Client().post("/find/", sent).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_mine_lists_what_this_device_reported(client, reported):
    assert "您反映的事会排在这里" in client.get("/mine/").content.decode()
    reported()
    assert "路灯、楼道灯不亮" in client.get("/mine/").content.decode()
    assert "路灯、楼道灯不亮" not in Client().get("/mine/").content.decode()


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_mine_asks_the_database_as_often_for_any_number(client, reported, rows, django_assert_max_num_queries):
    for _ in range(rows):
        reported(seen="n:x", category_code="other")
    assert rows <= RECEIPTS_KEPT
    client.get("/mine/")
    with django_assert_max_num_queries(5):
        client.get("/mine/")


def test_slip_is_paper(client, reported):
    answer = client.get(f"/t/{reported().matter.uid}/slip.pdf")
    assert answer.status_code in {200, 503}
    if answer.status_code == 200:
        assert answer.content.startswith(b"%PDF")
