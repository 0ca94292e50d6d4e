"""The desk's pages, as those who decide see them."""

from datetime import timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.tickets.tests.conftest import NOW

SECRET = "三楼的灯不亮"


def page(answer):
    return answer.content.decode()


def test_desk_lists_what_waits_and_opens_the_most_urgent(town, enter):
    ticket = town.file()
    answer = enter(town.who.desk).get("/desk/")
    assert answer.status_code == 200
    assert SECRET in page(answer)
    assert f"/desk/{ticket.matter.uid}/dispatch/" in page(answer)
    assert "派给 安和物业" in page(answer)


def test_desk_ticket_says_why_its_deadline_is_what_it_is(town, enter):
    ticket = town.file()
    words = page(enter(town.who.desk).get(f"/desk/{ticket.matter.uid}/"))
    assert "按“一般的事”：从交办起5个工作日内办好。" in words
    assert "现在交办" in words


@pytest.mark.parametrize(
    ("who", "status"),
    [("desk", 200), ("secretary", 200), ("officer", 200), ("next_desk", 404), ("repairman", 404), ("captain", 404),
     ("neighbour", 404)],
)  # fmt: skip
def test_desk_ticket_is_there_for_its_own_desk_alone(town, enter, who, status):
    ticket = town.file()
    answer = enter(getattr(town.who, who)).get(f"/desk/{ticket.matter.uid}/")
    assert (answer.status_code, SECRET in page(answer)) == (status, status == 200)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_desk_asks_the_same_number_of_questions(town, enter, django_assert_max_num_queries, count):
    for _ in range(count):
        town.file()
    client = enter(town.who.desk)
    client.get("/desk/")
    with django_assert_max_num_queries(31):
        client.get("/desk/")


def test_dispatch_is_one_press_from_a_new_report(town, enter):
    ticket = town.file()
    other = town.file()
    answer = enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/dispatch/", {"body": town.body.company.uid})
    assert (answer.status_code, answer.url) == (302, f"/desk/{other.matter.uid}/")
    matter = town.again(ticket).matter
    assert (matter.state, matter.holder_body_id) == ("DISPATCHED", town.body.company.pk)


def test_refusing_needs_a_reason_and_keeps_what_was_typed(town, enter):
    ticket = town.file()
    answer = enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/refuse/", {"note": "请找法院"})
    assert answer.status_code == 422
    assert "请从列表里选一个理由。" in page(answer)
    assert "请找法院" in page(answer)
    assert town.again(ticket).matter.state == "SUBMITTED"


def test_refusing_says_why(town, enter):
    ticket = town.file()
    given = {"reason": "court", "note": "请找法院"}
    assert enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/refuse/", given).status_code == 302
    assert town.again(ticket).matter.state == "NOT_ACCEPTED"


def test_refusing_too_late_shows_where_it_stands_and_keeps_the_words(town, enter):
    ticket = town.finished()
    given = {"reason": "court", "note": "请找法院"}
    answer = enter(town.who.desk).post(f"/desk/{ticket.matter.uid}/refuse/", given)
    assert answer.status_code == 409
    assert "办好了，等人核对" in page(answer).replace(",", "，")
    assert "请找法院" in page(answer)


def test_number_is_shown_for_a_purpose_and_the_look_is_kept(town, enter):
    ticket = town.file(actor=town.who.desk, source="phone", reporter_name="索朗", reporter_phone="13800000001")
    client = enter(town.who.desk)
    assert "13800000001" not in page(client.get(f"/desk/{ticket.matter.uid}/"))
    answer = client.post(f"/desk/{ticket.matter.uid}/contact/show/", {"purpose": "call_back"})
    assert "13800000001" in page(answer)
    look = AuditRecord.objects.get(verb="person.looked")
    assert (look.subject, look.purpose, look.at) == (ticket.matter.uid, "call_back", NOW)


def test_notice_leads_each_reader_to_their_page(town, enter):
    uid = town.dispatched().matter.uid
    for who, address in (
        ("resident", f"/t/{uid}/"),
        ("desk", f"/desk/{uid}/"),
        ("repairman", f"/work/{uid}/"),
        ("neighbour", f"/matters/{uid}/"),
    ):
        assert enter(getattr(town.who, who)).get(f"/tickets/{uid}/").url == address


@pytest.mark.parametrize("show", ["new", "mine", "overdue", "waiting", "check", "rating", "review", "all"])
def test_each_list_of_the_desk_opens(town, enter, show):
    town.file()
    assert enter(town.who.desk).get(f"/desk/?show={show}").status_code == 200


def test_list_is_narrowed_to_a_compound(town, enter):
    town.file()
    here = enter(town.who.desk).get(f"/desk/?at={town.place.compound.uid}")
    there = enter(town.who.desk).get(f"/desk/?at={town.place.next_compound.uid}")
    assert (SECRET in page(here), SECRET in page(there)) == (True, False)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_overdue_asks_the_same_number_of_questions(town, enter, django_assert_max_num_queries, count):
    for _ in range(count):
        town.dispatched()
    later = town.who.secretary.at(NOW + timedelta(days=30))
    client = enter(later)
    assert SECRET in page(client.get("/desk/overdue/"))
    with django_assert_max_num_queries(4):
        client.get("/desk/overdue/")


def test_overdue_is_empty_in_the_next_community(town, enter):
    town.dispatched()
    answer = enter(town.who.next_desk.at(NOW + timedelta(days=30))).get("/desk/overdue/")
    assert (answer.status_code, SECRET in page(answer)) == (200, False)


def test_desk_is_not_the_residents(town, enter):
    assert enter(town.who.neighbour).get("/desk/").status_code in {302, 403}
    assert enter(town.who.repairman).get("/desk/").status_code == 403
