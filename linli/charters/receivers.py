"""What charters do when somebody else announces something."""

from __future__ import annotations

from typing import Any

from linli.charters.actions import keep_profile
from linli.core import times
from linli.core.actor import system


def keep_national_profile(**_: Any) -> None:
    """After migrating: the shipped profile is kept as a version, if it is another than the one kept last."""
    keep_profile(actor=system(times.now()))
