"""Three real processes accept, claim, rate, merge and file the same at the same instant, on the database at hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from linli.tickets.tests.race import PROCESSES, ROUNDS


@pytest.fixture
def address():
    """A database of our own beside the tests' one."""
    if connection.vendor == "sqlite":
        yield ""
        return
    there = connection.settings_dict
    login = {"host": there["HOST"], "port": there["PORT"] or None, "user": there["USER"], "password": there["PASSWORD"]}
    name = f"tickets_race_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT']}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_processes_race_and_one_wins_each(address, tmp_path):
    env = {**os.environ, "LINLI_DATABASE_URL": address, "LINLI_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "linli.tickets.tests.race"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lost = ROUNDS * (PROCESSES - 1)
    assert json.loads(done.stdout) == {
        **dict.fromkeys(("accept", "claim", "rate", "merge", "filed", "ratings", "merges", "same drafts"), ROUNDS),
        **dict.fromkeys(("accept lost", "claim lost", "rate lost", "merge lost"), lost),
    }
