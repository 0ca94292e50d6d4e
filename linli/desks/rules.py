"""What a report's time is counted from."""

from __future__ import annotations

from typing import Literal

from linli.charters.rules import Charter
from linli.tickets.rules.times import FROM_REPORT

Ground = Literal["report", "order", "same_day", "next_meeting", "by_law", "none"]


def ground_of(class_code: str, charter: Charter) -> Ground:
    """By what kind of rule a class is due: the day, the meeting, a law, or a span from report or order (SRQ-002)."""
    found = charter.classes.get(class_code)
    if found is None or found.finish is None:
        return "none"
    if found.finish.unit == "same_day":
        return "same_day"
    if found.finish.unit == "next_meeting":
        return "next_meeting"
    if found.finish.unit == "by_law":
        return "by_law"
    return "report" if class_code in FROM_REPORT else "order"
