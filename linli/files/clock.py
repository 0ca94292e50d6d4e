"""What the tick does for files."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import system
from linli.files import actions
from linli.files.queries import draft_files

EVERY_SECONDS = 1200
_swept = -1


def sweep_drafts(now: datetime) -> int:
    """Let go of what came with drafts that nobody sent."""
    return actions.sweep_drafts(actor=system(now)) if draft_files(now).exists() else 0


def sweep_blobs(now: datetime) -> int:
    """Sweep one folder of 256 every twenty minutes: the whole store in three and a half days."""
    global _swept  # noqa: PLW0603 - how far this process has swept; two that sweep the same do no harm
    turn = int(now.timestamp()) // EVERY_SECONDS
    if turn == _swept:
        return 0
    _swept = turn
    return actions.sweep_blobs(actor=system(now), part=turn % 256)


CLOCK = (sweep_drafts, sweep_blobs)
