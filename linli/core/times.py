"""Moments and days. Everything is stored in UTC and shown in the time of Beijing, Lhasa included (GEN-005)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS_BO = ("ཟླ་བ།", "མིག་དམར།", "ལྷག་པ།", "ཕུར་བུ།", "པ་སངས།", "སྤེན་པ།", "ཉི་མ།")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Clock:
    """How far this process' clock stands ahead of the sun: nowhere but in a demo, where days can be skipped."""

    ahead = timedelta()


def now() -> datetime:
    """The clock. Only doors (web, tick, commands) call it; rules and actions are told the time."""
    return timezone.now() + Clock.ahead


def local(moment: datetime) -> datetime:
    """``moment`` on the wall clock here."""
    return moment.astimezone(ZONE)


def day_of(moment: datetime) -> date:
    """The local day on which ``moment`` falls."""
    return local(moment).date()


def moment(day: date, at: time = time(0, 0)) -> datetime:
    """The moment of the local wall-clock time ``at`` on ``day``."""
    return datetime.combine(day, at, tzinfo=ZONE)


def end_of_day(day: date) -> datetime:
    """24:00 of ``day``, which is 0:00 of the next."""
    return moment(day + timedelta(days=1))


def say_day(day: date, language: str | None = None) -> str:
    """``11月21日 周六`` in the reader's language."""
    language = language or get_language() or "zh-hans"
    if language.startswith("en"):
        return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"
    if language.startswith("bo"):
        return f"ཟླ་{day.month}ཚེས་{day.day} གཟའ་{WEEKDAYS_BO[day.weekday()]}"
    return f"{day.month}月{day.day}日 {WEEKDAYS_ZH[day.weekday()]}"


def say_moment(at: datetime, language: str | None = None) -> str:
    """``11月21日 周六 15:30``; midnight at a day's end is said as 24:00 of that day."""
    here = local(at)
    if here.time() == time(0, 0):
        return f"{say_day(here.date() - timedelta(days=1), language)} 24:00"
    return f"{say_day(here.date(), language)} {here:%H:%M}"
