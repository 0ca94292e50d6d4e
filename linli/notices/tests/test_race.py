"""Two deliverers and two sealers at the same instant, as processes of their own, on a scratch installation."""

import json
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from linli.audit.actions import record_acts
from linli.audit.rules import Record
from linli.core.actor import system
from linli.core.times import now
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
queue_notices(actor=system(now()), messages=[Message("x", str(n), phone=f"138{n:08d}", urgent=True) for n in range(60)])
record_acts(actor=system(now()), records=[Record("x", str(n), "c") for n in range(60)])
"""
DELIVER = """
import django; django.setup()
import sys
from linli.audit.actions import seal_records
from linli.core.actor import system
from linli.core.times import now
from linli.notices import clock
sys.stdin.readline()
while clock.deliver_notices(now()): pass
print(seal_records(actor=system(now()), is_all=True))
"""
VERDICT = """
import django; django.setup()
from linli.audit.queries import unsealed_count, verdicts
from linli.core.times import now
from linli.notices.models import Delivery
print([verdict.fault for verdict in verdicts(now())], unsealed_count(), Delivery.objects.filter(state="SENT").count())
"""


def start(code, home):
    return subprocess.Popen(
        [sys.executable, "-c", code], env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def run(code, home):
    process = start(code, home)
    said, _ = process.communicate("\n", timeout=120)
    assert process.returncode == 0
    return said.strip()


@pytest.fixture
def home(tmp_path, django_db_blocker, django_db_setup):
    """The environment of a scratch installation; on PostgreSQL with a database of its own."""
    told = {**os.environ, "LINLI_DATA": str(tmp_path), "LINLI_SMS": "file:", "LINLI_DATABASE_URL": ""}
    if connection.vendor == "sqlite":
        yield told
        return
    known, name = connection.settings_dict, f"{connection.settings_dict['NAME']}_race"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    secret = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    url = f"postgresql://{known['USER']}{secret}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
    yield {**told, "LINLI_DATABASE_URL": url}
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_side_by_side_each_message_goes_out_once_and_the_chain_is_sound(home, tmp_path):
    assert settings.LINLI_KEY_FILE
    run(PREPARE, home)
    crew = [start(DELIVER, home) for _ in range(3)]
    for one in crew:
        one.stdin.write("\n")
        one.stdin.flush()
    sealed = sum(int(one.communicate(timeout=120)[0]) for one in crew)
    lines = [json.loads(line) for line in (tmp_path / "outbox.jsonl").read_text().splitlines()]
    assert sorted(line["title"] for line in lines) == sorted(str(n) for n in range(60))
    assert sealed == 60
    assert run(VERDICT, home) == "[None] 0 60"


@pytest.mark.slow
def test_deliverer_that_is_killed_loses_no_message(home, tmp_path):
    run(PREPARE, home)
    victim = start(DELIVER, home)
    victim.stdin.write("\n")
    victim.stdin.flush()
    outbox = tmp_path / "outbox.jsonl"
    while victim.poll() is None and not (outbox.exists() and len(outbox.read_text().splitlines()) > 5):
        time.sleep(0.005)
    victim.kill()
    victim.communicate()
    later = DELIVER.replace(
        "clock.deliver_notices(now())", "clock.deliver_notices(now() + __import__('datetime').timedelta(minutes=3))"
    )
    run(later, home)
    titles = [json.loads(line)["title"] for line in outbox.read_text().splitlines()]
    assert set(titles) == {str(n) for n in range(60)}
    assert len(titles) <= 61  # the one in hand may have gone out unnoted
    assert run(VERDICT, home) == "[None] 0 60"
