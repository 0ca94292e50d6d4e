"""The door: in, out, locked, and never sent elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.access.actions import sign_in as sign_in_act
from linli.access.models import Account, Lock, Session
from linli.access.queries import COOKIE, actor_of, proof_of
from linli.access.rules import token_digest
from linli.access.tests.conftest import NOW, PASSPHRASE, sign_in, slip_for
from linli.access.views.doors import landing
from linli.audit.models import AuditRecord
from linli.core.actor import Actor, Grant
from linli.people.actions import AppointmentDraft, appoint_people, end_appointment, erase_person
from linli.people.models import Appointment
from linli.people.tests.conftest import TODAY, actor_for, root


def test_sign_in_opens_a_session_with_the_rights_of_the_post(town, client, django_assert_num_queries):
    answer = sign_in(client, " Desk ")
    assert (answer.status_code, answer["Location"]) == (302, landing())
    token = client.cookies[COOKIE].value
    with django_assert_num_queries(1):
        actor = actor_of(token, NOW)
    assert (actor.name, actor.hat, actor.body_id) == ("李梅", "desk", town.bodies["office"].pk)
    grant = Grant("desk", "community", town.places["community"].pk, town.bodies["office"].pk)
    assert actor.grants == (grant,)
    assert not Session.objects.filter(digest=token).exists()


def test_sign_in_cookie_is_closed_to_scripts_and_other_sites(town, client):
    sign_in(client, "desk")
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


@pytest.mark.parametrize("login", ["desk", "nobody-here"])
def test_sign_in_answers_a_wrong_try_the_same_for_known_and_unknown(town, client, login):
    answer = sign_in(client, login, "not the passphrase")
    assert answer.status_code == 422
    assert COOKIE not in client.cookies
    assert "登录名或密码不对" in answer.content.decode()


@pytest.mark.parametrize("login", ["desk", "nobody-here"])
def test_sign_in_is_locked_after_five_failures_and_longer_each_time(town, client, login):
    for _try in range(5):
        sign_in(client, login, "wrong")
    assert "先锁住了" in sign_in(client, login).content.decode()
    town.clock.now = NOW + timedelta(minutes=14)
    assert sign_in(client, login).status_code == 422
    town.clock.now = NOW + timedelta(minutes=15)
    for _try in range(5):
        sign_in(client, login, "wrong")
    lock = Lock.objects.get(key__startswith="login:")
    assert lock.locked_until == town.clock.now + timedelta(minutes=30)


def test_sign_in_succeeds_after_the_lock_and_forgets_failures(town, client):
    for _try in range(5):
        sign_in(client, "desk", "wrong")
    town.clock.now = NOW + timedelta(minutes=15)
    assert sign_in(client, "desk").status_code == 302
    assert not Lock.objects.filter(key__startswith="login:").exists()


def test_sign_in_stops_an_address_that_tries_many_logins(town, client):
    for number in range(30):
        sign_in(client, f"guess{number}", "wrong")
    assert "先锁住了" in sign_in(client, "desk").content.decode()
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "desk").status_code == 302


def test_sign_in_gives_a_new_token_whatever_was_in_the_cookie(town, client):
    client.cookies[COOKIE] = "fixed-by-somebody-else-before"
    sign_in(client, "desk")
    first = client.cookies[COOKIE].value
    assert first != "fixed-by-somebody-else-before"
    sign_in(client, "desk")
    assert client.cookies[COOKIE].value != first


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb: c"]
)
def test_sign_in_sends_nobody_to_another_site(town, client, elsewhere):
    assert sign_in(client, "desk", next=elsewhere)["Location"] == landing()


def test_sign_in_goes_on_to_the_page_that_was_asked_for(town, client):
    assert client.get("/account/")["Location"] == "/sign-in/?next=%2Faccount%2F"
    assert sign_in(client, "desk", next="/account/")["Location"] == "/account/"


def test_sign_in_needs_the_form_token(town):
    assert sign_in(Client(enforce_csrf_checks=True), "desk").status_code == 403


def test_sign_in_is_refused_when_the_passphrase_changed_in_between(town):
    proof = proof_of("desk", PASSPHRASE, "", NOW)
    Account.objects.filter(login="desk").update(passphrase="another")
    assert not sign_in_act(actor=Actor(now=NOW), proof=proof).token


def test_sign_out_ends_the_session_for_good(town, client):
    sign_in(client, "desk")
    token = client.cookies[COOKIE].value
    client.post("/sign-out/")
    assert client.cookies[COOKIE].value == ""
    assert not actor_of(token, NOW).is_signed_in


def test_session_of_staff_lapses_after_fifteen_idle_minutes(town, client):
    sign_in(client, "desk")
    token = client.cookies[COOKIE].value
    assert actor_of(token, NOW + timedelta(minutes=15, seconds=-1)).is_signed_in
    assert not actor_of(token, NOW + timedelta(minutes=15)).is_signed_in


def test_session_stays_open_while_it_is_used(town, client):
    sign_in(client, "desk")
    for minutes in (14, 28, 42):
        town.clock.now = NOW + timedelta(minutes=minutes)
        assert client.get("/account/").status_code == 200
    town.clock.now = NOW + timedelta(hours=12)
    assert client.get("/account/").status_code == 302


def test_session_ends_when_posts_change(town, client):
    sign_in(client, "desk")
    draft = AppointmentDraft(town.people["desk"], "captain", place=town.places["building"])
    appoint_people(actor=root(), drafts=[draft])
    assert not actor_of(client.cookies[COOKIE].value, NOW).is_signed_in
    sign_in(client, "desk")
    held = Appointment.objects.get(person=town.people["desk"], post="desk")
    end_appointment(actor=root(), appointment=held, on=TODAY)
    assert not actor_of(client.cookies[COOKIE].value, NOW).is_signed_in


def test_session_does_not_outlive_the_last_day_of_the_post(town, client):
    held = Appointment.objects.get(person=town.people["desk"], post="desk")
    end_appointment(actor=root(), appointment=held, on=TODAY)
    sign_in(client, "desk")
    assert Session.objects.latest("id").ends_at == NOW + timedelta(hours=8)


def test_session_ends_and_the_login_dies_when_the_person_is_erased(town, client):
    sign_in(client, "desk")
    erase_person(actor=actor_for(town.people["desk"]), person=town.people["desk"])
    assert not actor_of(client.cookies[COOKIE].value, NOW).is_signed_in
    assert sign_in(Client(), "desk").status_code == 422


def test_session_is_seen_and_ended_from_another_device(town, client):
    sign_in(client, "desk")
    other = Client()
    sign_in(other, "desk")
    there = Session.objects.get(digest=token_digest(other.cookies[COOKIE].value))
    assert client.post(f"/account/sessions/{there.uid}/end/").status_code == 302
    assert other.get("/account/").status_code == 302
    stranger = Client()
    sign_in(stranger, "manager")
    mine = Session.objects.get(digest=token_digest(client.cookies[COOKIE].value))
    assert stranger.post(f"/account/sessions/{mine.uid}/end/").status_code == 404


def test_start_sets_the_first_passphrase_with_a_slip_once(town, client):
    code = slip_for(town.people["desk"])
    new = "A-new-one-2026"
    typed = {"login": "desk", "code": f"{code[:4]} {code[4:].lower()}", "passphrase": new, "again": new}
    assert client.post("/sign-in/start/", typed).status_code == 302
    assert sign_in(Client(), "desk", new).status_code == 302
    assert (
        client.post("/sign-in/start/", {**typed, "passphrase": "other-One-77", "again": "other-One-77"}).status_code
        == 422
    )


def test_start_refuses_a_late_slip_a_wrong_code_and_an_unknown_login_alike(town, client):
    code, new = slip_for(town.people["desk"]), "A-new-one-2026"
    words = set()
    for login, typed in (("desk", "WRONG234"), ("nobody", code)):
        answer = client.post("/sign-in/start/", {"login": login, "code": typed, "passphrase": new, "again": new})
        words.add("登录名或开通码不对" in answer.content.decode())
    town.clock.now = NOW + timedelta(days=7)
    answer = client.post("/sign-in/start/", {"login": "desk", "code": code, "passphrase": new, "again": new})
    assert words == {True}
    assert answer.status_code == 422


def test_passphrase_is_changed_against_the_present_one_and_ends_other_sessions(town, client):
    sign_in(client, "desk")
    other = Client()
    sign_in(other, "desk")
    new = {"current": PASSPHRASE, "passphrase": "Another-one-9", "again": "Another-one-9"}
    assert client.post("/account/passphrase/", {**new, "current": "wrong"}).status_code == 422
    assert client.post("/account/passphrase/", new).status_code == 302
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    back = {"current": "Another-one-9", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert "最近用过" in client.post("/account/passphrase/", back).content.decode()


def test_failed_tries_are_in_the_audit_without_what_was_typed(town, client):
    sign_in(client, "desk", "my secret mistake")
    record = AuditRecord.objects.get(verb="account.sign_in_failed")
    assert record.subject == Account.objects.get(login="desk").uid
    assert "mistake" not in str(record.__dict__)
