"""Several reports with one form."""

import pytest

from linli.desks.tests.test_desk import page


@pytest.fixture
def three(town):
    return [town.file() for _ in range(3)]


def uids(tickets):
    return [ticket.matter.uid for ticket in tickets]


def states(town, tickets):
    return [town.again(ticket).matter.state for ticket in tickets]


def test_bulk_asks_first_and_then_hands_out(town, three, enter):
    client = enter(town.who.desk)
    given = {"t": uids(three), "act": "dispatch"}
    assert "交给谁" in page(client.post("/desk/bulk/", given))
    client.post("/desk/bulk/", {**given, "go": "1", "body": town.body.company.uid})
    assert states(town, three) == ["DISPATCHED"] * 3


def test_bulk_merges_under_the_one_that_leads(town, three, enter):
    given = {"t": uids(three), "act": "merge", "go": "1", "master": three[0].matter.uid}
    enter(town.who.desk).post("/desk/bulk/", given)
    assert states(town, three) == ["SUBMITTED", "MERGED", "MERGED"]


def test_bulk_refusal_without_a_reason_keeps_what_was_typed(town, three, enter):
    given = {"t": uids(three), "act": "refuse", "go": "1", "note": "请找法院"}
    answer = enter(town.who.desk).post("/desk/bulk/", given)
    assert answer.status_code == 422
    assert "请找法院" in page(answer)
    assert states(town, three) == ["SUBMITTED"] * 3


def test_bulk_names_what_could_not_be_done_and_does_the_rest(town, three, enter):
    client = enter(town.who.desk)
    client.post(f"/desk/{three[0].matter.uid}/refuse/", {"reason": "court", "note": "请找法院"})
    answer = client.post("/desk/bulk/", {"t": uids(three), "act": "accept", "go": "1"}, follow=True)
    assert states(town, three) == ["NOT_ACCEPTED", "ACCEPTED", "ACCEPTED"]
    assert "办成 2 件。" in page(answer)


def test_bulk_leaves_the_next_communitys_alone(town, three, enter):
    given = {"t": uids(three), "act": "accept", "go": "1"}
    enter(town.who.next_desk).post("/desk/bulk/", given)
    assert states(town, three) == ["SUBMITTED"] * 3
