"""The pages of those who do it, on a phone."""

import pytest

from linli.desks.tests.test_desk import SECRET, page


def test_repairman_claims_and_finishes(town, enter):
    ticket = town.dispatched()
    client = enter(town.who.repairman)
    assert "我来办" in page(client.get("/work/"))
    client.post(f"/work/{ticket.matter.uid}/claim/")
    assert town.again(ticket).matter.holder_person_id == town.who.repairman.person_id
    answer = client.post(f"/work/{ticket.matter.uid}/finish/", {"words": "换了灯泡"})
    assert (answer.status_code, answer.url) == (302, "/work/")
    assert town.again(ticket).matter.state == "RESOLVED"


def test_finishing_needs_words(town, enter):
    ticket = town.dispatched()
    answer = enter(town.who.repairman).post(f"/work/{ticket.matter.uid}/finish/", {"words": " "})
    assert answer.status_code == 422
    assert town.again(ticket).matter.state == "DISPATCHED"


def test_mate_who_comes_second_is_told_who_was_first(town, enter):
    ticket = town.dispatched()
    enter(town.who.repairman).post(f"/work/{ticket.matter.uid}/claim/")
    answer = enter(town.who.mate).post(f"/work/{ticket.matter.uid}/claim/")
    assert answer.status_code == 409
    assert "刚刚有人先办了这一步" in page(answer)


@pytest.mark.parametrize(
    ("who", "status"),
    [("repairman", 200), ("manager", 200), ("lift_fitter", 404), ("next_desk", 404), ("neighbour", 404)],
)
def test_work_ticket_is_there_for_who_does_it(town, enter, who, status):
    ticket = town.dispatched()
    answer = enter(getattr(town.who, who)).get(f"/work/{ticket.matter.uid}/")
    assert (answer.status_code, SECRET in page(answer)) == (status, status == 200)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_work_asks_the_same_number_of_questions(town, enter, django_assert_max_num_queries, count):
    for _ in range(count):
        town.dispatched()
    client = enter(town.who.repairman)
    client.get("/work/")
    with django_assert_max_num_queries(9):
        client.get("/work/")
