"""Paper that lets people in: a household's slip names a home and no person, an invitation one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.access.actions import Newcomer, bind_phone, forget_home_slips, invite_person, join_home, print_slips
from linli.access.models import Account, Device, OneTimeCode, Session
from linli.access.queries import COOKIE, DEVICE, actor_of, pin_of
from linli.access.tests.conftest import NOW, actor_for, sign_in
from linli.audit.models import AuditRecord
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed
from linli.notices.models import Notice
from linli.people.actions import clear_home
from linli.people.models import Person, Tie
from linli.people.tests.conftest import TODAY, root

PIN = "290417"


def slip_of(town, home="home", copies=1):
    desk = actor_for(town.people["desk"], "desk")
    return print_slips(actor=desk, homes=[town.places[home]], copies=copies)[town.places[home].uid]


def join(client, code, **more):
    return client.post("/join/", {"code": code, "kind": "family", "name": "卓玛", "pin": PIN, **more})


def test_slip_names_a_home_and_no_person_and_is_kept_as_a_digest(town):
    (code,) = slip_of(town)
    row = OneTimeCode.objects.get()
    assert (len(code), code.isdigit(), row.account, row.key) == (8, True, None, town.places["home"].uid)
    assert code not in row.digest


def test_slip_brings_a_neighbour_in_with_the_rights_of_that_home(town, client):
    (code,) = slip_of(town)
    assert join(client, f"{code[:4]} {code[4:]}")["Location"] == "/me/"
    person = Person.objects.get(display_name="卓玛")
    assert [(tie.home, tie.kind) for tie in person.ties.all()] == [(town.places["home"], "family")]
    actor = actor_of(client.cookies[COOKIE].value, NOW)
    assert (actor.hat, [grant.place_id for grant in actor.grants]) == ("resident", [town.places["compound"].pk])
    assert (person.phone, Account.objects.get(person=person).login) == ("", None)


def test_slip_is_spent_when_used_and_every_refusal_sounds_alike(town, client):
    (code,) = slip_of(town)
    join(client, code)
    again, wrong = join(Client(), code), join(Client(), "00000000")
    town.clock.now = NOW + timedelta(days=61)
    (late,) = slip_of(town, "other_home")
    late_answer = join(Client(), late)
    assert [answer.status_code for answer in (again, wrong, late_answer)] == [422, 422, 422]
    assert all("这个码不对，或者已经用过、过期了" in answer.content.decode() for answer in (again, wrong, late_answer))
    assert Person.objects.filter(display_name="卓玛").count() == 1


def test_slip_that_is_only_looked_at_is_not_spent(town, client):
    (code,) = slip_of(town)
    assert code in client.get(f"/join/?code={code}").content.decode()
    assert join(client, code).status_code == 302


def test_slip_printed_again_makes_the_unused_one_worthless(town, client):
    (old,) = slip_of(town)
    two = slip_of(town, copies=2)
    assert join(client, old).status_code == 422
    assert [join(Client(), code).status_code for code in two] == [302, 302]


def test_slip_used_by_somebody_signed_in_adds_the_home_to_them(town, client):
    (first,), (second,) = slip_of(town), slip_of(town, "other_home")
    join(client, first)
    answer = client.post("/join/", {"code": second, "kind": "owner"})
    assert answer["Location"] == "/me/"
    person = Person.objects.get(display_name="卓玛")
    assert sorted(person.ties.values_list("kind", flat=True)) == ["family", "owner"]
    assert Account.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("pin", ["12345", "123456", "000000", "654321", "abcdef"])
def test_slip_is_kept_when_the_pin_is_too_easy(town, client, pin):
    (code,) = slip_of(town)
    assert join(client, code, pin=pin).status_code == 422
    assert join(client, code).status_code == 302


def test_slips_are_printed_by_who_keeps_the_register_there(town):
    for who, post in (("resident", None), ("manager", "property_manager"), ("stranger", "secretary")):
        with pytest.raises(NotAllowed):
            print_slips(actor=actor_for(town.people[who], post), homes=[town.places["home"]])
    desk = actor_for(town.people["desk"], "desk")
    with pytest.raises(NotAllowed):
        print_slips(actor=desk, homes=[town.places["building"]])
    with pytest.raises(BadInput):
        print_slips(actor=desk, homes=[town.places["home"]], copies=5)


def test_next_household_inherits_neither_tie_nor_slip(town, client):
    (code,) = slip_of(town)
    desk = actor_for(town.people["desk"], "desk")
    assert clear_home(actor=desk, home=town.places["home"], on=TODAY) == 2
    assert not Tie.objects.filter(home=town.places["home"], to_on=None).exists()
    assert join(client, code).status_code == 422
    for act in (clear_home, forget_home_slips):
        more = {"on": TODAY} if act is clear_home else {}
        with pytest.raises(NotAllowed):
            act(actor=actor_for(town.people["captain"], "captain"), home=town.places["home"], **more)


def test_slip_of_a_closed_home_or_a_locked_address_opens_nothing(town):
    (code,) = slip_of(town)
    stranger = Actor(now=NOW, address="10.0.0.7")
    newcomer = Newcomer("卓玛", "family", pin_of(PIN))
    for _try in range(10):
        join_home(actor=stranger, code="11112222", newcomer=newcomer)
    assert "先锁住了" in str(join_home(actor=stranger, code=code, newcomer=newcomer).words)
    type(town.places["home"]).objects.filter(pk=town.places["home"].pk).update(closed_on=TODAY)
    assert join_home(actor=Actor(now=NOW), code=code, newcomer=newcomer).words


def test_invitation_binds_a_captains_telephone_for_thirty_days(town, client):
    code = invite_person(actor=actor_for(town.people["secretary"], "secretary"), person=town.people["captain"])
    answer = client.post("/bind/", {"code": code.lower(), "pin": PIN})
    assert (answer.status_code, client.cookies[DEVICE]["max-age"]) == (302, 30 * 24 * 3600)
    assert actor_of(client.cookies[COOKIE].value, NOW).hat == "captain"
    assert client.post("/bind/", {"code": code, "pin": PIN}).status_code == 422
    told = Notice.objects.filter(person=town.people["captain"]).values_list("title", flat=True)
    assert sorted(told) == ["一部手机绑到了您的账号", "给您开了一张邀请单"]


def test_invitation_replaces_the_telephone_bound_before(town, client):
    old = Client()
    for browser in (old, client):
        code = invite_person(actor=root(), person=town.people["captain"])
        browser.post("/bind/", {"code": code, "pin": PIN})
    assert Device.objects.filter(ended_at=None).count() == 1
    old.cookies.pop(COOKIE)
    assert old.post("/pin/", {"pin": PIN})["Location"] == "/sign-in/"


def test_invitation_never_wears_a_post_that_needs_a_passphrase(town, client):
    code = invite_person(actor=root(), person=town.people["desk"])
    client.post("/bind/", {"code": code, "pin": PIN})
    assert actor_of(client.cookies[COOKIE].value, NOW).grants == ()


def test_invitation_is_given_by_the_desk_to_neighbours_and_to_nobody_elsewhere(town):
    desk = actor_for(town.people["desk"], "desk")
    assert len(invite_person(actor=desk, person=town.people["owner"])) == 8
    for who in ("secretary", "manager", "desk"):
        with pytest.raises(NotAllowed):
            invite_person(actor=desk, person=town.people[who])
    with pytest.raises(NotAllowed):
        invite_person(actor=actor_for(town.people["stranger"], "secretary"), person=town.people["owner"])
    assert bind_phone(actor=Actor(now=NOW), code="ABCD2345", pin="x").words


def test_invitation_page_shows_the_code_once_and_the_audit_does_not(town, client):
    sign_in(client, "desk")
    address = f"/accounts/{town.people['owner'].uid}/invitation/"
    assert "给一张邀请单" in client.get(address).content.decode()
    page = client.post(address).content.decode()
    assert "<svg" in page
    record = AuditRecord.objects.get(verb="account.invited")
    assert record.person_uid == town.people["owner"].uid
    assert client.get(f"/accounts/{town.people['manager'].uid}/invitation/").status_code in {403, 404}
    assert Session.objects.filter(proof="pin").count() == 0
