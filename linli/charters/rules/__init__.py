"""The pure rules of a charter: words, days, deadlines, suggestions. Nothing here knows a database or a clock."""

from linli.charters.rules.charter import Charter
from linli.charters.rules.days import (
    Day,
    DayKind,
    OfficeHours,
    WorkingCalendar,
    add_days,
    add_working_days,
    add_working_minutes,
    is_office_time,
    working_days_between,
    working_minutes_between,
)
from linli.charters.rules.due import due_at, next_meeting_day, resumed_due_at
from linli.charters.rules.official import official_calendar
from linli.charters.rules.words import Category, DeadlineClass, OrderItem, Phone, Reason, Reply, Span, Words

__all__ = [
    "Category",
    "Charter",
    "Day",
    "DayKind",
    "DeadlineClass",
    "OfficeHours",
    "OrderItem",
    "Phone",
    "Reason",
    "Reply",
    "Span",
    "Words",
    "WorkingCalendar",
    "add_days",
    "add_working_days",
    "add_working_minutes",
    "due_at",
    "is_office_time",
    "next_meeting_day",
    "official_calendar",
    "resumed_due_at",
    "working_days_between",
    "working_minutes_between",
]
