"""The roll: exclusive parts, and the voices (heads) that they make (OWN-010..016)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

USES = ("flat", "shop", "lot", "developer")
"""What an exclusive part is. ``developer``: unsold or not yet delivered, so the developer's (OWN-003)."""
DEVELOPER = "\0developer"


@dataclass(frozen=True, slots=True)
class Part:
    """An exclusive part: its unit, its use, its owners' ids, its area in 0.01 m²."""

    unit: str
    use: str
    owners: tuple[str, ...]
    area: int


def owner_key(part: Part) -> str:
    """The voice that speaks for ``part``: the set of its co-owners as one word (OWN-013).

    The developer's parts have one voice together, and so have several parts of the same owners (OWN-012; SPC-BQ
    art. 9). {A, B} and {A} are two voices.
    """
    return DEVELOPER if part.use == "developer" else "\0".join(sorted(set(part.owners)))


@dataclass(slots=True)
class Roll:
    """The voices of an electorate. ``voice_of[unit]`` is the place of a voice in ``areas`` (0.01 m² each)."""

    voice_of: dict[str, int] = field(default_factory=dict)
    areas: list[int] = field(default_factory=list)

    @property
    def total_area(self) -> int:
        """In 0.01 m²."""
        return sum(self.areas)

    @property
    def total_heads(self) -> int:
        """One for each voice."""
        return len(self.areas)


def roll_of(parts: Iterable[Part], *, lot_area_counts: bool = False) -> Roll:
    """The roll that ``parts`` make. A parking space always has a head, its area only where by-laws say so (OWN-016).

    Raises `ValueError` with the unit for one that stands there twice.
    """
    roll = Roll()
    voices: dict[str, int] = {}
    for part in parts:
        if part.unit in roll.voice_of:
            raise ValueError(part.unit)
        voice = voices.setdefault(owner_key(part), len(roll.areas))
        if voice == len(roll.areas):
            roll.areas.append(0)
        if part.use != "lot" or lot_area_counts:
            roll.areas[voice] += part.area
        roll.voice_of[part.unit] = voice
    return roll
