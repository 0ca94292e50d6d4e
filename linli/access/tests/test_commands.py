"""`linli access`."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linli.access.actions import create_administrator, recover_account
from linli.access.models import Account, Session
from linli.access.tests.conftest import sign_in
from linli.core.errors import NotAllowed
from linli.people.queries import appointments_of
from linli.people.tests.conftest import TODAY, root


def run(*words):
    out = StringIO()
    call_command("access", *words, stdout=out)
    return re.search(r"code:\s+(\w{8})", out.getvalue()).group(1)


@pytest.mark.django_db
def test_administrator_is_made_at_the_machine_and_starts_with_the_slip(client):
    code = run("create-administrator", "root.admin", "--name", "管理员")
    account = Account.objects.get(login="root.admin")
    assert not appointments_of(account.person_id, TODAY) or account.person.display_name == "管理员"
    new = "First-passphrase-1"
    typed = {"login": "root.admin", "code": code, "passphrase": new, "again": new}
    assert client.post("/sign-in/start/", typed)["Location"].startswith("/sign-in/second/")
    with pytest.raises(CommandError):
        run("create-administrator", "root.admin")


def test_account_is_recovered_at_the_machine_alone(town, client):
    sign_in(client, "desk")
    code = run("recover", "desk")
    assert len(code) == 8
    assert not Session.objects.filter(account__login="desk", ended_at=None).exists()
    assert sign_in(client, "desk").status_code == 422
    with pytest.raises(CommandError):
        run("recover", "nobody")
    with pytest.raises(NotAllowed):
        recover_account(actor=root(), account=Account.objects.get(login="desk"))
    with pytest.raises(NotAllowed):
        create_administrator(actor=root(), name="x", login="xyz")
