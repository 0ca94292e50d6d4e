"""Which of a file's columns is which of ours, and which are dropped unread."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PEOPLE_LISTS = (
    "black_?list|risk_?score|credit_?score|associate|relatives_?abroad|petition_?history|criminal|suspect|key_?person|"
    "黑名单|重点人员|重点人口|重点人群|可疑人员|上访|关系人|前科|维稳|海外关系"
)
DENIED: tuple[tuple[str, Any, re.Pattern[str]], ...] = tuple(
    (rule, words, re.compile(pattern, re.IGNORECASE))
    for rule, words, pattern in (
        ("PRV-040", _("不记民族和宗教"), "religi|faith|belief|ethnic|nationality|minority|宗教|信仰|民族"),
        ("PRV-040", _("不记政治面貌"), "politic|loyal|政治面貌|政治身份|党派|是否党员|^党员$|入党"),
        ("PRV-040", _("不给人贴标签、列名单"), PEOPLE_LISTS),
        ("PRV-022", _("不收证件号码"), r"identity|\bid_?(no|num|number|card)\b|passport|身份证|身份号|证件号|护照"),
        (
            "PRV-020",
            _("病情、残疾和银行账号不从表格进来"),
            "病史|病情|疾病|健康状况|残疾证|残疾等级|残疾类别|银行卡|银行账号",
        ),
    )
)
"""What no import takes in, whatever the file holds: the rule, what it says, and the headings it stops."""

IDENTITY = re.compile(r"[1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LOOKED_AT = 200
"""How many cells of a column are looked at for identity numbers."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an importer understands: its name, its heading in the template, other headings, an example."""

    name: str
    words: Any
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""


def denied(headings: Iterable[str], rows: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """The headings whose columns are dropped, each with the rule: by their words, or by identity numbers below them."""
    found: dict[str, str] = {}
    for at, heading in enumerate(headings):
        rule = next((rule for rule, _words, pattern in DENIED if pattern.search(_bare(heading))), "")
        cells = [row[at] for row in rows[:LOOKED_AT] if row[at]]
        if not rule and cells and 2 * sum(map(is_identity, cells)) > len(cells):
            rule = "PRV-022"
        if heading and rule:
            found[heading] = rule
    return found


def reason_of(heading: str, rule: str) -> Any:
    """Why a column was dropped, in words."""
    said = [words for each, words, pattern in DENIED if each == rule and pattern.search(_bare(heading))]
    return said[0] if said else next(words for each, words, _pattern in DENIED if each == rule)


def _bare(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split())


def is_identity(cell: str) -> bool:
    """Whether a cell is a resident's identity number: its date and its check digit are right (GB 11643)."""
    number = unicodedata.normalize("NFKC", cell).strip().upper()
    if not IDENTITY.fullmatch(number):
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


def plain_heading(words: str) -> str:
    """A heading for comparing: half-width, small letters, without spaces, marks and what stands in brackets."""
    narrow = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[\s_*:/.\-]|\([^)]*\)|(?<=.)\[[^\]]*\]", "", narrow)


def proposed_mapping(
    headings: Sequence[str], columns: Sequence[Column], saved: Mapping[str, str] | None = None
) -> dict[str, str]:
    """For each column of ours the file's heading: the saved one where the file has it, else one that reads alike."""
    plain = {plain_heading(heading.rpartition("/")[2]): heading for heading in reversed(headings) if heading}
    plain |= {plain_heading(heading): heading for heading in reversed(headings) if heading}
    mapping: dict[str, str] = {}
    for column in columns:
        names = (column.words, column.name, *column.aliases)
        wanted = [(saved or {}).get(column.name, ""), *(str(name) for name in names)]
        found = next((plain[key] for name in wanted if name and (key := plain_heading(name)) in plain), "")
        if found and found not in mapping.values():
            mapping[column.name] = found
    return mapping


def recognised(headings: Iterable[str], mappings: Mapping[str, Mapping[str, str]]) -> str:
    """The shipped mapping all of whose headings the file has; "" for none, the one with most of them for several."""
    there = {plain_heading(heading) for heading in headings}
    fits = [name for name, wanted in mappings.items() if {plain_heading(each) for each in wanted.values()} <= there]
    return max(fits, key=lambda name: len(mappings[name]), default="")
