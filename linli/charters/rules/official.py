"""Announced days: from the shipped table and from an administrator's file, in one and the same form."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from linli.charters.rules.days import FIRST_DAY, LAST_DAY, Day, WorkingCalendar

TABLE = Path(__file__).resolve().parents[1] / "days.toml"


class BadTable(ValueError):
    """A table of days that cannot be read; the message says where and what to write instead."""


def _day(year: int, words: str) -> date:
    try:
        return date.fromisoformat(f"{year}-{words}")
    except ValueError:
        raise BadTable(
            _("%(year)s：“%(words)s”不是日期，请写成 月-日，例如 02-15") % {"year": year, "words": words}
        ) from None


def _days_of(year: int, words: str, *, is_work: bool, source: str) -> Iterable[Day]:
    span, _gap, name = words.strip().partition(" ")
    first, _slash, last = span.partition("/")
    day, end = _day(year, first), _day(year, last or first)
    if end < day:
        raise BadTable(_("%(year)s：“%(words)s”的最后一天早于第一天") % {"year": year, "words": words})
    while day <= end:
        yield Day(day, is_work, name.strip(), source)
        day += timedelta(1)


@dataclass(frozen=True)
class DaysTable:
    """What a table of days says: the days, the years it speaks of, and who announced which year."""

    days: list[Day]
    years: set[int]
    sources: dict[int, str]


def _read_toml(text: str) -> DaysTable:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTable(f"TOML: {error}") from None
    days: list[Day] = []
    sources: dict[int, str] = {}
    for year_words, year in table.items():
        if not (year_words.isdecimal() and len(year_words) == 4 and isinstance(year, dict)):
            raise BadTable(_("“%(words)s”：每一年写成一节，例如 [2027]") % {"words": year_words})
        unknown = year.keys() - {"source", "rest", "work"}
        if unknown:
            raise BadTable(
                _("[%(year)s] 只有 source、rest、work，没有 %(unknown)s")
                % {"year": year_words, "unknown": "、".join(sorted(unknown))}
            )
        number, source = int(year_words), str(year.get("source", ""))
        if source:
            sources[number] = source
        for key, is_work in (("rest", False), ("work", True)):
            if not isinstance(year.get(key, []), list):
                raise BadTable(
                    _("[%(year)s] %(key)s 要写成一列，例如 [“02-15/02-23 春节”]") % {"year": year_words, "key": key}
                )
            for words in year.get(key, []):
                days.extend(_days_of(number, str(words), is_work=is_work, source=source))
    return DaysTable(days, {int(year) for year in table}, sources)


def _read_csv(text: str) -> DaysTable:
    days: list[Day] = []
    rows = csv.DictReader(text.splitlines())
    headings = {heading: COLUMNS.get(heading.strip().lower(), "") for heading in rows.fieldnames or ()}
    if not {"day", "kind"} <= set(headings.values()):
        raise BadTable(_("第1行要有列名：日期、类型、名称、文件"))
    for number, raw in enumerate(rows, 2):
        row = {headings[name]: (value or "").strip() for name, value in raw.items() if name}
        if not any(row.values()):
            continue
        kind = WORKED.get(row["kind"].lower())
        if kind is None:
            raise BadTable(_("第%(line)s行：类型写“休”或“班”") % {"line": number})
        try:
            day = date.fromisoformat(row["day"].replace("/", "-"))
        except ValueError:
            raise BadTable(
                _("第%(line)s行：“%(words)s”不是日期，请写成 2027-02-06") % {"line": number, "words": row["day"]}
            ) from None
        days.append(Day(day, kind, row.get("name", ""), row.get("source", "")))
    return DaysTable(days, {day.on.year for day in days}, {day.on.year: day.source for day in days if day.source})


COLUMNS = {
    "日期": "day", "day": "day", "date": "day", "类型": "kind", "kind": "kind",
    "名称": "name", "name": "name", "文件": "source", "source": "source",
}  # fmt: skip
WORKED = {"休": False, "rest": False, "休息": False, "班": True, "work": True, "上班": True}


def read_days(text: str) -> DaysTable:
    """The days that a table says, as TOML (a section a year) or as CSV (a line a day). Raises `BadTable`."""
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    table = _read_csv(text) if "," in first and not first.startswith("[") else _read_toml(text)
    on = [day.on for day in table.days]
    twice = next((day for day in on if on.count(day) > 1), None)
    if twice:
        raise BadTable(_("%(day)s 写了两次") % {"day": twice})
    outside = [year for year in table.years if not FIRST_DAY.year <= year <= LAST_DAY.year]
    if outside:
        words = _("年份要在 %(first)s 到 %(last)s 之间")
        raise BadTable(words % {"first": FIRST_DAY.year, "last": LAST_DAY.year})
    if not table.years:
        raise BadTable(_("文件里没有日期"))
    return table


@lru_cache(maxsize=1)
def official_calendar() -> WorkingCalendar:
    """The calendar as shipped."""
    table = read_days(TABLE.read_text("utf-8"))
    return WorkingCalendar(table.days, table.sources)
