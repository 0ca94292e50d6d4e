"""Which of a file's columns is which of ours, and which are dropped unread."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DENIED = re.compile(
    r"religi|faith|belief|ethnic|nationality|minority|politic|black_?list|risk_?score|credit_?score|associate|"
    r"relatives_?abroad|petition_?history|criminal|key_?person|suspect|loyal|"
    r"宗教|信仰|民族|政治面貌|黑名单|重点人员|重点人口|重点人群|可疑人员|上访|关系人|前科|维稳|海外关系",
    re.IGNORECASE,
)
"""What no import takes in, whatever the file holds (PRV-040)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an importer understands: its name, its heading in the template, other headings, an example."""

    name: str
    words: Any
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""


def denied(headings: Iterable[str]) -> list[str]:
    """The headings whose columns are dropped unread (PRV-040)."""
    return [heading for heading in headings if DENIED.search(heading)]


def plain_heading(words: str) -> str:
    """A heading for comparing: half-width, small letters, without spaces, marks and what stands in brackets."""
    narrow = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[\s_*:/.\-]|\([^)]*\)|(?<=.)\[[^\]]*\]", "", narrow)


def proposed_mapping(
    headings: Sequence[str], columns: Sequence[Column], saved: Mapping[str, str] | None = None
) -> dict[str, str]:
    """For each column of ours the file's heading: the saved one where the file has it, else one that reads alike."""
    plain = {plain_heading(heading): heading for heading in reversed(headings) if heading}
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
