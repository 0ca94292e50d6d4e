"""The telephone rings."""

from datetime import timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.core.errors import NotAllowed
from linli.desks.actions import hand_out_tickets, look_up_caller
from linli.desks.tests.test_desk import page
from linli.tickets.actions import claim_ticket, merge_tickets, promise_ticket
from linli.tickets.actions.drafts import Sending
from linli.tickets.tests.conftest import NOW

NUMBER = "138 0000 0001"


def rung(town, **draft):
    return town.file(actor=town.who.desk, reporter_phone="13800000001", source="phone", **draft)


def looks():
    return AuditRecord.objects.filter(verb="person.looked", purpose="rang")


def test_number_finds_the_callers_open_matter_with_the_promise_on_top(town, enter):
    ticket = handed_out(town, rung(town))
    claim_ticket(actor=town.who.repairman, ticket=ticket)
    due = NOW + timedelta(days=1)
    promise_ticket(actor=town.who.repairman, ticket=ticket, words="明天换灯", due_at=due)
    words = page(enter(town.who.desk).post("/desk/phone/", {"number": NUMBER}))
    assert words.index("明天换灯") < words.index(ticket.matter.title)
    assert "安和物业" in words
    assert "又打来了，催一次" in words


def handed_out(town, ticket):
    hand_out_tickets(actor=town.who.desk, tickets=[ticket], sending=Sending(town.body.company))
    return ticket


def test_call_is_one_look_and_the_number_stands_in_no_address(town, enter):
    rung(town)
    rung(town, words="又一件")
    answer = enter(town.who.desk).post("/desk/phone/", {"number": NUMBER})
    assert looks().count() == 1
    assert "13800000001" not in page(answer).split("<main")[1].replace('value="138 0000 0001"', "")


def test_ringing_again_adds_an_urge_to_the_same_matter(town, enter):
    ticket = handed_out(town, rung(town))
    client = enter(town.who.desk)
    assert f"/desk/{ticket.matter.uid}/urge/" in page(client.post("/desk/phone/", {"number": NUMBER}))
    client.post(f"/desk/{ticket.matter.uid}/urge/")
    assert town.again(ticket).urges == 1


def test_call_about_a_merged_report_shows_the_one_that_leads(town, enter):
    master, child = town.file(), rung(town)
    merge_tickets(actor=town.who.desk, master=master, children=[child])
    words = page(enter(town.who.desk).post("/desk/phone/", {"number": NUMBER}))
    assert child.matter.number in words
    assert f"/desk/{master.matter.uid}/" in words


def test_number_travels_hidden_to_the_new_report(town, enter):
    client = enter(town.who.desk)
    words = page(client.post("/desk/phone/", {"number": NUMBER}))
    assert "这个号码没有没办完的事" in words
    caller = words.split("/desk/new/?caller=")[1].split('"')[0]
    choosing = page(client.get(f"/desk/new/?caller={caller}&under={town.place.compound.uid}"))
    assert "caller=" in choosing.split(town.place.building.uid)[1][:20]
    assert NUMBER in page(client.get(f"/desk/new/?at={town.place.building.uid}&caller={caller}"))
    assert page(client.get(f"/desk/new/?at={town.place.building.uid}&caller=x")).count('value="13') == 0


def test_calls_are_the_desks_alone(town, enter):
    rung(town)
    for who in (town.who.repairman, town.who.captain, town.who.resident, town.who.officer):
        assert enter(who).post("/desk/phone/", {"number": NUMBER}).status_code == 403
    assert "雪莲苑" not in page(enter(town.who.next_desk).post("/desk/phone/", {"number": NUMBER})).split("<main")[1]
    assert looks().count() == 1


def test_wrong_number_is_said_beside_the_field(town, enter):
    answer = enter(town.who.desk).post("/desk/phone/", {"number": "abc"})
    assert (answer.status_code, "电话号码好像不对" in page(answer)) == (422, True)


@pytest.mark.parametrize("who", ["resident", "grid_worker", "repairman", "manager"])
def test_caller_is_looked_up_by_the_desk_alone(town, who):
    with pytest.raises(NotAllowed):
        look_up_caller(actor=getattr(town.who, who), number=NUMBER)
    assert not looks().exists()
