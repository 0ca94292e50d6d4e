"""What a reporting page offers: a few categories as tiles, what must be said before sending, the beads of a state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from linli.charters.rules import Category, Charter
from linli.charters.rules.suggest import suggest_categories
from linli.tickets import states

MOST_TILES = 6
LIKELY = 3
EMERGENCY = "E0"

_STATIONS = (
    (states.SUBMITTED,),
    (states.ACCEPTED, states.RETURNED, states.AWAITING_REPORTER),
    (states.DISPATCHED,),
    (states.IN_PROGRESS, states.PAUSED, states.AWAITING_MEETING),
    (states.RESOLVED,),
    (states.AWAITING_RATING, states.UNDER_REVIEW),
)
"""On which bead of the small thread each state stands."""


def beads_of(state: str) -> list[str]:
    """The seven beads of a report in ``state``, each done, now or next; an ended one has all behind it."""
    at = next((number for number, here in enumerate(_STATIONS) if state in here), len(_STATIONS) + 1)
    return ["done" if number < at else "now" if number == at else "next" for number in range(len(_STATIONS) + 1)]


def likely_categories(words: str, charter: Charter, level: str) -> list[str]:
    """The categories that the words speak of, the likeliest first; none for silence."""
    usual = dict(suggest_categories("", charter, level))
    scored = suggest_categories(words, charter, level) if words.strip() else []
    return [code for code, score in scored if score > usual.get(code, 0)]


def is_emergency(words: str, chosen: str, charter: Charter) -> bool:
    """Whether life may be in danger, by the category chosen or the words typed: they are told whom to ring (E0)."""
    if chosen in charter.categories:
        return charter.categories[chosen].class_code == EMERGENCY
    first = likely_categories(words, charter, "")[:1]
    return bool(first) and charter.categories[first[0]].class_code == EMERGENCY


def place_only_category(words: str, chosen: str, charter: Charter) -> str:
    """The emergency category under which only the place is kept."""
    wanted = [chosen, *likely_categories(words, charter, "")]
    emergencies = [code for code, one in charter.categories.items() if one.class_code == EMERGENCY]
    return next((code for code in wanted if code in emergencies), emergencies[-1] if emergencies else "")


def tiles_of(words: str, chosen: str, charter: Charter, level: str) -> list[Category]:
    """The few categories offered: what the words speak of, then what is usual at such a place (SRQ-003).

    The one chosen is always among them. Nobody has to take one.
    """
    likely = likely_categories(words, charter, level)
    usual = [code for code, _score in suggest_categories("", charter, level)]
    wanted = list(dict.fromkeys([*likely, *usual]))
    if chosen in charter.categories and chosen not in wanted[:MOST_TILES]:
        wanted = [chosen, *wanted]
    shown = [charter.categories[code] for code in wanted if charter.categories[code].class_code != EMERGENCY]
    return shown[:MOST_TILES]


def offer_mark(words: str, chosen: str) -> str:
    """The mark that all was offered for these words and this category; sending them then asks nothing twice."""
    return f"o:{hashlib.sha256(f'{chosen} {words.strip()}'.encode()).hexdigest()[:12]}"


def unseen(wanted: Iterable[str], seen: str) -> list[str]:
    """Of the offers that should be made before sending, those that this person has not been shown."""
    known = set(seen.split())
    return [mark for mark in wanted if mark not in known]
