"""What a rating leads to (SRQ-060, SRQ-061)."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["close", "rework", "review", "panel"]
SOLVED = ("yes", "partly", "no")
STARS = range(1, 6)
GOOD_STARS = 4


def is_unhappy(solved: str, stars: int | None, rework_stars: int = 2) -> bool:
    """Whether the reporter says that it is not put right: ``no``, or ``rework_stars`` and fewer."""
    return solved == "no" or (stars is not None and stars <= rework_stars)


def outcome_of(solved: str, stars: int | None, earlier: int, rework_stars: int = 2) -> Outcome:
    """What follows a rating after ``earlier`` unhappy ones.

    The first "no" goes back to the same unit with half the time, the second to a supervisor and a check on the spot
    by another body, the third to a panel that may close it with a published reason.
    """
    if not is_unhappy(solved, stars, rework_stars):
        return "close"
    return ("rework", "review", "panel")[min(earlier, 2)]
