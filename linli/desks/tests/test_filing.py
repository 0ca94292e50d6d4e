"""Writing down what somebody else tells."""

from linli.desks.tests.test_desk import page
from linli.tickets.models import Ticket


def address(town):
    return f"/desk/new/?at={town.place.building.uid}"


GIVEN = {
    "draft_key": "k" * 16,
    "source": "phone",
    "words": "楼道里堆着纸箱",
    "reporter_name": "央宗",
    "reporter_phone": "13800000001",
    "wants_reply": "on",
}


def test_place_is_found_down_the_tree_or_by_letters(town, enter):
    client = enter(town.who.desk)
    assert town.place.community.name in page(client.get("/desk/new/"))
    assert town.place.building.uid in page(client.get(f"/desk/new/?under={town.place.compound.uid}"))
    assert f"under={town.place.building.uid}" in page(client.get("/desk/new/?q=2号楼"))


def test_filing_gives_a_slip_with_number_and_code_exactly_once(town, enter):
    client = enter(town.who.desk)
    slip = page(client.post(address(town), GIVEN))
    again = page(client.post(address(town), GIVEN))
    ticket = Ticket.objects.get()
    assert (ticket.source, ticket.reporter_name, ticket.filed_by_id) == ("phone", "央宗", town.who.desk.person_id)
    assert ticket.matter.number in slip
    code = slip.split("查询码</dt><dd>")[1].split("</b>")[0]
    assert code in again


def test_number_in_the_words_is_asked_about_and_may_stay(town, enter):
    client = enter(town.who.desk)
    given = {**GIVEN, "words": "打13800000001找他"}
    asked = client.post(address(town), given)
    assert (asked.status_code, Ticket.objects.count()) == (422, 0)
    assert "里面的号码要留着" in page(asked)
    assert "打13800000001找他" in page(asked)
    client.post(address(town), {**given, "is_guard_seen": "on"})
    assert Ticket.objects.count() == 1


def test_filing_next_door_is_not_there(town, enter):
    assert enter(town.who.next_desk).get(address(town)).status_code == 404
    assert enter(town.who.next_desk).post(address(town), GIVEN).status_code == 404


def test_filing_for_others_is_not_the_repairmans(town, enter):
    assert enter(town.who.repairman).get("/desk/new/").status_code == 403


def test_captain_files_from_the_stairwell(town, enter):
    enter(town.who.captain).post(address(town), {**GIVEN, "source": "captain"})
    assert Ticket.objects.get().source == "captain"
