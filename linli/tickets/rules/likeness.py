"""When two reports may be one (SRQ-050): a person decides, this only proposes."""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet

NEAR_METRES = 50
CLOSED_DAYS = 7
EARTH_METRES = 6_371_000


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two (latitude, longitude) points on the ground."""
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return EARTH_METRES * math.hypot(north, east)


def likeness(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How much two texts' words have in common, 0 to 1; it orders the proposals and decides nothing."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)
