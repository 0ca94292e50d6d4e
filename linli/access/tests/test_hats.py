"""Second factor, hats, telephone codes, the demo's roles, receipts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linli.access.actions import mark_demo, pass_second_factor, skip_demo_days, wear_hat, wear_role
from linli.access.models import Account, OneTimeCode
from linli.access.queries import COOKIE, RECEIPTS, actor_of, receipts_of, remember_receipt
from linli.access.tests.conftest import NOW, SECRET, sign_in, totp_at
from linli.audit.models import AuditRecord
from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, NotFound
from linli.notices.models import Notice
from linli.people.actions import AppointmentDraft, appoint_people
from linli.people.models import Appointment, Person
from linli.people.queries import persons_by_phone
from linli.people.tests.conftest import root


def enrol(login):
    Account.objects.filter(login=login).update(totp=SECRET)


def test_second_factor_is_asked_before_the_post_can_be_worn(town, client):
    enrol("secretary")
    assert sign_in(client, "secretary", next="/account/")["Location"] == "/sign-in/second/?next=%2Faccount%2F"
    assert actor_of(client.cookies[COOKIE].value, NOW).grants == ()
    before = client.cookies[COOKIE].value
    answer = client.post("/sign-in/second/", {"code": totp_at(NOW), "next": "/account/"})
    assert answer["Location"] == "/account/"
    actor = actor_of(client.cookies[COOKIE].value, NOW)
    assert (actor.hat, actor.second_factor, actor_of(before, NOW).is_signed_in) == ("secretary", True, False)


def test_second_factor_takes_a_code_once_only(town, client):
    enrol("secretary")
    code = totp_at(NOW)
    sign_in(client, "secretary")
    client.post("/sign-in/second/", {"code": code})
    other = Client()
    sign_in(other, "secretary")
    assert other.post("/sign-in/second/", {"code": code}).status_code == 422


def test_second_factor_locks_after_five_wrong_codes(town, client):
    enrol("secretary")
    sign_in(client, "secretary")
    for _try in range(5):
        client.post("/sign-in/second/", {"code": "000000"})
    assert "先锁住了" in client.post("/sign-in/second/", {"code": totp_at(NOW)}).content.decode()


def test_second_factor_is_set_up_and_printed_codes_open_once(town, client):
    sign_in(client, "secretary")
    assert client.get("/sign-in/second/")["Location"].startswith("/account/second-factor/")
    page = client.get("/account/second-factor/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page).group(1)
    answer = client.post("/account/second-factor/", {"code": totp_at(NOW, secret)})
    codes = [a + b for a, b in re.findall(r"<code>(\w{4}) (\w{4})</code>", answer.content.decode())]
    assert len(codes) == 10
    assert actor_of(client.cookies[COOKIE].value, NOW).hat == "secretary"
    for expected in (302, 422):
        other = Client()
        sign_in(other, "secretary")
        assert other.post("/sign-in/second/", {"code": codes[0].lower()}).status_code == expected


def test_second_factor_is_not_replaced_by_who_knows_the_passphrase_alone(town, client):
    enrol("secretary")
    sign_in(client, "secretary")
    assert client.get("/account/second-factor/").status_code == 403
    assert client.post("/account/recovery/").status_code == 403


def test_second_factor_of_another_session_is_refused(town, client):
    enrol("secretary")
    sign_in(client, "secretary")
    other = Client()
    sign_in(other, "desk")
    actor = actor_of(other.cookies[COOKIE].value, NOW)
    with pytest.raises(NotAllowed):
        pass_second_factor(actor=actor, token=client.cookies[COOKIE].value, code=totp_at(NOW))


def two_hats(town):
    draft = AppointmentDraft(town.people["desk"], "captain", place=town.places["building"])
    (captain,) = appoint_people(actor=root(), drafts=[draft])
    return captain


def test_hat_is_changed_visibly_under_a_new_token(town, client):
    captain = two_hats(town)
    sign_in(client, "desk")
    before = client.cookies[COOKIE].value
    page = client.get("/hats/").content.decode()
    assert all(words in page for words in ("社区窗口", "楼长", "现在用的"))
    assert client.post("/hats/", {"hat": captain.uid}).status_code == 302
    actor = actor_of(client.cookies[COOKIE].value, NOW)
    assert (actor.hat, actor.grants[0].level, actor_of(before, NOW).is_signed_in) == ("captain", "building", False)


def test_hat_of_somebody_else_answers_as_if_there_were_none(town, client):
    sign_in(client, "desk")
    foreign = Appointment.objects.get(post="property_manager")
    assert client.post("/hats/", {"hat": foreign.uid}).status_code == 404
    actor, token = actor_of(client.cookies[COOKIE].value, NOW), client.cookies[COOKIE].value
    with pytest.raises(NotFound):
        wear_hat(actor=actor, token=token, appointment=foreign)


def test_hat_that_needs_a_second_factor_is_not_worn_without(town, client):
    sign_in(client, "secretary")
    hat = Appointment.objects.get(person=town.people["secretary"], post="secretary")
    token = client.cookies[COOKIE].value
    with pytest.raises(NotAllowed):
        wear_hat(actor=actor_of(token, NOW), token=token, appointment=hat)


def test_hat_is_changed_once_when_pressed_twice(town, client):
    captain = two_hats(town)
    sign_in(client, "desk")
    token = client.cookies[COOKIE].value
    actor = actor_of(token, NOW)
    wear_hat(actor=actor, token=token, appointment=captain)
    with pytest.raises((LostRace, NotAllowed)):
        wear_hat(actor=actor, token=token, appointment=captain)


@pytest.fixture
def sms(settings):
    settings.LINLI_SMS = "console:"


def sent_code():
    return re.search(r"\d{6}", Notice.objects.latest("id").words).group()


def test_phone_pages_are_absent_where_no_code_can_arrive(town, client):
    assert client.get("/sign-in/phone/").status_code == 404
    assert client.post("/sign-in/phone/", {"phone": "13800138000"}).status_code == 404
    assert client.post("/sign-in/code/", {"phone": "13800138000", "code": "123456"}).status_code == 404
    assert "手机号" not in client.get("/sign-in/").content.decode()


def test_phone_code_opens_a_residents_session_over_their_compound(town, client, sms):
    client.post("/sign-in/phone/", {"phone": "138 0013 8000"})
    assert client.post("/sign-in/code/", {"phone": "13800138000", "code": sent_code()}).status_code == 302
    actor = actor_of(client.cookies[COOKIE].value, NOW)
    assert (actor.person_id, actor.hat) == (town.people["resident"].pk, "resident")
    assert [(grant.level, grant.place_id) for grant in actor.grants] == [("compound", town.places["compound"].pk)]
    assert actor_of(client.cookies[COOKIE].value, NOW + timedelta(minutes=29)).is_signed_in


def test_phone_code_never_opens_a_staff_post(town, client, sms):
    client.post("/sign-in/phone/", {"phone": town.people["desk"].phone})
    client.post("/sign-in/code/", {"phone": town.people["desk"].phone, "code": sent_code()})
    assert actor_of(client.cookies[COOKIE].value, NOW).grants == ()
    assert "换成社区窗口" not in client.get("/hats/").content.decode()


def test_phone_code_registers_who_is_new_only_after_the_code(town, client, sms):
    known = client.post("/sign-in/phone/", {"phone": "13800138000"}).content
    unknown = client.post("/sign-in/phone/", {"phone": "13999999999"}).content
    assert len(known) == len(unknown)
    assert not persons_by_phone("13999999999").exists()
    client.post("/sign-in/code/", {"phone": "13999999999", "code": sent_code()})
    assert persons_by_phone("13999999999").get().display_name == "居民 9999"


def test_phone_code_dies_after_five_tries_five_minutes_or_one_use(town, client, sms):
    client.post("/sign-in/phone/", {"phone": "13800138000"})
    code = sent_code()
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        client.post("/sign-in/code/", {"phone": "13800138000", "code": wrong})
    assert client.post("/sign-in/code/", {"phone": "13800138000", "code": code}).status_code == 422
    town.clock.now = NOW + timedelta(minutes=2)
    client.post("/sign-in/phone/", {"phone": "13800138000"})
    code = sent_code()
    town.clock.now = NOW + timedelta(minutes=7)
    assert client.post("/sign-in/code/", {"phone": "13800138000", "code": code}).status_code == 422
    client.post("/sign-in/phone/", {"phone": "13800138000"})
    for expected in (302, 422):
        answer = Client().post("/sign-in/code/", {"phone": "13800138000", "code": sent_code()})
        assert answer.status_code == expected


def test_phone_codes_are_sent_once_a_minute_and_few_to_one_address(town, client, sms):
    assert client.post("/sign-in/phone/", {"phone": "13800138000"}).status_code == 200
    assert client.post("/sign-in/phone/", {"phone": "13800138000"}).status_code == 429
    for number in range(19):
        assert client.post("/sign-in/phone/", {"phone": f"139000000{number:02d}"}).status_code == 200
    assert client.post("/sign-in/phone/", {"phone": "13900000099"}).status_code == 429
    assert not OneTimeCode.objects.filter(digest__contains="1380").exists()


def test_role_is_worn_with_one_press_in_a_demo_only(town, client):
    person = town.people["secretary"]
    hat = Appointment.objects.get(person=person)
    assert client.post(f"/roles/{person.uid}/", {"hat": hat.uid}).status_code == 404
    with pytest.raises(NotFound):
        wear_role(actor=Actor(now=NOW), person=person, appointment=hat)
    Account.objects.all().update(passphrase="")
    mark_demo(actor=root())
    assert client.post(f"/roles/{person.uid}/", {"hat": hat.uid}).status_code == 302
    assert actor_of(client.cookies[COOKIE].value, NOW).hat == "secretary"
    assert client.get(f"/roles/{person.uid}/").status_code == 405


def test_days_are_skipped_in_a_demo_only(town):
    with pytest.raises(NotAllowed):
        skip_demo_days(actor=root(), days=3)
    Account.objects.all().update(passphrase="")
    mark_demo(actor=root())
    assert [skip_demo_days(actor=root(), days=3).ahead_days for _press in range(2)] == [3, 6]
    assert AuditRecord.objects.filter(verb="demo.skipped").count() == 2


def test_demo_is_not_marked_where_real_accounts_exist(town):
    with pytest.raises(NotAllowed):
        mark_demo(actor=root())


def test_receipts_are_remembered_by_the_device_and_cannot_be_made_up():
    request = RequestFactory().get("/")
    answer = HttpResponse()
    for uid in ("AAAA222233", "BBBB222233", "AAAA222233"):
        remember_receipt(answer, request, uid)
    again = RequestFactory().get("/")
    again.COOKIES[RECEIPTS] = answer.cookies[RECEIPTS].value
    assert receipts_of(again) == {"AAAA222233", "BBBB222233"}
    again.COOKIES[RECEIPTS] = answer.cookies[RECEIPTS].value + "x"
    assert receipts_of(again) == frozenset()


def test_account_is_opened_with_a_slip_by_who_gives_the_posts(town, client):
    enrol("secretary")
    sign_in(client, "secretary")
    client.post("/sign-in/second/", {"code": totp_at(NOW)})
    captain = town.people["captain"]
    answer = client.post(f"/accounts/{captain.uid}/", {"login": "captain.zhou"})
    assert answer.status_code == 200
    code = re.search(r"<code>(\w{4}) (\w{4})</code>", answer.content.decode()).expand(r"\1\2")
    typed = {"login": "captain.zhou", "code": code, "passphrase": "Good-morning-7", "again": "Good-morning-7"}
    assert Client().post("/sign-in/start/", typed).status_code == 302
    assert client.post(f"/accounts/{town.people['stranger'].uid}/", {"login": "x.y.z"}).status_code == 404
    assert client.get(f"/accounts/{town.people['secretary'].uid}/").status_code == 403


def test_account_is_not_opened_by_the_desk_or_anybody(town, client):
    assert Client().get(f"/accounts/{town.people['captain'].uid}/").status_code == 404
    sign_in(client, "desk")
    assert client.get(f"/accounts/{town.people['captain'].uid}/").status_code == 403
    assert Person.objects.filter(pk=town.people["captain"].pk).exists()
