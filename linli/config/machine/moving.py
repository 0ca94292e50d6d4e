"""From the machine's own SQLite file to PostgreSQL: every row as it is, counted and compared before it is relied on."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from linli.config.backups.engines import proof_of
from linli.config.machine.founding import FoundingError, run_linli

SAME = (
    ("matters_matter", "uid || number"),
    ("places_place", "uid || tag || code"),
    ("audit_seal", "community || number || head"),
    ("audit_auditrecord", "uid"),
    ("files_storedfile", "uid || sha256"),
)
"""What people hold in their hands (numbers, codes under posters), and what proves the past."""


class MovingError(Exception):
    """It was not done; the words say why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived, the same as it was."""

    tables: dict[str, int]
    audit_head: str


def our_tables() -> list[str]:
    """The tables of all our models; the search's index on SQLite is made anew by the database itself."""
    return sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))


def move_to(url: str) -> Moved:
    """Copy everything into the empty PostgreSQL database at ``url``. Raises `MovingError`; no row stays then."""
    if connection.vendor != "sqlite":
        raise MovingError("这里用的不是 SQLite / This installation does not stand on SQLite.")
    env = {"LINLI_DATABASE_URL": url, "LINLI_KEY_FILE": str(settings.LINLI_KEY_FILE)}
    try:
        run_linli(Path(settings.LINLI_DATA), "migrate", "--verbosity", "0", **env)
    except FoundingError as error:
        raise MovingError(str(error.words)) from None
    home = f"file:{connection.settings_dict['NAME']}?mode=ro"
    with psycopg.connect(url) as there, closing(sqlite3.connect(home, uri=True, isolation_level=None)) as here:
        here.execute("BEGIN")
        _empty(there)
        for table in our_tables():
            _copy(here, there, table)
        return _compare(here, there)


def _empty(there: psycopg.Connection[Any]) -> None:
    """Take out what migrating put in (the shipped charter). Raises `MovingError` where somebody uses that database."""
    for table in ("people_person", "matters_matter", "audit_auditrecord"):
        if one(there, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))):
            raise MovingError(f"那里已有数据 / There are data already: {table}")
    for table in our_tables():
        there.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _copy(here: sqlite3.Connection, there: psycopg.Connection[Any], table: str) -> None:
    """One table: SQLite's own words for its values are those that PostgreSQL reads (moments are UTC in both)."""
    names = [row[1] for row in here.execute(f'PRAGMA table_info("{table}")')]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    there.execute("SET LOCAL TimeZone = 'UTC'")
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    quoted = ", ".join(f'"{name}"' for name in names)
    with there.cursor().copy(into) as copy:
        for row in here.execute(f'SELECT {quoted} FROM "{table}"'):  # noqa: S608 - our own names
            copy.write_row(row)
    if "id" in names:
        there.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest((SELECT max(id) FROM {}), 1))").format(
                sql.Identifier(table)
            ),
            [table],
        )


def _compare(here: sqlite3.Connection, there: psycopg.Connection[Any]) -> Moved:
    """The counts, the audit's end, and what people hold in their hands. Raises `MovingError` where one differs."""
    names = " UNION ALL ".join(f"SELECT '{table}'" for table in our_tables())
    left, right = proof_of(here.execute, names), proof_of(there.execute, names)  # type: ignore[arg-type]
    if left != right:
        differ = [table for table, rows in left.tables.items() if right.tables.get(table) != rows]
        raise MovingError(f"数目不同 / Not the same: {', '.join(differ) or 'audit'}")
    for table, words in SAME:
        if digest_of(here.execute, table, words) != digest_of(there.execute, table, words):  # type: ignore[arg-type]
            raise MovingError(f"内容不同 / Not the same: {table}")
    there.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return Moved(right.tables, right.audit_head)


def digest_of(ask: Any, table: str, words: str) -> str:
    """One hash over a column of words, in an order that both databases share."""
    found = hashlib.sha256()
    for said in lines_of(ask, table, words):
        found.update(said.encode())
    return found.hexdigest()


def lines_of(ask: Any, table: str, words: str) -> Iterator[str]:
    """The words in the order of their rows' keys."""
    yield from (str(said) for (said,) in ask(f'SELECT {words} FROM "{table}" ORDER BY id'))  # noqa: S608


def one(there: psycopg.Connection[Any], question: Any) -> Any:
    """The one value that a question has."""
    row = there.execute(question).fetchone()
    return row[0] if row else None
