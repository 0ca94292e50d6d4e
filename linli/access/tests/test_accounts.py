"""Accounts in wrong hands, and what is let go of: each act refuses whom it does not concern."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.access import actions
from linli.access.held import ACCESS
from linli.access.models import Account, OneTimeCode, Session
from linli.access.queries import COOKIE, Fresh, Proof, actor_of
from linli.access.rules import token_digest
from linli.access.tests.conftest import NOW, SECRET, sign_in, slip_for, totp_at
from linli.audit.models import AuditRecord
from linli.core.actor import Actor, system
from linli.core.errors import NotAllowed, NotFound
from linli.people.actions import erase_person
from linli.people.tests.conftest import actor_for, root


def account(town, who):
    return Account.objects.get(person=town.people[who])


@pytest.mark.parametrize("who", ["resident", "owner", "stranger"])
def test_account_is_not_opened_given_a_slip_or_closed_by_others(town, who):
    actor = actor_for(town.people[who], "secretary" if who == "stranger" else None)
    with pytest.raises(NotAllowed):
        actions.open_account(actor=actor, person=town.people["captain"], login="captain")
    with pytest.raises(NotAllowed):
        actions.give_slip(actor=actor, account=account(town, "desk"))
    with pytest.raises(NotAllowed):
        actions.close_account(actor=actor, person=town.people["desk"])


def test_account_is_closed_by_its_owner_with_every_door(town, client):
    sign_in(client, "desk")
    slip_for(town.people["desk"])
    actions.close_account(actor=actor_for(town.people["desk"]), person=town.people["desk"])
    assert not Session.objects.filter(ended_at=None).exists()
    assert not OneTimeCode.objects.exists()
    assert sign_in(client, "desk").status_code == 422


def test_passphrase_is_not_set_for_somebody_else(town):
    theirs = account(town, "desk")
    fresh, proof = Fresh("hash", theirs.pk, theirs.passphrase), Proof("key", account_id=theirs.pk)
    with pytest.raises(NotAllowed):
        actions.set_passphrase(actor=actor_for(town.people["captain"]), account=theirs, proof=proof, fresh=fresh)


def test_session_is_not_ended_by_somebody_else(town, client):
    sign_in(client, "desk")
    for actor in (Actor(now=NOW), actor_for(town.people["captain"])):
        with pytest.raises(NotFound):
            actions.end_session(actor=actor, session=Session.objects.get())
    assert Session.objects.filter(ended_at=None).exists()


def test_second_factor_is_not_confirmed_by_a_stranger_or_over_one_in_force(town, client):
    with pytest.raises(NotAllowed):
        actions.confirm_second_factor(actor=Actor(now=NOW), code="000000")
    Account.objects.filter(login="desk").update(totp=SECRET, totp_new=SECRET)
    sign_in(client, "desk")
    actor = actor_of(client.cookies[COOKIE].value, NOW)
    with pytest.raises(NotAllowed):
        actions.confirm_second_factor(actor=actor, code=totp_at(NOW))


def test_printed_codes_are_renewed_after_the_second_factor_and_the_old_ones_die(town, client):
    Account.objects.filter(login="secretary").update(totp=SECRET, recovery=["old"])
    sign_in(client, "secretary")
    client.post("/sign-in/second/", {"code": totp_at(NOW)})
    assert client.post("/account/recovery/").content.decode().count("<code>") == 10
    assert "old" not in account(town, "secretary").recovery
    assert AuditRecord.objects.filter(verb="account.recovery_renewed").count() == 1


def test_sign_in_reads_on_in_the_language_and_letters_of_the_person(town, client):
    person = town.people["desk"]
    type(person).objects.filter(pk=person.pk).update(language="bo", wants_large=True)
    answer = sign_in(client, "desk")
    assert (answer.cookies["language"].value, answer.cookies["large"].value) == ("bo", "1")
    type(person).objects.filter(pk=person.pk).update(wants_large=False)
    assert "large" not in sign_in(client, "desk").cookies


def test_old_doors_are_forgotten_by_the_clock_alone(town, client):
    sign_in(client, "desk")
    slip_for(town.people["desk"])
    with pytest.raises(NotAllowed):
        actions.forget_old_doors(actor=root())
    assert ACCESS.retain(NOW + timedelta(hours=1)) == 0
    assert ACCESS.retain(NOW + timedelta(days=200)) == 2
    assert ACCESS.retain(NOW + timedelta(days=200)) == 0
    assert AuditRecord.objects.filter(verb="account.doors_forgotten").count() == 1


def test_account_of_who_left_is_wiped_by_the_clock_alone(town, client):
    person, mine = town.people["desk"], account(town, "desk")
    sign_in(client, "desk")
    erase_person(actor=actor_for(person), person=person)
    with pytest.raises(NotAllowed):
        actions.wipe_account(actor=root(), person_uid=person.uid)
    actions.wipe_account(actor=system(NOW), person_uid=person.uid)
    mine.refresh_from_db()
    assert (mine.login, mine.passphrase, mine.is_active) == (None, "", False)
    assert not Session.objects.filter(digest=token_digest(client.cookies[COOKIE].value)).exists()
    actions.wipe_account(actor=system(NOW), person_uid=town.people["resident"].uid)
