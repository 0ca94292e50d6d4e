"""A SQLite installation moves to PostgreSQL with every row, number and seal; its own file is not touched."""

from __future__ import annotations

import os
import uuid

import psycopg
import pytest

from linli.config.tests.test_backups import Installation

FILL = """
from linli.core.actor import system
from linli.core.times import now
from linli.audit.actions import record_act, seal_records
from linli.tickets.tests.conftest import Town
from linli.places.models import Place
from linli.matters.models import Matter
town = Town()
town.finished(); town.dispatched(words="电梯 100% 坏了\\n'真的'\\t\\\\N")
record_act(actor=system(now()), verb="clock.wound", community="530199001001", detail={"b": [1, None], "a": "甲"})
seal_records(actor=system(now()), is_all=True)
"""
HELD = """
from linli.matters.models import Matter
from linli.people.models import Person
from linli.places.models import Place
from linli.tickets.models import Ticket
print(sorted(Matter.objects.values_list("uid", "number")), sorted(Place.objects.values_list("tag", "label")),
      sorted(Ticket.objects.values_list("words", "reporter_phone")), sorted(Person.objects.values_list("phone")))
"""


@pytest.fixture
def address():
    """An empty PostgreSQL database, where a server answers."""
    server = os.environ.get("LINLI_TEST_POSTGRES") or "postgresql://postgres@127.0.0.1:5432/postgres"
    server = (os.environ.get("LINLI_TEST_DATABASE_URL") or server).rpartition("/")[0]
    name = f"linli_move_{uuid.uuid4().hex[:8]}"
    try:
        with psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=3) as here:
            here.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL here")
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as here:
        here.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def old(tmp_path):
    house = Installation(tmp_path / "old").stand()
    house.env["PORT"] = "1"
    house.python(f"exec({FILL!r})")
    return house


@pytest.mark.slow
def test_move_keeps_rows_numbers_codes_words_and_seals(old, address):
    before = old.python(f"exec({HELD!r})")
    moved = old.linli("move", "--to", address)
    assert moved.stderr == ""
    assert "the same" in moved.stdout
    assert ": sound" in moved.stdout
    old.env["LINLI_DATABASE_URL"] = address
    assert old.python(f"exec({HELD!r})") == before
    assert "真的" in before
    old.python(f"exec({ANOTHER!r})")
    assert old.linli("audit", "verify").returncode == 0


ANOTHER = """
from linli.people.actions import PersonDraft, add_people
from linli.tickets.tests.conftest import root
from linli.matters.models import Matter
from linli.tickets.actions import Draft, file_tickets
from linli.places.models import Place
add_people(actor=root(), drafts=[PersonDraft("新来的")])
place = Place.objects.get(name="2号楼")
file_tickets(actor=root(), drafts=[Draft(place=place, words="又坏了", category_code="street_light")])
assert len(set(Matter.objects.values_list("number", flat=True))) == Matter.objects.count() == 3
"""


@pytest.mark.slow
def test_move_goes_into_an_empty_database_only_and_leaves_the_file(old, address):
    old.linli("move", "--to", address)
    again = old.linli("move", "--to", address)
    assert (again.returncode, "There are data already" in again.stderr) == (1, True)
    assert old.linli("move", "--to", "postgresql://nobody@127.0.0.1:1/x").returncode == 1
    assert old.linli("audit", "verify").returncode == 0
