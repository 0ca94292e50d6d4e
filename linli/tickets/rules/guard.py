"""A second look at free words before they are kept: numbers and private words that need not stand there (PRV-038)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linli.charters.rules import Category
from linli.core.numbers import check_digit
from linli.places.rules.tree import HOME

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_DIGITS = "10X98765432"
_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9Xx]){10,18}(?![0-9Xx])")
_PHONE = re.compile(r"1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of text about a person that the work does not need.

    ``kind`` is identity, card or phone for what looks like such a number, private for a word of PRV-040's list.
    """

    kind: str
    start: int
    end: int


def _is_identity(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_DIGITS[total % 11] == number[17].upper()


def _kind_of(number: str) -> str:
    if _is_identity(number):
        return "identity"
    if not number.isdigit():
        return ""
    if 16 <= len(number) <= 19 and check_digit(number[:-1]) == number[-1]:
        return "card"
    return "phone" if _PHONE.fullmatch(number) else ""


def numbers_in(words: str) -> list[Finding]:
    """The numbers in ``words`` that look like an identity card, a bank card or a mobile telephone."""

    def found() -> Iterator[Finding]:
        for match in _NUMBER.finditer(words):
            kind = _kind_of(re.sub("[ -]", "", match.group()))
            if kind:
                yield Finding(kind, match.start(), match.end())

    return list(found())


_PEOPLES = "汉|藏|回|满|维吾尔|哈萨克|蒙古|彝|壮|苗|土家|布依|侗|瑶|白|傣|羌|纳西|朝鲜|撒拉|东乡|门巴|珞巴"
_PRIVATE = re.compile(
    rf"信教的?|宗教信仰|信仰|宗教|(?:少数|{_PEOPLES})民?族的?(?!路|街|巷|村|乡|镇|县|州|自治|小|中|大|学|团结|广场)|"
    r"政治面貌|黑名单|重点人[员口]|可疑人员|上访人员|关系人(?!民)|\b(?:religio\w+|ethnic\w*)",
    re.IGNORECASE,
)


def private_words_in(words: str) -> list[Finding]:
    """What people are, believe or are called, in words of PRV-040's list: nobody needs it to mend a lamp."""
    return [Finding("private", match.start(), match.end()) for match in _PRIVATE.finditer(words)]


_HOME = re.compile(
    r"\d{1,3}\s*[-－—–]\s*\d{1,2}\s*[-－—–]\s*\d{2,4}|\d{1,2}\s*单元\s*\d{3,4}\s*[室房户号]?|(?<!\d)\d{3,4}\s*(?:室|房间?|户|号房|家)"
)


def homes_in(words: str) -> list[Finding]:
    """What looks like the number of somebody's flat: no page for everybody needs it."""
    return [Finding("home", match.start(), match.end()) for match in _HOME.finditer(words)]


def for_everybody(words: str) -> str:
    """``words`` without numbers of persons, private words and flats, as the beginning of what is released."""
    return _HOME.sub("", suggested(words)).strip()


def findings_in(words: str) -> list[Finding]:
    """All that a person is asked about once before it is kept: numbers, then private words."""
    return numbers_in(words) + private_words_in(words)


def suggested(words: str) -> str:
    """``words`` without what was found, as a suggestion to the person who typed it; they may keep theirs."""
    return _PRIVATE.sub("", redacted(words))


def redacted(words: str) -> str:
    """``words`` with the figures of each number replaced."""
    for finding in reversed(numbers_in(words)):
        stretch = words[finding.start : finding.end]
        hidden = stretch[:3] + "*" * (len(stretch) - 5) + stretch[-2:]
        words = words[: finding.start] + hidden + words[finding.end :]
    return words


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
LONGEST = 4000


def clean_words(typed: str) -> str:
    """What was typed, without control characters, turned-round writing and lone halves of characters."""
    whole = typed.replace("\r\n", "\n").encode("utf-8", "ignore").decode()
    return _UNSEEN.sub("", whole).strip()


def is_open_to_all(category: Category, level: str, *, is_secret: bool) -> bool:
    """Whether all may know of a report: never of one inside a home, never where its reporter asked for secrecy."""
    return category.is_public and not category.is_private_home and level != HOME and not is_secret
