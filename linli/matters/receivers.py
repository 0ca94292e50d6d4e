"""What the spine does when somebody else announces something."""

from __future__ import annotations

from typing import Any

from linli.matters.actions import move_matters


def follow_place(*, actor: Any, place: Any, columns: dict[str, int | None], **_: Any) -> None:
    """A place lies elsewhere now: its running matters carry the new ancestors, ended ones stay where they counted."""
    move_matters(actor=actor, place=place, columns=columns)
