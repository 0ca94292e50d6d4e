"""The charter itself: what a community decided, ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from linli.charters.rules import due
from linli.charters.rules.days import OfficeHours, WorkingCalendar
from linli.charters.rules.words import Category, DeadlineClass, OrderItem, Phone, Reason, Reply, Span, Words


@dataclass(frozen=True, eq=False)
class Charter:
    """One version of a community's own rules. Plain and frozen; two are never mixed in one matter."""

    version_id: int | None
    title: Words
    ruleset_id: str
    calendar: WorkingCalendar
    hours: OfficeHours
    groups: Mapping[str, Words]
    categories: Mapping[str, Category]
    classes: Mapping[str, DeadlineClass]
    reasons: Mapping[str, tuple[Reason, ...]]
    replies: tuple[Reply, ...]
    thresholds: Mapping[str, int]
    steps: Mapping[str, Span]
    meeting_days: tuple[int, ...]
    meeting_cutoff_hours: int
    orders: Mapping[str, OrderItem]
    words: Mapping[str, Words]
    phones: Mapping[str, Phone]
    data: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def phone(self) -> str:
        """The community's own number; "" where the charter names none."""
        return self.phones["office"].number if "office" in self.phones else ""

    def due_at(self, span: Span | None, start: datetime) -> datetime | None:
        """The moment at which ``span`` from ``start`` ends under this charter."""
        cutoff = self.meeting_cutoff_hours
        return due.due_at(span, start, self.hours, self.calendar, self.meeting_days, cutoff_hours=cutoff)

    def step_due_at(self, step: str, start: datetime) -> datetime | None:
        """When ``step`` (triage, dispatch, check ...), begun at ``start``, must be taken. Raises `KeyError`."""
        return self.due_at(self.steps[step], start)

    def contact_due_at(self, class_code: str, start: datetime) -> datetime | None:
        """By when the reporter of a matter of that class must have been spoken to. Raises `KeyError`."""
        return self.due_at(self.classes[class_code].contact, start)

    def finish_due_at(self, class_code: str, start: datetime) -> datetime | None:
        """By when a matter of that class, dispatched at ``start``, must be finished. Raises `KeyError`."""
        return self.due_at(self.classes[class_code].finish, start)

    def next_meeting_day(self, raised_at: datetime) -> date:
        """The fixed meeting day for what was raised at ``raised_at``."""
        return due.next_meeting_day(raised_at, self.meeting_days, self.meeting_cutoff_hours)

    def reason(self, kind: str, code: str) -> Reason:
        """The reason ``code`` from the list ``kind``. Raises `KeyError`."""
        for reason in self.reasons.get(kind, ()):
            if reason.code == code:
                return reason
        raise KeyError(f"{kind}.{code}")

    def section(self, name: str) -> Any:
        """The plain data of a section that an upper module declared; an empty table where the charter has none."""
        return self.data.get(name, {})
