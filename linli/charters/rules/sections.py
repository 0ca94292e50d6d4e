"""What a charter may say: sections, their keys, and for each key how far a community may go (GEN-009).

The floor of a key is what the national profile ``cn-default`` says at the same place, its ``default`` where that entry
says nothing, or ``floor`` where it stands here.
Upper modules declare sections of their own in their ``ready()``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from linli.core.declare import Register


class Bound(StrEnum):
    """How far a charter may go from the floor."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    FIXED = "fixed"
    FREE = "free"


class NameRule(StrEnum):
    """Whether entries may be added to a table, or taken from it."""

    OPEN = "open"
    NO_NEW = "no_new"
    NO_LESS = "no_less"
    EXACT = "exact"


KINDS = ("text", "words", "span", "int", "bool", "time", "choice", "class", "texts", "ints", "wordlist", "spans")
"""Kinds of values: how each is read and compared stands in `values.py`."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its path below the section (``*`` is any name), its kind, and its bound with the article."""

    path: str
    kind: str
    bound: Bound = Bound.FREE
    article: str = ""
    floor: Any = None
    choices: tuple[str, ...] = ()
    is_required: bool = False
    default: Any = None
    low: int = 0
    high: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table of named entries inside a section, and whether names may come or go."""

    path: str
    names: NameRule = NameRule.OPEN
    article: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the charter: its name, the keys that it knows, its tables of entries."""

    name: str
    keys: tuple[Key, ...]
    tables: tuple[Table, ...] = ()


SECTIONS: Register[Section] = Register("charter section")

LEVELS = ("compound", "community", "street", "district", "city")
BODY_KINDS = (
    "community_office", "branch", "owners_committee", "company", "team", "unit",
    "street_office", "district_office", "partner",
)  # fmt: skip
ROUTES = ("", "emergency", "police", "assistance", "question")
NAMES = (Key("*.zh", "text", is_required=True), Key("*.bo", "text"), Key("*.en", "text"))
HOTLINE = "济南市12345市民服务热线条例第24条"
DRAFT = "北京市政务热线规范（草案）"
DUTY = "国办函〔2025〕66号第5项；北京市接诉即办工作条例第17条"
PAUSING = "SRQ-041"
EMERGENCY = "北京市接诉即办工作条例第11条第1项"
CATALOGUE = "REG-014"


def _reasons(kind: str) -> tuple[Key, ...]:
    limit = Bound.AT_MOST if kind == "pause" else Bound.FREE
    return (
        *(Key(f"{kind}.{key.path}", key.kind, is_required=key.is_required) for key in NAMES),
        Key(f"{kind}.*.next_step", "words"),
        Key(f"{kind}.*.limit", "span", limit, "SRQ-040"),
        Key(f"{kind}.*.needs_date", "bool", Bound.AT_LEAST, "SRQ-041"),
        Key(f"{kind}.*.needs_note", "bool", Bound.AT_LEAST, "SRQ-001"),
        Key(f"{kind}.*.times", "int", Bound.FIXED if kind == "pause" else Bound.FREE, "SRQ-040", default=0),
    )


REASONS = ("pause", "return", "refuse", "extend", "override", "cancel", "reopen")

_CLASSES = (
    *NAMES,
    Key("*.rank", "int", Bound.FIXED, "B.3.2"),
    Key("*.contact", "span", Bound.AT_MOST, "吕梁市12345热线规定；B.3.2"),
    Key("*.finish", "span", Bound.AT_MOST, f"{HOTLINE}；{DRAFT}"),
    Key("*.extension", "span", Bound.AT_MOST, "山东省政务服务热线管理办法"),
    Key("*.extensions", "int", Bound.AT_MOST, "山东省政务服务热线管理办法", default=0),
    Key("*.may_pause", "bool", Bound.AT_MOST, PAUSING, default=True),
    Key("*.turns_into", "class", Bound.FIXED, "SRQ-022", default=""),
    Key("*.is_emergency", "bool", Bound.FIXED, EMERGENCY, default=False),
)
_CATEGORIES = (
    *NAMES,
    Key("*.group", "choice", is_required=True),
    Key("*.class", "class", Bound.AT_MOST, CATALOGUE, is_required=True),
    Key("*.family", "text"),
    Key("*.keywords", "texts"),
    Key("*.body", "choice", choices=BODY_KINDS),
    Key("*.level", "choice", Bound.AT_LEAST, DUTY, choices=LEVELS),
    Key("*.is_public", "bool", Bound.AT_MOST, "PRV-038"),
    Key("*.is_private_home", "bool", Bound.AT_LEAST, "PRV-038"),
    Key("*.is_emergency", "bool", Bound.AT_LEAST, EMERGENCY),
    Key("*.questions", "wordlist"),
    Key("*.evidence", "words"),
    Key("*.finish_test", "words"),
    Key("*.usual_at", "texts"),
    Key("*.phone", "text"),
    Key("*.route", "choice", Bound.FIXED, "REG-013", choices=ROUTES, default=""),
)
_THRESHOLDS = (
    Key("small_cost_yuan", "int"),
    Key("big_households", "int", Bound.AT_MOST, "SRQ-021", low=2),
    Key("big_buildings", "int", Bound.AT_MOST, "SRQ-021", low=1),
    Key("big_voices", "int", Bound.AT_MOST, "SRQ-021", low=2),
    Key("big_days", "int", Bound.AT_LEAST, "SRQ-021"),
    Key("big_failures", "int", Bound.AT_MOST, "SRQ-021", low=1),
    Key("duplicate_metres", "int", high=500),
    Key("duplicate_days", "int", high=60),
    Key("rework_stars", "int", Bound.AT_LEAST, "SRQ-061", high=4),
    Key("solved_partly_percent", "int", high=100),
    Key("public_cell", "int", Bound.AT_LEAST, "MED-051"),
)
_STEPS = (
    Key("triage", "span", Bound.AT_MOST, "B.3.1"),
    Key("triage_net", "span", Bound.AT_MOST, DRAFT),
    Key("dispatch", "span", Bound.AT_MOST, "吕梁市12345热线规定"),
    Key("order_take", "span", Bound.AT_MOST, "B.3.10"),
    Key("sign_off", "span", Bound.AT_MOST, "B.3.1"),
    Key("return", "span", Bound.AT_MOST, "山东省政务服务热线管理办法；SRQ-033"),
    Key("return_decision", "span", Bound.AT_MOST, "SRQ-033"),
    Key("check", "span", Bound.AT_MOST, "B.3.1"),
    Key("rating", "span", Bound.AT_LEAST, "SRQ-060"),
    Key("rating_first_reminder", "span"),
    Key("rating_second_reminder", "span"),
    Key("reopen", "span", Bound.AT_LEAST, "SRQ-062"),
    Key("pause_total", "span", Bound.AT_MOST, PAUSING),
    Key("supervise", "span", Bound.AT_MOST, "SRQ-010"),
)

for _section in (
    Section("charter", (Key("extends", "text"), Key("title", "words", is_required=True), Key("ruleset", "text"))),
    Section("hours", (Key("spans", "spans"), Key("same_day_until", "time", Bound.AT_LEAST, "B.3.2"))),
    Section("meeting", (Key("days", "ints", low=1, high=28), Key("cutoff_hours", "int", Bound.AT_MOST, "DLB-020"))),
    Section("classes", _CLASSES, (Table("", NameRule.EXACT, "B.3.2"),)),
    Section("groups", NAMES, (Table(""),)),
    Section("categories", _CATEGORIES, (Table(""),)),
    Section(
        "reasons",
        tuple(key for kind in REASONS for key in _reasons(kind)),
        (
            Table("pause", NameRule.NO_NEW, "SRQ-040"),
            Table("refuse", NameRule.NO_NEW, "北京市接诉即办工作条例第11条；国办函〔2025〕66号第2项"),
            *(Table(kind) for kind in REASONS if kind not in {"pause", "refuse"}),
        ),
    ),
    Section("replies", (*NAMES, Key("*.moves", "texts")), (Table(""),)),
    Section("thresholds", _THRESHOLDS),
    Section("steps", _STEPS),
    Section("orders", (*NAMES, Key("*.body", "choice", choices=BODY_KINDS), Key("*.price_fen", "int")), (Table(""),)),
    Section(
        "phones",
        (*NAMES, Key("*.number", "text", is_required=True)),
        (Table("", NameRule.NO_LESS, EMERGENCY),),
    ),
    Section("words", (Key("*", "words"),), (Table(""),)),
):
    SECTIONS.declare(_section)
