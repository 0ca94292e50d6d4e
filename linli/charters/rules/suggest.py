"""Offering a category for what somebody wrote: the longest keywords decide (never forced, HOUSE 1)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from weakref import WeakKeyDictionary

from linli.charters.rules.charter import Charter

_MARKS = str.maketrans({"་": None, "།": None, "༌": None})
USUAL, HOME_WORDS = 1, 2

Index = dict[str, list[tuple[str, str]]]
_indexes: WeakKeyDictionary[Charter, Index] = WeakKeyDictionary()


def plain(words: str) -> str:
    """``words`` as they are compared: one form, small letters, no tsheg or shad (LNG-003)."""
    return unicodedata.normalize("NFKC", words).lower().translate(_MARKS)


def _index_of(charter: Charter) -> Index:
    """Keywords by their first letter, the longest first."""
    index = _indexes.get(charter)
    if index is None:
        by_first: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for category in charter.categories.values():
            for keyword in {plain(keyword) for keyword in category.keywords} - {""}:
                by_first[keyword[0]].append((keyword, category.code))
        for found in by_first.values():
            found.sort(key=lambda pair: (-len(pair[0]), pair[1]))
        _indexes[charter] = index = dict(by_first)
    return index


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin keyword stands by itself there (an s of the plural may follow)."""
    before = start and text[start - 1].isascii() and text[start - 1].isalnum()
    rest = text[end : end + 2].removeprefix("s")[:1]
    return not before and not (rest.isascii() and rest.isalnum())


def _weight(keyword: str) -> int:
    """How much a keyword says: four Latin letters are worth one Chinese one."""
    return max(len(keyword) // 4, 2) if keyword.isascii() else len(keyword)


def suggest_categories(words: str, charter: Charter, place_kind: str | None = None) -> list[tuple[str, int]]:
    """Categories that ``words`` speak of, with their scores, the likeliest first; none where nothing is known.

    ``place_kind`` (a level or a kind of station) favours what is usually reported there.
    """
    text, index = plain(words[:2000]), _index_of(charter)
    scores: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    covered = 0
    for start, letter in enumerate(text):
        for keyword, code in index.get(letter, ()):
            end = start + len(keyword)
            if end <= covered or (keyword, code) in seen or not text.startswith(keyword, start):
                continue
            if keyword.isascii() and not _is_word(text, start, end):
                continue
            seen.add((keyword, code))
            scores[code] = scores.get(code, 0) + _weight(keyword) ** 2
            covered = max(covered, end)
    for category in charter.categories.values():
        if place_kind and place_kind in category.usual_at:
            scores[category.code] = scores.get(category.code, 0) + USUAL
    return sorted(
        scores.items(), key=lambda pair: (-pair[1], charter.classes[charter.categories[pair[0]].class_code].rank)
    )
