"""What people do when somebody else announces something."""

from __future__ import annotations

from typing import Any

from linli.people.actions import move_bodies


def follow_place(*, actor: Any, place: Any, columns: dict[str, int | None], **_: Any) -> None:
    """A place lies elsewhere now: its bodies carry the new ancestors."""
    move_bodies(actor=actor, place=place, columns=columns)
