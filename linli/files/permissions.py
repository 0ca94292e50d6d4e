"""Who may do what with files. Whether a file may be seen, the module that owns it decides, by giving its address."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.files.models import StoredFile


def may_cover(actor: Actor, file: StoredFile) -> bool:
    """Staff may cover faces and plates on pictures before anybody else sees them (PRV-038)."""
    return file.kind == "image" and bool(actor.grants)


def may_sweep(actor: Actor) -> bool:
    """The clock sweeps."""
    return actor.is_system
