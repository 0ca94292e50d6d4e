"""Four real processes at the same rows, in the same instant, on the database at hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from linli.matters.tests.race import COUNT, PROCESSES


@pytest.fixture
def address(tmp_path):
    """A database of our own beside the tests' one."""
    if connection.vendor == "sqlite":
        yield ""
        return
    there = connection.settings_dict
    login = {"host": there["HOST"], "port": there["PORT"] or None, "user": there["USER"], "password": there["PASSWORD"]}
    name = f"race_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT']}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_processes_race_and_one_wins(address, tmp_path):
    env = {**os.environ, "LINLI_DATABASE_URL": address, "LINLI_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "linli.matters.tests.race"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "won": COUNT // 2,
        "lost": COUNT // 2 * (PROCESSES - 1),
        "numbers": 10 * PROCESSES,
        "accepted": COUNT // 2,
        "reminded": COUNT // 2,
        "told": COUNT // 2,
        "waiting": 0,
    }
