"""People with accounts, and the door."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pyotp
import pytest
from django.contrib.auth.hashers import make_password

from linli.access.actions import give_slip, open_account
from linli.access.models import Account
from linli.people.tests.conftest import NOW, actor_for, people_of, plant, root

PASSPHRASE = "雪莲苑门口有一棵老柳树真好看"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def clock(monkeypatch):
    """The web's clock, set by hand."""
    hands = SimpleNamespace(now=NOW)
    monkeypatch.setattr("linli.config.middleware.now", lambda: hands.now)
    return hands


@pytest.fixture
def town(db, clock):
    """The neighbourhood; desk and secretary have accounts."""
    places = plant()
    people, bodies = people_of(places)
    for who in ("desk", "secretary", "manager"):
        account = open_account(actor=root(), person=people[who], login=who)
        Account.objects.filter(pk=account.pk).update(passphrase=make_password(PASSPHRASE), passphrase_set_at=NOW)
    return SimpleNamespace(places=places, people=people, bodies=bodies, clock=clock)


def sign_in(client, login, passphrase=PASSPHRASE, **more):
    return client.post("/sign-in/", {"login": login, "passphrase": passphrase, **more})


def totp_at(moment, secret=SECRET):
    return pyotp.TOTP(secret).at(moment)


def code_in(answer):
    """The slip's code on a page."""
    return re.search(r"<code>(\w{4}) (\w{4})</code>", answer.content.decode()).expand(r"\1\2")


def slip_for(person):
    account = Account.objects.get(person=person)
    return give_slip(actor=root(), account=account)


__all__ = ["NOW", "PASSPHRASE", "SECRET", "actor_for", "root"]
