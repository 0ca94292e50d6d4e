"""Who sent a file, as a plain record, so that the tick can act in that person's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from linli.core.actor import Actor, Grant

KEPT = (
    "account_id", "account_uid", "person_id", "person_uid", "name", "hat", "appointment_id", "body_id",
    "address", "language", "request_id", "second_factor",
)  # fmt: skip


def owner_of(actor: Actor) -> dict[str, Any]:
    """The actor as a plain record."""
    return {field: getattr(actor, field) for field in KEPT} | {"grants": [asdict(grant) for grant in actor.grants]}


def actor_from(owner: Mapping[str, Any], now: datetime) -> Actor:
    """The actor of that record at ``now``, who acts through an import."""
    grants = tuple(Grant(**grant) for grant in owner["grants"])
    return Actor(now=now, channel="import", grants=grants, **{field: owner[field] for field in KEPT})


def values_of(cells: Sequence[str], headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """A row by our column names."""
    row = dict(zip(headings, cells, strict=True))
    return {column: row[heading] for column, heading in mapping.items()}
