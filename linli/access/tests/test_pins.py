"""A PIN opens one account on one known device: one's own telephone, or one's own turn at the office's PC."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from linli.access.actions import (
    bind_office,
    end_device,
    enter_by_pin,
    give_slip,
    invite_person,
    lock_session,
    prove_again,
    set_pin,
    unlock_session,
)
from linli.access.models import Account, Device, Pin, Session
from linli.access.queries import COOKIE, DEVICE, PinTry, Proof, actor_of, device_of, pin_tried
from linli.access.tests.conftest import NOW, PASSPHRASE, actor_for, sign_in
from linli.audit.models import AuditRecord
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, NotFound
from linli.people.actions import AppointmentDraft, appoint_people, end_appointment
from linli.people.models import Appointment
from linli.people.tests.conftest import TODAY, root

PIN = "290417"


@pytest.fixture
def phone(town):
    """The captain's own telephone, bound."""
    browser = Client()
    code = invite_person(actor=root(), person=town.people["captain"])
    browser.post("/bind/", {"code": code, "pin": PIN})
    return browser


@pytest.fixture
def office(town):
    """The office's PC, where desk and a second clerk signed in, each with a PIN; the second's session is open."""
    browser = Client()
    body = town.bodies["office"]
    appoint_people(actor=root(), drafts=[AppointmentDraft(town.people["secretary"], "desk", body, from_on=TODAY)])
    opened = bind_office(actor=actor_for(town.people["secretary"], "secretary"), body=body)
    browser.cookies[DEVICE] = opened.device
    for who, pin in (("desk", PIN), ("secretary", "831846")):
        sign_in(browser, who)
        browser.post("/account/pin/", {"pin": pin})
    return browser


def session_of(town, who):
    return Session.objects.filter(account__person=town.people[who], ended_at=None).latest("id")


def test_pin_opens_ones_own_telephone_day_after_day(town, phone):
    town.clock.now = NOW + timedelta(days=29)
    assert phone.get("/sign-in/")["Location"].startswith("/pin/")
    assert phone.post("/pin/", {"pin": PIN, "next": "/me/"})["Location"] == "/me/"
    assert actor_of(phone.cookies[COOKIE].value, town.clock.now).hat == "captain"
    town.clock.now = NOW + timedelta(days=30)
    assert phone.get("/pin/")["Location"] == "/sign-in/"


def test_pin_is_worth_nothing_after_five_wrong_ones(town, phone):
    for _try in range(5):
        assert phone.post("/pin/", {"pin": "111222"}).status_code == 422
    page = phone.post("/pin/", {"pin": PIN})
    assert (page.status_code, "已经作废" in page.content.decode()) == (422, True)
    assert not Session.objects.filter(account__person=town.people["captain"], ended_at=None).exists()
    assert AuditRecord.objects.filter(verb="account.pin_failed").count() == 5


def test_pin_is_worth_nothing_on_another_device(town, phone):
    assert Client().post("/pin/", {"pin": PIN})["Location"] == "/sign-in/"
    other = Client()
    other.cookies[DEVICE] = "x" * 43
    assert other.post("/pin/", {"pin": PIN})["Location"] == "/sign-in/"


def test_neighbour_who_took_a_post_comes_for_an_invitation_after_a_month(town):
    browser = Client()
    browser.post("/bind/", {"code": invite_person(actor=root(), person=town.people["owner"]), "pin": PIN})
    town.clock.now = NOW + timedelta(days=100)
    assert browser.post("/pin/", {"pin": PIN}).status_code == 302
    draft = AppointmentDraft(town.people["owner"], "captain", place=town.places["building"])
    appoint_people(actor=root(town.clock.now), drafts=[draft])
    assert browser.post("/pin/", {"pin": PIN}).status_code == 422


def test_pin_of_a_telephone_opens_no_post_that_ended(town, phone):
    held = Appointment.objects.get(person=town.people["captain"], post="captain")
    end_appointment(actor=root(), appointment=held, on=TODAY)
    town.clock.now = NOW + timedelta(days=1)
    phone.post("/pin/", {"pin": PIN})
    assert actor_of(phone.cookies[COOKIE].value, town.clock.now).grants == ()


def test_telephone_is_let_go_by_its_owner_alone(town, phone):
    device = Device.objects.get()
    with pytest.raises(NotFound):
        end_device(actor=Actor(now=NOW), device=device)
    assert phone.post(f"/account/devices/{device.uid}/end/")["Location"] == "/account/"
    assert phone.get("/me/").status_code == 302
    owner = Account.objects.get(person=town.people["captain"])
    with pytest.raises(LostRace):
        end_device(actor=Actor(now=NOW, account_id=owner.pk), device=device)


def test_pin_changed_in_between_opens_nothing(town, phone):
    pin = Pin.objects.get()
    tried = PinTry(pin.pk, "another hash", is_right=True)
    assert enter_by_pin(actor=Actor(now=NOW), tried=tried).words
    assert unlock_session(actor=Actor(now=NOW), tried=tried, session_uid="x").words


def test_clerks_take_turns_each_under_their_own_name(town, office):
    assert "锁屏" in office.get("/account/").content.decode()
    assert office.post("/lock/")["Location"] == "/pin/"
    assert office.get("/account/").status_code == 302
    page = office.get("/pin/").content.decode()
    assert ("李梅" in page, "王建国" in page) == (True, True)
    who = session_of(town, "desk").uid
    assert office.post("/pin/", {"pin": PIN, "who": who, "next": "/account/"})["Location"] == "/account/"
    assert actor_of(office.cookies[COOKIE].value, NOW).name == "李梅"


def test_clerks_pin_does_not_open_a_colleagues_session(town, office):
    theirs = session_of(town, "secretary").uid
    assert office.post("/pin/", {"pin": PIN, "who": theirs}).status_code == 422
    device = device_of(office.cookies[DEVICE].value, NOW)
    mine = pin_tried(device, Account.objects.get(login="desk").pk, PIN)
    assert unlock_session(actor=Actor(now=NOW), tried=mine, session_uid=theirs).words


def test_clerks_pin_unlocks_only_within_twelve_hours_of_a_full_sign_in(town, office):
    who = session_of(town, "desk").uid
    town.clock.now = NOW + timedelta(hours=11, minutes=59)
    assert office.post("/pin/", {"pin": PIN, "who": who}).status_code == 302
    town.clock.now = NOW + timedelta(hours=12)
    assert office.get("/pin/")["Location"] == "/sign-in/"


def test_clerk_who_signed_in_elsewhere_is_not_at_this_pc(town, office):
    sign_in(Client(), "manager")
    assert "赵强" not in office.get("/pin/").content.decode()
    with pytest.raises(NotAllowed):
        set_pin(actor=Actor(now=NOW, account_id=1), token="x" * 43, hashed="h")
    with pytest.raises(NotAllowed):
        lock_session(actor=Actor(now=NOW), token="x" * 43)


def test_clerks_sensitive_pages_ask_for_the_passphrase_after_a_pin(town, office):
    office.post("/lock/")
    office.post("/pin/", {"pin": PIN, "who": session_of(town, "desk").uid})
    there = f"/accounts/{town.people['owner'].uid}/invitation/"
    assert office.get(there)["Location"].startswith("/sign-in/again/?next=")
    assert office.post("/sign-in/again/", {"passphrase": "wrong", "next": there}).status_code == 422
    assert office.post("/sign-in/again/", {"passphrase": PASSPHRASE, "next": there})["Location"] == there
    assert office.get(there).status_code == 200
    with pytest.raises(NotAllowed):
        prove_again(actor=Actor(now=NOW), token="x" * 43, proof=Proof("key"))


def test_half_filled_form_survives_the_lock_for_its_writer_alone(town, office):
    town.clock.now = NOW + timedelta(minutes=20)
    sent = {"display_name": "写了一半的名字", "phone": "13900001111", "language": "zh-hans"}
    page = office.post("/people/new/", sent)
    assert (page.status_code, "写了一半的名字" in page.content.decode()) == (200, False)
    kept = page.context["kept"]
    colleague = office.post("/pin/", {"pin": PIN, "who": session_of(town, "desk").uid, "kept": kept})
    assert colleague.status_code == 302
    office.post("/lock/")
    mine = {"pin": "831846", "who": session_of(town, "secretary").uid, "kept": kept}
    page = office.post("/pin/", mine).content.decode()
    assert ("写了一半的名字" in page, 'action="/people/new/"' in page) == (True, True)


def test_half_written_form_survives_a_pressed_lock_for_its_writer_alone(town, office):
    draft = json.dumps({"path": "/people/new/", "fields": [["display_name", "才写一半"], ["csrfmiddlewaretoken", "x"]]})
    page = office.post("/lock/", {"draft": draft})
    assert (page.status_code, "才写一半" in page.content.decode()) == (200, False)
    kept = page.context["kept"]
    colleague = office.post("/pin/", {"pin": PIN, "who": session_of(town, "desk").uid, "kept": kept})
    assert colleague.status_code == 302
    office.post("/lock/", {"draft": "no json"})
    page = office.post("/pin/", {"pin": "831846", "who": session_of(town, "secretary").uid, "kept": kept})
    words = page.content.decode()
    assert ('data-field="display_name">才写一半' in words, 'href="/people/new/" data-kept' in words) == (True, True)
    assert "csrfmiddlewaretoken</" not in words


def test_half_filled_form_survives_where_no_device_is_known(town, client):
    sign_in(client, "desk")
    town.clock.now = NOW + timedelta(minutes=20)
    kept = client.post("/people/new/", {"display_name": "写了一半的名字"}).context["kept"]
    page = sign_in(client, "desk", kept=kept)
    assert (page.status_code, "写了一半的名字" in page.content.decode()) == (200, True)
    assert sign_in(Client(), "manager", kept=kept).status_code == 302
    assert sign_in(Client(), "desk", kept="spoiled:kept")["Location"] == "/day/"


def test_office_pc_is_bound_by_who_answers_for_the_office(town, client):
    body = town.bodies["office"]
    for who, post in (("desk", "desk"), ("stranger", "secretary"), ("manager", "property_manager")):
        with pytest.raises(NotAllowed):
            bind_office(actor=actor_for(town.people[who], post), body=body)
    sign_in(client, "manager")
    assert client.post("/account/devices/")["Location"] == "/account/devices/"
    assert "就是这台" in client.get("/account/devices/").content.decode()
    device = Device.objects.get()
    assert client.post(f"/account/devices/{device.uid}/end/")["Location"] == "/account/devices/"
    assert "还没有记住哪台电脑" in client.get("/account/devices/").content.decode()


def administrator(town, who):
    person = town.people[who]
    appoint_people(actor=root(), drafts=[AppointmentDraft(person, "administrator")])
    account, _made = Account.objects.get_or_create(person=person, defaults={"opened_at": NOW})
    return replace(actor_for(person, "administrator"), account_id=account.pk, account_uid=account.uid)


def test_administrator_who_forgot_takes_two_others(town):
    administrator(town, "desk")
    first, second = administrator(town, "owner"), administrator(town, "manager")
    account = Account.objects.get(login="desk")
    assert [give_slip(actor=first, account=account), give_slip(actor=first, account=account)] == ["", ""]
    assert len(give_slip(actor=second, account=account)) == 8
    with pytest.raises(NotAllowed):
        give_slip(actor=actor_for(town.people["secretary"], "secretary"), account=account)
