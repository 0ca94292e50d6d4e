"""A register of plain records that upper modules hand to a lower one (HOUSE 2, "Declare")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Anything that carries its own name."""

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


class Register(Generic[N]):
    """Records by name. Declared once each, in an app's ``ready()``; looked up at run time."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._records: dict[str, N] = {}

    def declare(self, record: N) -> N:
        """Add ``record``. Raises `ValueError` if another record bears its name."""
        known = self._records.get(record.name)
        if known is not None and known != record:
            raise ValueError(f"{self.what} {record.name!r} is declared twice")
        self._records[record.name] = record
        return record

    def get(self, name: str) -> N:
        """The record of that name. Raises `KeyError`, naming those there are."""
        try:
            return self._records[name]
        except KeyError:
            raise KeyError(f"no {self.what} {name!r}; declared: {', '.join(sorted(self._records))}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._records

    def __iter__(self) -> Iterator[N]:
        return iter(self._records.values())
