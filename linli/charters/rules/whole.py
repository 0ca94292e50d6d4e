"""What can be judged of a charter only when each of its keys is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linli.charters.rules.days import OfficeHours
from linli.charters.rules.values import hours_of

MIN_MINUTES_A_DAY = 360
_PHONE = re.compile(r"[\d +()-]{3,20}")

Found = tuple[str, str, dict[str, Any]]


def faults_of_whole(data: Mapping[str, Any]) -> Iterator[Found]:
    """Path, code and values of each fault between keys: names that lead nowhere, what is missing as a whole."""
    yield from _references(data)
    if not data.get("meeting", {}).get("days"):
        yield "meeting.days", "no_days", {}
    if OfficeHours(hours_of(data["hours"]["spans"])).minutes < MIN_MINUTES_A_DAY:
        yield "hours.spans", "few_hours", {}
    if "other" not in data.get("categories", {}):
        yield "categories.other", "no_other", {}
    for name, phone in data.get("phones", {}).items():
        if not _PHONE.fullmatch(phone["number"]):
            yield f"phones.{name}.number", "unsafe_phone", {}


def _references(data: Mapping[str, Any]) -> Iterator[Found]:
    tables = {"class": "classes", "group": "groups", "phone": "phones"}
    for code, category in data.get("categories", {}).items():
        for key, table in tables.items():
            name = category.get(key)
            if name and name not in data.get(table, {}):
                choices = "、".join(data.get(table, {}))
                yield f"categories.{code}.{key}", f"no_such_{key}", {"value": name, "choices": choices}
