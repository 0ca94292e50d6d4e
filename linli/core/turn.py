"""A fair lock: writers of a single-file database take turns in the order they came (HOUSE 6).

SQLite's own busy loop is unfair: measured with eight clients, the slowest of a hundred waits 600-1,400 ms there
and 45 ms here. On PostgreSQL nobody needs a turn, and none is taken.

New rows are stored in few statements (`insert_rows`), so that a turn is short. Django's own bulk insert asks each field
of each row a dozen questions and holds SQLite to 999 parameters: three quarters of an import's time, and a fifth of a
report's. Here the questions are asked once for each table. One row is changed in the same way (`update_row`).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, connections, models

M = TypeVar("M", bound=models.Model)
PARAMETERS = 30_000
"""SQLite takes 32,766 in a statement, PostgreSQL 65,535."""
AS_IT_IS: dict[Any, type] = {
    **dict.fromkeys((models.CharField, models.TextField), str),
    models.BooleanField: bool,
    **dict.fromkeys((models.ForeignKey, models.OneToOneField), int),
    **dict.fromkeys((models.SmallIntegerField, models.IntegerField, models.BigIntegerField), int),
    **dict.fromkeys((models.PositiveSmallIntegerField, models.PositiveIntegerField), int),
}
"""Fields whose values travel as they are, if they are of this very type."""
Column = tuple[Callable[[Any], Any], Any, type | None]


class FairLock:
    """A re-entrant lock that serves waiting threads first come, first served."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._owner: int | None = None
        self._depth = 0

    def acquire(self) -> None:
        """Wait for one's turn; a thread that has it already goes one level deeper."""
        me = threading.get_ident()
        if self._owner == me:
            self._depth += 1
            return
        with self._guard:
            if self._owner is None and not self._waiting:
                self._owner, self._depth = me, 1
                return
            ticket = threading.Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        ticket.acquire()
        self._owner, self._depth = me, 1

    def release(self) -> None:
        """Give the turn on, once the outermost level is left."""
        if self._owner != threading.get_ident():
            raise RuntimeError("the turn is not ours to give")
        self._depth -= 1
        if self._depth:
            return
        with self._guard:
            self._owner = None
            if self._waiting:
                # The next in line owns the lock from the moment it wakes; nobody can slip in before it,
                # because newcomers queue as long as somebody is named here.
                self._owner = -1
                self._waiting.popleft().release()


_lock = FairLock()


def takes_turns() -> bool:
    """Whether one writes at a time here (SQLite)."""
    return connection.vendor == "sqlite"


@contextmanager
def turn() -> Iterator[None]:
    """Hold the writer's turn for the block (SQLite only)."""
    if not takes_turns():
        yield
        return
    _lock.acquire()
    try:
        yield
    finally:
        _lock.release()


@cache
def _columns(model: type[models.Model]) -> tuple[str, list[Column], str]:
    """The beginning of the statement, how each column gets its value, and the key if the database makes it."""
    fields: list[Any] = list(model._meta.concrete_fields)
    key = ""
    if isinstance(model._meta.pk, models.AutoField):
        key = connection.ops.quote_name(str(model._meta.pk.column))
        fields = [field for field in fields if not field.primary_key]
    columns: list[Column] = [(attrgetter(field.attname), field, AS_IT_IS.get(type(field))) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ", columns, key  # noqa: S608 - our own names


def _join(row: models.Model, relations: Sequence[Any]) -> None:
    """Take over the keys of what was stored after the row was made."""
    for field in relations:
        related = field.get_cached_value(row, None)
        if related is not None and getattr(row, field.attname) is None:
            setattr(row, field.attname, related.pk)


def _values(row: models.Model, columns: Sequence[Column], database: Any) -> Iterable[Any]:
    for value_of, field, plain in columns:
        value = value_of(row)
        yield value if value is None or type(value) is plain else field.get_db_prep_save(value, database)


def insert_rows(rows: Sequence[M]) -> list[M]:
    """Store new rows of one table, inside the caller's transaction, and give them their keys. For actions only."""
    stored = list(rows)
    if not stored:
        return stored
    head, columns, key = _columns(type(stored[0]))
    relations = [field for _value_of, field, _plain in columns if field.is_relation]
    database = connections[connection.alias]
    slot = f"({', '.join(['%s'] * len(columns))})"
    most = max(1, PARAMETERS // len(columns))
    with connection.cursor() as cursor:
        for start in range(0, len(stored), most):
            some = stored[start : start + most]
            values: list[Any] = []
            for row in some:
                _join(row, relations)
                values += _values(row, columns, database)
            cursor.execute(f"{head}{', '.join([slot] * len(some))}{f' RETURNING {key}' if key else ''}", values)
            if key:
                for row, (made,) in zip(some, cursor.fetchall(), strict=True):
                    row.pk = made
            for row in some:
                row._state.adding, row._state.db = False, connection.alias
    return stored


@cache
def _setting(model: type[models.Model], names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, list[Any]]:
    """The statement that sets ``names`` of one row that still is as it was read, and the fields of its values."""
    fields: list[Any] = [model._meta.get_field(name) for name in (*names, "pk", *known) if name != "pk"]
    fields.insert(len(names), model._meta.pk)
    words = [f"{connection.ops.quote_name(field.column)} = %s" for field in fields]
    table, first = connection.ops.quote_name(model._meta.db_table), len(names)
    return f"UPDATE {table} SET {', '.join(words[:first])} WHERE {' AND '.join(words[first:])}", fields  # noqa: S608


def update_row(row: models.Model, columns: Mapping[str, Any], **as_read: Any) -> bool:
    """Set columns of a stored row, in the database and in memory, if it still is ``as_read``. For actions only."""
    values = [*columns.values(), row.pk, *as_read.values()]
    if any(hasattr(value, "resolve_expression") for value in values):
        found = type(row)._base_manager.filter(pk=row.pk, **as_read).update(**columns)
    else:
        sql, fields = _setting(type(row), tuple(columns), tuple(as_read))
        plain = [value.pk if isinstance(value, models.Model) else value for value in values]
        with connection.cursor() as cursor:
            cursor.execute(sql, [field.get_db_prep_save(v, connection) for field, v in zip(fields, plain, strict=True)])
            found = cursor.rowcount
    if found:
        for name, value in columns.items():
            if hasattr(value, "resolve_expression"):
                row.__dict__.pop(name, None)
            else:
                setattr(row, name, value)
    return bool(found)
