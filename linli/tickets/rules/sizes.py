"""Small matters the same day, big matters to the meeting (000-34; SRQ-020..022)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Size = Literal["small", "general", "big"]

SMALL_HANDS = frozenset({"captain", "grid_worker", "property_staff", "volunteers"})
CLASS_OF: dict[Size, str] = {"small": "S", "big": "B", "general": "G"}
SIZED = frozenset({"S", "G", "B", ""})
"""Classes that follow from the size; urgent, legal and other classes stay what they are."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the desk knows of a matter when it judges how big it is."""

    is_inside_duty: bool = True
    hands: str = "grid_worker"
    cost_yuan: int = 0
    is_cost_covered: bool = True
    needs_decision: bool = False
    is_opposed: bool = False
    needs_power: bool = False
    buildings: int = 1
    households: int = 1
    needs_common_money: bool = False
    interests_conflict: bool = False
    failures: int = 0
    voices: int = 1
    table_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """How big a matter is, and the codes of the reasons (words: `states.SIZE_REASONS`)."""

    size: Size
    reasons: tuple[str, ...]


def big_reasons(facts: Facts, thresholds: Mapping[str, int]) -> tuple[str, ...]:
    """Why the matter belongs on the meeting's table; empty where nothing says so (SRQ-021)."""
    tests = {
        "many_buildings": facts.buildings > thresholds.get("big_buildings", 1),
        "many_households": facts.households >= thresholds.get("big_households", 10),
        "common_money": facts.needs_common_money,
        "interests_conflict": facts.interests_conflict,
        "failed_twice": facts.failures >= thresholds.get("big_failures", 2),
        "many_voices": facts.voices >= thresholds.get("big_voices", 10),
        "table_agreed": facts.table_agreed,
    }
    return tuple(code for code, holds in tests.items() if holds)


def not_small_reasons(facts: Facts, thresholds: Mapping[str, int]) -> tuple[str, ...]:
    """Why the matter cannot be put right the same day by those at hand (SRQ-020)."""
    tests = {
        "outside_duty": not facts.is_inside_duty,
        "other_hands": facts.hands not in SMALL_HANDS,
        "costs_more": facts.cost_yuan > thresholds.get("small_cost_yuan", 200),
        "not_covered": not facts.is_cost_covered,
        "needs_decision": facts.needs_decision,
        "is_opposed": facts.is_opposed,
        "needs_power": facts.needs_power,
    }
    return tuple(code for code, holds in tests.items() if holds)


def size_of(facts: Facts, thresholds: Mapping[str, int]) -> Judgement:
    """Big where one test of SRQ-021 holds, small where all of SRQ-020 do, general otherwise (SRQ-022)."""
    big = big_reasons(facts, thresholds)
    if big:
        return Judgement("big", big)
    hindrances = not_small_reasons(facts, thresholds)
    return Judgement("general", hindrances) if hindrances else Judgement("small", ("all_at_hand",))


def class_after(class_code: str, size: Size) -> str:
    """The class of a report once its size is known (B.3.2)."""
    return CLASS_OF[size] if class_code in SIZED else class_code
