"""Pictures in staff's forms: taken with the act, and kept when the form comes back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.desks.tests.test_desk import page
from linli.doorsteps.tests.conftest import picture
from linli.tickets.models import Photo, Ticket


def kept(answer, name):
    return re.search(f'name="{name}_kept" value="([^"]+)"', page(answer))[1]


def kinds(ticket):
    return sorted(Photo.objects.filter(ticket=ticket).values_list("kind", flat=True))


def test_finishing_takes_pictures_before_and_after(town, enter):
    ticket = town.dispatched()
    sent = {"words": "换了灯泡", "before": picture(), "after": [picture("blue"), picture("green")]}
    assert enter(town.who.repairman).post(f"/work/{ticket.matter.uid}/finish/", sent).status_code == 302
    assert kinds(ticket) == ["after", "after", "before"]


def test_pictures_stay_with_a_form_that_comes_back_and_count_once(town, enter):
    ticket, client = town.dispatched(), enter(town.who.repairman)
    address = f"/work/{ticket.matter.uid}/finish/"
    back = client.post(address, {"words": "", "after": [picture(), picture("blue")]})
    assert back.status_code == 422
    assert "已带上 2 张照片" in page(back)
    sent = {"words": "换了灯泡", "after_kept": kept(back, "after"), "after": [picture("blue"), picture("green")]}
    assert client.post(address, sent).status_code == 302
    assert kinds(ticket) == ["after"] * 3


def test_pictures_are_added_later_and_one_there_must_be(town, enter):
    ticket, client = town.dispatched(), enter(town.who.repairman)
    address = f"/work/{ticket.matter.uid}/photos/"
    assert client.post(address, {"kind": "before"}).status_code == 422
    back = client.post(address, {"uploads": picture()})
    assert client.post(address, {"kind": "before", "uploads_kept": kept(back, "uploads")}).status_code == 302
    assert kinds(ticket) == ["before"]


@pytest.mark.parametrize("token", ["x", "a:b:c", "\u202e"])
def test_false_token_keeps_nothing(town, enter, token):
    ticket, client = town.dispatched(), enter(town.who.repairman)
    sent = {"words": "换了灯泡", "after_kept": token}
    assert client.post(f"/work/{ticket.matter.uid}/finish/", sent).status_code == 302
    assert kinds(ticket) == []


def test_returning_takes_the_grounds_and_refuses_what_is_no_picture(town, enter):
    ticket, client = town.dispatched(), enter(town.who.manager)
    address = f"/work/{ticket.matter.uid}/return/"
    sent = {"reason": "not_our_duty", "note": "合同里没有这一项"}
    lie = SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg")
    assert client.post(address, sent | {"proof": lie}).status_code == 422
    answer = client.post(address, sent | {"proof": picture()})
    assert answer.status_code == 302, page(answer)
    assert kinds(ticket) == ["proof"]


def test_filing_for_somebody_keeps_the_pictures_while_a_number_is_asked_about(town, enter):
    client, address = enter(town.who.desk), f"/desk/new/?at={town.place.building.uid}"
    sent = {"source": "desk", "draft_key": "K" * 16, "wants_reply": "on"}
    back = client.post(address, sent | {"words": "卡号13900010001丢了", "uploads": picture()})
    assert back.status_code == 422
    done = client.post(address, sent | {"words": "卡丢了", "uploads_kept": kept(back, "uploads")})
    assert done.status_code == 200
    assert kinds(Ticket.objects.get()) == ["reported"]


def test_stranger_adds_no_pictures(town, enter):
    ticket = town.dispatched()
    sent = {"kind": "before", "uploads": picture()}
    assert enter(town.who.next_desk).post(f"/work/{ticket.matter.uid}/photos/", sent).status_code == 404
    assert kinds(ticket) == []
