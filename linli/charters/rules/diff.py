"""What differs between two charters, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One key: what it said and what it says now; "" where it was not there."""

    path: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.path}: {self.before or '-'} → {self.after or '-'}"


def _leaves(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from _leaves(value, path)
        else:
            yield path, say_value(value)


def say_value(value: Any) -> str:
    """A value in one line, as one reads it: lists with 、 between, tables by their Chinese words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return str(value.get("zh") or "、".join(f"{name}={say_value(inner)}" for name, inner in value.items()))
    if isinstance(value, (list, tuple)):
        return "、".join(say_value(item) for item in value)
    return str(value)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every key that was added, taken away or changed, in the order of ``after``; those taken away come last."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = [*new, *(path for path in old if path not in new)]
    return [Difference(path, old.get(path, ""), new.get(path, "")) for path in paths if old.get(path) != new.get(path)]
