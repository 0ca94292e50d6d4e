"""For every test: plain static files and a quick hash. ``tests/environment.py`` comes before."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture(scope="session", autouse=True)
def _plain_static():
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def _chinese_to_begin_with():
    """Whatever language the test before has turned to."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _clean_up_past_guards():
    """Tables that the database guards (audit, story) may be emptied between tests, and at no other time."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_past_guards(self, statements):
        if self.connection.vendor == "postgresql":
            guards = ["SET session_replication_role = replica"], ["SET session_replication_role = origin"]
        else:
            with self.connection.cursor() as cursor:
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT LIKE '%fts%'"
                )
                found = cursor.fetchall()
            guards = [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]
        flush(self, [*guards[0], *statements, *guards[1]])

    BaseDatabaseOperations.execute_sql_flush = flush_past_guards
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def own_database():
    """The address of an empty database beside the tests' own, on the engine at hand; "" for SQLite's usual file."""
    import psycopg
    from django.db import connection

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


@pytest.fixture
def raced(own_database, tmp_path):
    """``raced("linli.tickets.tests.race")``: what the processes of that module report, in a database of their own."""

    def run(module):
        env = {**os.environ, "LINLI_DATABASE_URL": own_database, "LINLI_DATA": str(tmp_path / "data")}
        done = subprocess.run([sys.executable, "-m", module], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
