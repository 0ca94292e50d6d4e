"""What is held about a person, declared by each module that holds it: to show, hand over, erase and let lapse."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.core.declare import Register

GROUNDS: dict[str, Any] = {
    "consent": _("本人同意"),
    "legal_duty": _("法定职责"),
    "contract": _("履行合同"),
}
"""The grounds of PIPL 13 that we use."""


@dataclass(frozen=True, slots=True)
class Field:
    """One personal column (``app.model.field``): why it is kept, on what ground (PIPL 13),
    how long, how sensitive (PRV-020, PRV-044).
    """

    column: str
    words: Any
    purpose: Any
    basis: str
    retention: Any
    sensitivity: str = "L2"

    @property
    def ground(self) -> str:
        """The ground in words."""
        return "、".join(str(GROUNDS[ground]) for ground in self.basis.split(" / "))


def _nobody(_uids: Collection[str], _now: datetime) -> set[str]:
    return set()


@dataclass(frozen=True, slots=True)
class Holding:
    """What one module holds.

    ``export(person_uid)`` yields plain rows, ``erase(person_uid, actor)`` wipes them, ``retain(now)`` lets old ones
    lapse and says how many (it is the tick's, so it must be one indexed question when nothing is due).
    ``fields`` go into the processing register; ``needed(person_uids, now)`` names those whom the module still needs.
    """

    name: str
    words: Any
    export: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str, Actor], None]
    retain: Callable[[datetime], int]
    fields: tuple[Field, ...] = ()
    needed: Callable[[Collection[str], datetime], set[str]] = _nobody


HELD: Register[Holding] = Register("holding")
