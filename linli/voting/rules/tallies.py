"""The count: exact integers of 0.01 m² and heads, never a float, never after rounding (GEN-001, OWN-020..034)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from linli.voting.rules.rolls import Roll

CHOICES = ("none", "approve", "against", "abstain", "void", "follow_majority")
"""What a voice may have said; the place in this row is how a count stores it."""
NONE, APPROVE, AGAINST, ABSTAIN, VOID, FOLLOW = range(6)
CLASSES = ("ordinary", "special", "unanimous")


@dataclass(frozen=True, slots=True)
class Options:
    """What by-laws may settle: ``void_participates`` (OWN-033), ``follow_clause`` (OWN-032), ``lot_area_counts``."""

    void_participates: bool = False
    follow_clause: bool = False
    lot_area_counts: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What one motion came to. Areas in 0.01 m²; ``clause`` is the second tally, where one could be made."""

    no: int
    total_area: int
    total_heads: int
    part_area: int
    part_heads: int
    yes_area: int
    yes_heads: int
    quorum: bool
    result: str
    clause: Tally | None = None


def new_count(roll: Roll) -> bytearray:
    """An empty count: what each voice has said so far."""
    return bytearray(roll.total_heads)


def add_return(count: bytearray, voice: int, choice: int) -> None:
    """Take a return into ``count``: a voice whose returns are not all the same word is void (OWN-014)."""
    said = count[voice]
    count[voice] = choice if said in (NONE, choice) else VOID


def taking_part(options: Options) -> frozenset[int]:
    """Whose area and heads stand in the denominator (OWN-030, OWN-031, OWN-033)."""
    return frozenset({APPROVE, AGAINST, ABSTAIN} | ({VOID} if options.void_participates else set()))


def quorum_met(motion_class: str, total: tuple[int, int], part: tuple[int, int]) -> bool:
    """Two thirds of area and of heads (Civil Code art. 278; OWN-020); everybody, where consent must be unanimous."""
    if motion_class == "unanimous":
        return part[1] == total[1]
    return all(3 * some >= 2 * whole for some, whole in zip(part, total, strict=True))


def majority_met(motion_class: str, total: tuple[int, int], part: tuple[int, int], yes: tuple[int, int]) -> bool:
    """More than half of those taking part; three quarters for a special matter (art. 278-279; OWN-021, OWN-024)."""
    if motion_class == "unanimous":
        return 0 < total[1] == yes[1]
    if motion_class == "special":
        return part[1] > 0 and all(4 * some >= 3 * whole for some, whole in zip(yes, part, strict=True))
    return all(2 * some > whole for some, whole in zip(yes, part, strict=True))


def sums_of(roll: Roll, count: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Area (0.01 m²) and heads of each choice."""
    areas, heads = [0] * len(CHOICES), [0] * len(CHOICES)
    for area, choice in zip(roll.areas, count, strict=True):
        areas[choice] += area
        heads[choice] += 1
    return {choice: (areas[choice], heads[choice]) for choice in range(len(CHOICES))}


def judged(no: int, motion_class: str, sums: dict[int, tuple[int, int]], options: Options) -> Tally:
    """One tally out of what each choice adds up to (the reference of DOMAIN B.1.10)."""
    total, part, yes = added(sums.values()), added(sums[choice] for choice in taking_part(options)), sums[APPROVE]
    quorum = quorum_met(motion_class, total, part)
    passed = quorum and majority_met(motion_class, total, part, yes)
    short = "failed" if quorum or motion_class == "unanimous" else "quorum_failed"
    return Tally(no, *total, *part, *yes, quorum, "passed" if passed else short)


def added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Areas and heads, summed."""
    rows = list(pairs)
    return sum(area for area, _ in rows), sum(heads for _, heads in rows)


def majority_of(sums: dict[int, tuple[int, int]]) -> int | None:
    """The one choice with the most area and the most heads among real returns; None where none leads in both (V10)."""
    real = (APPROVE, AGAINST, ABSTAIN)
    for choice in real:
        if all(sums[choice][unit] > sums[other][unit] for other in real if other != choice for unit in (0, 1)):
            return choice
    return None


def tally(no: int, motion_class: str, roll: Roll, count: Iterable[int], options: Options) -> Tally:
    """What a motion came to: by statute and, where by-laws have the clause, with silence following the majority.

    Without the clause a "follow the majority" is void. A motion that only the clause carries is
    ``passed_by_clause_only``: its validity is disputed (OWN-032). Consent of everybody knows no such clause.
    """
    sums = sums_of(roll, count)
    lawful = judged(no, motion_class, {**sums, VOID: added([sums[VOID], sums[FOLLOW]]), FOLLOW: (0, 0)}, options)
    leader = majority_of(sums) if options.follow_clause and motion_class != "unanimous" else None
    if leader is None:
        return lawful
    followed = {**sums, leader: added([sums[leader], sums[NONE], sums[FOLLOW]]), NONE: (0, 0), FOLLOW: (0, 0)}
    clause = judged(no, motion_class, followed, options)
    only = lawful.result != "passed" and clause.result == "passed"
    return replace(lawful, result="passed_by_clause_only" if only else lawful.result, clause=clause)
