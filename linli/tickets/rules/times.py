"""When a report is due, and what may move that (SRQ-002, 010, 033, 040, 041, 050, 061, 062)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from linli.charters.rules import Charter, add_working_days
from linli.matters.rules.clocks import part_of_time

TAKE_BACK_WITHIN = timedelta(seconds=30)
NEVER_PAUSED = frozenset({"E0", "E1", "U", "S"})
FROM_REPORT = frozenset({"S", "B"})
"""Classes whose time runs from the report; the others run from the first dispatch (SRQ-002)."""
NO_CLASS = "G"
PAUSE_LIMIT = timedelta(days=60)
NEED_INFO = "need_info"
RATING_REMINDERS = (timedelta(hours=24), timedelta(hours=72))


def finish_due_at(class_code: str, submitted_at: datetime, now: datetime, charter: Charter) -> datetime | None:
    """When a report of a class is to be finished, dispatched ``now`` (R01, R02, R03); None where a law sets it."""
    return charter.finish_due_at(class_code, submitted_at if class_code in FROM_REPORT else now)


def rework_due_at(class_code: str, now: datetime, charter: Charter) -> datetime | None:
    """When a rework that begins ``now`` is due: after half the class's time (SRQ-061)."""
    whole = charter.finish_due_at(class_code, now)
    return part_of_time(50, now, whole, charter) if whole else None


def merged_due_at(dues: Iterable[datetime | None]) -> datetime | None:
    """Of reports that stand together the earliest due time counts (R08)."""
    return min((due for due in dues if due), default=None)


def return_until(dispatched_at: datetime, charter: Charter) -> datetime | None:
    """Until when a unit may say that a report is not its to do; silence is acceptance (SRQ-033)."""
    return charter.step_due_at("return", dispatched_at)


def return_refusal(dispatched_at: datetime, now: datetime, charter: Charter, *, is_named: bool) -> str:
    """Why a return cannot be taken: ``named`` after study (R07) or ``too_late`` (R06); "" where it can."""
    if is_named:
        return "named"
    until = return_until(dispatched_at, charter)
    return "too_late" if until is not None and now > until else ""


def pause_refusal(class_code: str, until: datetime, now: datetime, paused: timedelta, charter: Charter) -> str:
    """Why a pause is refused: ``never`` (R05), ``past`` or ``too_long`` in all (SRQ-041); "" where it is not."""
    deadline_class = charter.classes.get(class_code)
    if class_code in NEVER_PAUSED or (deadline_class is not None and not deadline_class.may_pause):
        return "never"
    if until <= now:
        return "past"
    return "too_long" if paused + (until - now) > PAUSE_LIMIT else ""


def answer_until(now: datetime, charter: Charter) -> datetime:
    """How long a question to the reporter waits: five working days at most (SRQ-040)."""
    limits = {reason.code: reason.limit for reason in charter.reasons.get("pause", ())}
    return charter.due_at(limits.get(NEED_INFO), now) or add_working_days(now, 5, charter.calendar)


def extension_limit(class_code: str, due_at: datetime, used: int, charter: Charter) -> datetime | None:
    """How far the time may be moved once more; None where the class has no extension left."""
    deadline_class = charter.classes.get(class_code)
    if deadline_class is None or used >= deadline_class.extensions:
        return None
    return charter.due_at(deadline_class.extension, due_at)


def may_still_reopen(closed_at: datetime, now: datetime, charter: Charter) -> bool:
    """Whether "it is broken again" continues the same report, or is a new one (SRQ-062)."""
    until = charter.step_due_at("reopen", closed_at)
    return until is None or now <= until


def reminders_over(asked_at: datetime, now: datetime) -> int:
    """How many reminders to rate should have gone out by now: after 24 and after 72 hours (SRQ-060)."""
    return sum(now >= asked_at + after for after in RATING_REMINDERS)


def net_and_gross(start: datetime, end: datetime, paused_minutes: int) -> tuple[int, int]:
    """Minutes that a report took without and with its pauses; both are shown, so that a pause hides nothing."""
    gross = max(0, int((end - start).total_seconds() // 60))
    return max(0, gross - paused_minutes), gross
