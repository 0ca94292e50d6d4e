"""Questions that are asked of the database again and again: the statement is put together once.

Django puts the words of a SELECT together anew each time: for one row read by its key that is three quarters of the
cost, and SQLite's or PostgreSQL's own part a tenth. Here a query set is put together at the first asking, with places
for what is told later; from then on only the values travel. The rows are made as Django makes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
_populators: Any = get_related_populators
"""The type stubs know another release's parameters."""


class Told(models.Expression):
    """The place of a value that is told when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def value(self, given: Any) -> Any:
        """What travels to the database."""
        return connection.ops.adapt_unknown_value(given)


class ToldMany(Told):
    """The place of keys, however many, in ``pk__in=ToldMany("keys")``: they travel as one value."""

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        many = "SELECT value FROM json_each(%s)" if connection.vendor == "sqlite" else "SELECT unnest(%s::bigint[])"
        return many, [self]

    def value(self, given: Any) -> Any:
        """A list for PostgreSQL, its JSON for SQLite."""
        return json.dumps(list(given)) if connection.vendor == "sqlite" else list(given)


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT that was put together, and how its rows become objects."""

    sql: str
    values: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]
    model: type[models.Model]
    columns: slice
    names: tuple[str, ...]
    joined: tuple[Any, ...]
    annotated: tuple[tuple[str, int], ...]

    def row(self, found: Any) -> Any:
        """The object of a row, with those joined to it."""
        made = self.model.from_db(connection.alias, self.names, found[self.columns])
        for each in self.joined:
            each.populate(found, made)
        for name, place in self.annotated:
            setattr(made, name, found[place])
        return made


class Question(Generic[M]):
    """A query set whose words stay the same: ``Question(lambda: Body.objects.filter(place=Told("place")))``."""

    def __init__(self, words: Callable[[], models.QuerySet[M]]) -> None:
        self._words = words
        self._statement: Statement | None = None

    def rows(self, **told: Any) -> list[M]:
        """Ask it, with a value for each place."""
        statement = self._statement or self._put_together()
        values = [each.value(told[each.name]) if isinstance(each, Told) else each for each in statement.values]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            found = cursor.fetchall()
        if statement.converters:
            found = statement.compiler.apply_converters(found, statement.converters)
        return [statement.row(each) for each in found]

    def first(self, **told: Any) -> M | None:
        """The first row, or None."""
        return next(iter(self.rows(**told)), None)

    def _put_together(self) -> Statement:
        compiler: Any = self._words().query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        chosen, own = compiler.select, compiler.klass_info["select_fields"]
        columns = slice(own[0], own[-1] + 1)
        self._statement = Statement(
            sql=sql,
            values=tuple(values),
            compiler=compiler,
            converters=compiler.get_converters([each[0] for each in chosen]),
            model=compiler.klass_info["model"],
            columns=columns,
            names=tuple(each[0].target.attname for each in chosen[columns]),
            joined=tuple(_populators(compiler.klass_info, chosen, connection.alias)),
            annotated=tuple(compiler.annotation_col_map.items()),
        )
        return self._statement
