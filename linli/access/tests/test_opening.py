"""An empty installation is opened once, with a code from the machine itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from linli.access import actions
from linli.access.models import Account, DemoMark, OneTimeCode
from linli.access.queries import Fresh
from linli.access.tests.conftest import NOW, PASSPHRASE, clock, root  # noqa: F401
from linli.audit.models import AuditRecord
from linli.core.actor import Actor, at_machine
from linli.core.errors import BadInput, NotAllowed, WrongState
from linli.people.models import Appointment, Body
from linli.places.models import Place

pytestmark = pytest.mark.django_db
OPENING = actions.Opening("拉姆", "lamu", "城关区", "吉日街道", "雪莲社区", "雪莲社区居委会", "08916321234")
STRANGER = Actor(now=NOW, address="10.0.0.9")


def give(at=NOW):
    return actions.give_opening_code(actor=at_machine(at))


def begin(code, opening=OPENING, at=NOW):
    return actions.open_installation(actor=STRANGER.at(at), code=code, opening=opening, fresh=Fresh("hash"))


def test_opening_makes_the_community_its_office_and_a_secretary_who_administers():
    assert begin(give().lower()).token
    place = Place.objects.get(level="community")
    assert [one.name for one in Place.objects.order_by("order")] == ["城关区", "吉日街道", "雪莲社区"]
    assert (Body.objects.get().place, Body.objects.get().phone) == (place, "08916321234")
    posts = Appointment.objects.order_by("id").values_list("person__display_name", "post", "place")
    assert list(posts) == [("拉姆", "secretary", place.pk), ("拉姆", "administrator", None)]
    assert Account.objects.get().passphrase == "hash"
    assert AuditRecord.objects.filter(verb="account.founded").count() == 1


def test_opening_is_for_the_machine_alone_to_allow():
    for actor in (root(), STRANGER, Actor(now=NOW, channel="command")):
        with pytest.raises(NotAllowed):
            actions.give_opening_code(actor=actor)


def test_opening_happens_once():
    code = give()
    begin(code)
    with pytest.raises(WrongState):
        begin(code)
    with pytest.raises(WrongState):
        give()


def test_a_demo_is_not_opened():
    DemoMark.objects.create(pk=1, made_at=NOW)
    with pytest.raises(WrongState):
        give()
    with pytest.raises(WrongState):
        begin("AAAA AAAA")


def test_opening_code_dies_with_the_next_and_with_time():
    first = give()
    second = give()
    assert begin(first).words == actions.opening.WRONG_CODE
    assert begin(second, at=NOW + timedelta(days=8)).words == actions.opening.WRONG_CODE
    assert not Account.objects.exists()
    assert not Place.objects.exists()


def test_wrong_opening_codes_lock_the_door():
    code = give()
    for _ in range(5):
        assert not begin("2222 2222").token
    assert begin(code).words == actions.opening.LOCKED
    assert begin(code, at=NOW + timedelta(minutes=16)).token


def test_opening_that_fails_leaves_code_and_nothing_else():
    code = give()
    with pytest.raises(BadInput):
        begin(code, actions.Opening("拉姆", "x", "城关区", "吉日街道", "雪莲社区", "雪莲社区居委会"))
    assert OneTimeCode.objects.get().spent_at is None
    assert not Place.objects.exists()


def test_command_prints_the_code_until_it_is_opened(capsys):
    call_command("access", "opening-code")
    assert begin(capsys.readouterr().out.split()[0], at=OneTimeCode.objects.get().made_at).token
    with pytest.raises(CommandError):
        call_command("access", "opening-code")


def test_first_page_opens_and_leads_to_the_second_factor(client, clock):  # noqa: F811
    assert "/begin/" in client.get("/").content.decode()
    typed = {
        "code": give(), "district": "城关区", "street": "吉日街道", "community": "雪莲社区", "phone": "0891-6321234",
        "name": "拉姆", "login": "lamu", "passphrase": PASSPHRASE, "again": PASSPHRASE,
    }  # fmt: skip
    wrong = client.post("/begin/", typed | {"again": "别的", "login": "x"})
    assert wrong.status_code == 422
    answer = client.post("/begin/", typed)
    assert (answer.status_code, answer.url) == (302, "/sign-in/second/?next=/opening/")
    assert client.get("/account/second-factor/").status_code == 200
    assert Body.objects.get().name == "雪莲社区居委会"
    assert client.get("/begin/").url == "/sign-in/"
