"""How each engine is copied while it is being written to, and how a copy is put back."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import connection

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
IN_USE = ("people_person", "access_account", "matters_matter", "audit_auditrecord")
"""An installation with a row in any of these is not empty."""


class BackupError(Exception):
    """It cannot be done; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What must be the same before and after: rows in each table, and the audit's head."""

    tables: dict[str, int]
    audit_head: str


def proof_of(ask: Ask, names: str) -> Proof:
    """The proof of the database behind ``ask``; ``names`` is the question for its tables."""
    tables = sorted(str(name) for (name,) in ask(names))
    counts = {table: int(next(iter(ask(f'SELECT count(*) FROM "{table}"')))[0]) for table in tables}  # noqa: S608
    chains = hashlib.sha256()
    if "audit_seal" in counts:
        for row in ask("SELECT community, number, head FROM audit_seal ORDER BY community, number"):
            chains.update(repr(tuple(row)).encode())
    return Proof(counts, chains.hexdigest())


class Engine(Protocol):
    """A database that can be copied and put back."""

    name: str

    def copy(self, target: Path) -> Proof:
        """Write the database as it stands at one moment to ``target``."""

    def clear(self) -> None:
        """Take away what stands in the way of putting back."""

    def put_back(self, source: Path, expected: Proof) -> Proof:
        """Replace the empty database by ``source``."""


class SQLite:
    """Copied by SQLite's own online backup; readers and writers go on."""

    name = "sqlite"
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

    def copy(self, target: Path) -> Proof:
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copied:
            connection.connection.backup(copied)
            return self._proof(copied)

    def clear(self) -> None:
        """Nothing stands in the way: the whole file is replaced."""

    def put_back(self, source: Path, expected: Proof) -> Proof:
        with closing(sqlite3.connect(source)) as copied:
            found = self._proof(copied)
        if found == expected:
            connection.close()
            home = Path(connection.settings_dict["NAME"])
            for leftover in (home, home.with_name(f"{home.name}-wal"), home.with_name(f"{home.name}-shm")):
                leftover.unlink(missing_ok=True)
            shutil.move(source, home)
        return found

    def _proof(self, copied: sqlite3.Connection) -> Proof:
        (sound,) = copied.execute("PRAGMA quick_check").fetchone()
        if sound != "ok":
            raise BackupError(f"数据库文件已损坏 / The database file is damaged: {sound}")
        return proof_of(copied.execute, self.names)


class PostgreSQL:
    """Copied by pg_dump, within one snapshot in which the rows are counted too."""

    name = "postgresql"
    names = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"

    def copy(self, target: Path) -> Proof:
        with self._connected() as here:
            here.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            snapshot = next(iter(here.execute("SELECT pg_export_snapshot()")))[0]
            proof = proof_of(here.execute, self.names)
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", f"--file={target}")
        return proof

    def clear(self) -> None:
        """Tables that the archive does not know would stay, and stop the next migration."""
        with self._connected() as here:
            schema = next(iter(here.execute("SELECT current_schema()")))[0]
            here.execute(f'DROP SCHEMA "{schema}" CASCADE')  # type: ignore[call-overload]
            here.execute(f'CREATE SCHEMA "{schema}"')  # type: ignore[call-overload]

    def put_back(self, source: Path, expected: Proof) -> Proof:
        connection.close()
        name = self._settings()["PGDATABASE"]
        self._run(
            *("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"),
            *(f"--dbname={name}", str(source)),
        )
        with self._connected() as here:
            return proof_of(here.execute, self.names)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        given = connection.settings_dict
        words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        with psycopg.connect(**{word: given[key] for word, key in words.items() if given[key]}) as here:
            yield here

    def _settings(self) -> dict[str, str]:
        given = connection.settings_dict
        words = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
        return {word: str(given[key]) for word, key in words.items() if given[key]}

    def _run(self, program: str, *words: str) -> None:
        if not shutil.which(program):
            raise BackupError(f"这台机器上没有 {program} / {program} is missing: apt-get install postgresql-client")
        done = subprocess.run(  # noqa: S603 - our own words, no shell
            [program, *words], env={**os.environ, **self._settings()}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(f"{program}: {done.stderr.strip()[-800:]}")


def engine() -> Engine:
    """The engine that this installation stands on."""
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def rows_in_use() -> dict[str, int]:
    """Tables whose rows say that this installation is not empty."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        found = {}
        for table in IN_USE:
            if table in there:
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own names
                found[table] = cursor.fetchone()[0]
    return {table: rows for table, rows in found.items() if rows}


def files_folder() -> Path:
    """Where stored files lie."""
    return Path(settings.LINLI_DATA) / "files"
