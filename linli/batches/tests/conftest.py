"""An importer of names into a list in memory of the database: places' own table is not ours to know here."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linli.batches.imports import IMPORTERS, Checked, Importer, Option, Outcome
from linli.batches.models import SavedMapping
from linli.batches.rules import Column
from linli.core.actor import Actor, Grant
from linli.core.errors import BadInput

BROKEN = "坏"
NOW = datetime(2026, 9, 24, 8, 0, tzinfo=UTC)


def check(actor, rows, options):
    checked = []
    for row in rows:
        faults = [] if row.get("name") else ["没有姓名"]
        there = SavedMapping.objects.filter(importer="shelf", name=row.get("name", "")).exists()
        checked.append(Checked(row, faults, "already" if there else "new"))
    return checked


def commit(actor, rows, options):
    """Put each name on a shelf; stands in for an upper module's act."""
    outcomes = []
    for row in rows:
        if row.values["name"] == BROKEN:
            raise BadInput({"name": ["这一行进不去"]})
        if row.values["name"] == "崩":
            raise RuntimeError("the disk is on fire")
        SavedMapping.objects.create(importer="shelf", name=row.values["name"], mapping={}, saved_at=actor.now)
        outcomes.append(Outcome("new"))
    return outcomes


def shelf():
    return set(SavedMapping.objects.filter(importer="shelf").values_list("name", flat=True))


NAMES = Importer(
    name="names",
    words="姓名",
    columns=(Column("name", "姓名", True, ("名字",), "央珍"), Column("phone", "电话", example="13800000000")),
    may=lambda actor: actor.holds("desk", "administrator"),
    check=check,
    commit=commit,
    options=(Option("loud", "大声", default=False),),
    mappings={"letters": {"name": "来信人"}},
    export=lambda actor, options: [("=1+1", "00123"), ("卓玛", "")],
)


@pytest.fixture(autouse=True)
def names_importer():
    IMPORTERS.declare(NAMES)
    yield NAMES
    IMPORTERS._records.pop("names", None)


@pytest.fixture
def clerk():
    return Actor(now=NOW, account_id=1, account_uid="a" * 32, name="央珍", grants=(Grant("desk", "nowhere"),))


@pytest.fixture
def colleague():
    return Actor(now=NOW, account_id=2, account_uid="b" * 32, grants=(Grant("desk", "nowhere"),))


@pytest.fixture
def nobody():
    return Actor(now=NOW)
