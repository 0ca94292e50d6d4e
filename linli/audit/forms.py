"""The audit page's filter, said as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.audit.rules import LOOKED, Sought

VERBS: dict[str, Any] = {
    "": _("所有动作"),
    LOOKED: _("看个人信息"),
    "person.": _("个人信息的一切动作"),
    "account.": _("登录和账号"),
    "ticket": _("反映的事"),
    "charter.": _("社区章程"),
}
DAYS: dict[str, Any] = {"1": _("最近一天"), "7": _("最近七天"), "30": _("最近三十天"), "": _("三年内")}
CHIPS: dict[str, Any] = {
    "actor": _("同一个人做的"),
    "person": _("关于同一个人"),
    "subject": _("关于同一件事"),
    "community": _("同一个社区"),
}


def sought_of(typed: QueryDict, now: datetime) -> Sought:
    """What the address asks for. Unknown words ask for everything."""
    verb, days = typed.get("verb", ""), typed.get("days", "")
    since = now - timedelta(days=int(days)) if days in DAYS and days else None
    return Sought(verb if verb in VERBS else "", since=since, **{name: typed.get(name, "")[:64] for name in CHIPS})


def sentence_of(typed: QueryDict) -> list[Mapping[str, Any]]:
    """The parts of the filter's sentence: choices with their links, and chips that can be taken away."""
    return [
        {"words": _("现在看的是")},
        _choice(typed, "days", DAYS),
        _choice(typed, "verb", VERBS),
        *({"words": words, "off": _link(typed, name, "")} for name, words in CHIPS.items() if typed.get(name)),
    ]


def _choice(typed: QueryDict, name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    chosen = typed.get(name, "") if typed.get(name, "") in options else ""
    links = [
        {"words": words, "href": _link(typed, name, value), "current": value == chosen}
        for value, words in options.items()
    ]
    return {"words": options[chosen], "options": links}


def _link(typed: QueryDict, name: str, value: str) -> str:
    """The page's address with one word changed, from its beginning again."""
    told = typed.copy()
    told.pop("before", None)
    told.pop(name, None)
    if value:
        told[name] = value
    return f"?{told.urlencode()}"
