"""From a charter's data to the `Charter`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.charters.rules.charter import Charter
from linli.charters.rules.days import OfficeHours, WorkingCalendar
from linli.charters.rules.spans import parse_span
from linli.charters.rules.values import hours_of, time_of, words_of
from linli.charters.rules.words import Category, DeadlineClass, OrderItem, Phone, Reason, Reply, Span, Words


def _words(entry: Mapping[str, Any]) -> Words:
    return Words(entry["zh"], entry.get("bo", ""), entry.get("en", ""))


def _span(entry: Mapping[str, Any], key: str) -> Span | None:
    return parse_span(entry[key]) if entry.get(key) else None


def _list(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(entry.get(key, ()))


def _class(code: str, entry: Mapping[str, Any]) -> DeadlineClass:
    return DeadlineClass(
        code,
        _words(entry),
        rank=entry["rank"],
        contact=_span(entry, "contact"),
        finish=_span(entry, "finish"),
        extension=_span(entry, "extension"),
        extensions=entry.get("extensions", 0),
        may_pause=entry.get("may_pause", True),
        turns_into=entry.get("turns_into", ""),
        is_emergency=entry.get("is_emergency", False),
    )


def _category(code: str, entry: Mapping[str, Any]) -> Category:
    return Category(
        code,
        _words(entry),
        group=entry["group"],
        class_code=entry["class"],
        family=entry.get("family", code),
        keywords=_list(entry, "keywords"),
        body_kind=entry.get("body", "company"),
        lawful_owner_level=entry.get("level", "compound"),
        is_public=entry.get("is_public", True) and not entry.get("is_private_home", False),
        is_private_home=entry.get("is_private_home", False),
        questions=tuple(words_of(question) for question in entry.get("questions", ())),
        evidence=words_of(entry["evidence"]) if "evidence" in entry else Words(""),
        finish_test=words_of(entry["finish_test"]) if "finish_test" in entry else Words(""),
        usual_at=_list(entry, "usual_at"),
        phone=entry.get("phone", ""),
        route=entry.get("route", ""),
        is_emergency=entry.get("is_emergency", False),
    )


def _reason(code: str, entry: Mapping[str, Any]) -> Reason:
    return Reason(
        code,
        _words(entry),
        next_step=words_of(entry["next_step"]) if "next_step" in entry else Words(""),
        limit=_span(entry, "limit"),
        needs_date=entry.get("needs_date", False),
        needs_note=entry.get("needs_note", False),
        times=entry.get("times", 0),
    )


def charter_from(data: Mapping[str, Any], calendar: WorkingCalendar, version_id: int | None = None) -> Charter:
    """The charter that checked ``data`` describes, over ``calendar``."""
    entries = {name: data.get(name, {}) for name in ("groups", "classes", "categories", "replies", "orders", "phones")}
    return Charter(
        version_id=version_id,
        title=words_of(data["charter"]["title"]),
        ruleset_id=data["charter"].get("ruleset", ""),
        calendar=calendar,
        hours=OfficeHours(hours_of(data["hours"]["spans"]), time_of(data["hours"]["same_day_until"])),
        groups={code: _words(entry) for code, entry in entries["groups"].items()},
        categories={code: _category(code, entry) for code, entry in entries["categories"].items()},
        classes={code: _class(code, entry) for code, entry in entries["classes"].items()},
        reasons={
            kind: tuple(_reason(code, entry) for code, entry in table.items())
            for kind, table in data.get("reasons", {}).items()
        },
        replies=tuple(Reply(code, _words(entry), _list(entry, "moves")) for code, entry in entries["replies"].items()),
        thresholds=dict(data.get("thresholds", {})),
        steps={name: parse_span(span) for name, span in data.get("steps", {}).items()},
        meeting_days=tuple(sorted(set(data["meeting"]["days"]))),
        meeting_cutoff_hours=data["meeting"]["cutoff_hours"],
        orders={
            code: OrderItem(code, _words(entry), entry.get("body", "team"), entry.get("price_fen", 0))
            for code, entry in entries["orders"].items()
        },
        words={name: words_of(words) for name, words in data.get("words", {}).items()},
        phones={code: Phone(code, _words(entry), entry["number"]) for code, entry in entries["phones"].items()},
        data=data,
    )
