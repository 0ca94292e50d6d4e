import json

import pytest
from django.core.management import call_command

from linli.audit.actions import record_act
from linli.audit.models import AuditRecord
from linli.core.actor import system

from .test_actions import NOW
from .test_seals import by_hand

pytestmark = pytest.mark.django_db


def told(capsys, *words):
    call_command("audit", *words, "--json")
    return json.loads(capsys.readouterr().out)


def test_command_seals_tells_the_head_and_verifies(capsys):
    record_act(actor=system(NOW), verb="x", community="540102001001")
    assert told(capsys, "seal") == {"sealed": 1}
    head = told(capsys, "head")["chains"]["540102001001"]["head"]
    found = told(capsys, "verify", "--head", head)
    assert (found["sound"], found["seals"], found["records"], found["unsealed"]) == (True, 1, 1, 0)


def test_command_fails_and_names_the_record_that_was_altered(capsys):
    record_act(actor=system(NOW), verb="x")
    call_command("audit", "seal")
    by_hand(("UPDATE audit_auditrecord SET verb = %s", ["y"]))
    capsys.readouterr()
    with pytest.raises(SystemExit):
        call_command("audit", "verify")
    assert f"altered {AuditRecord.objects.get().uid}" in capsys.readouterr().out


def test_command_fails_when_a_head_that_was_written_down_is_gone(capsys):
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--head", "f" * 64)
    assert "seals were removed" in capsys.readouterr().out
