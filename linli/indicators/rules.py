"""What each matter adds to the figures, and what the figures say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.times import day_of
from linli.tickets import states
from linli.tickets.rules import rates
from linli.tickets.rules.ratings import GOOD_STARS

MEASURES = (
    "cases", "voices", "accepted", "closed", "handled", "owed", "in_time", "deferred", "unflagged",
    "contact_owed", "contacted", "yes", "partly", "no", "rated", "good", "reworks", "reopened",
)  # fmt: skip
"""Counts that add up over days and places. Every rate is made of two of them."""

LEVELS = ("district", "street", "community", "compound")
"""How deep a cell goes; what lies below is counted from the rows themselves."""

PUBLIC_MINIMUM = 5
"""A smaller group is not shown to the public (PRV-039)."""

OUTSIDE = (states.NOT_ACCEPTED, states.TRANSFERRED, states.WITHDRAWN, states.MERGED)
"""Reported, but nobody here owed an end to it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures need to know of one report; moments are aware, minutes are left out on purpose."""

    state: str
    opened_at: datetime
    due_at: datetime | None
    is_paused: bool
    on_time: str
    solved: str
    stars: int | None
    contacted_at: datetime | None
    contact_due_at: datetime | None
    is_finished: bool
    is_imported: bool
    reworks: int
    reopened: int


def counted_on(facts: Facts) -> date:
    """The day whose figures a report is part of: the day its time falls due (SRQ-080), else the day it was made.

    What came from another system counts where it was made; a time that ends at midnight belongs to the day before.
    """
    if facts.due_at is None or facts.is_imported:
        return day_of(facts.opened_at)
    return day_of(facts.due_at - timedelta(microseconds=1))


def measures_of(facts: Facts) -> dict[str, int]:
    """What one report adds to its day (SRQ-042, SRQ-051, SRQ-080, SRQ-081)."""
    is_master = facts.state != states.MERGED
    is_ours = facts.state not in OUTSIDE
    owed = is_ours and not facts.is_paused and (facts.on_time in {"yes", "no"} or _is_due(facts))
    contact_owed = is_ours and facts.contact_due_at is not None
    counts = {
        "cases": is_master,
        "voices": True,
        "accepted": is_ours,
        "closed": facts.state in {states.CLOSED, states.CLOSED_EXPLAINED},
        "handled": facts.is_finished,
        "owed": owed,
        "in_time": owed and facts.on_time == "yes",
        "deferred": is_ours and facts.is_paused,
        "unflagged": is_ours and not facts.is_paused and not owed,
        "contact_owed": contact_owed,
        "contacted": contact_owed and _before(facts.contacted_at, facts.contact_due_at),
        "yes": facts.solved == "yes",
        "partly": facts.solved == "partly",
        "no": facts.solved == "no",
        "rated": facts.stars is not None,
        "good": (facts.stars or 0) >= GOOD_STARS,
        "reworks": facts.reworks,
        "reopened": facts.reopened,
    }
    return {name: int(counts[name]) for name in MEASURES}


def _is_due(facts: Facts) -> bool:
    return facts.due_at is not None and not facts.is_imported


def _before(moment: datetime | None, limit: datetime | None) -> bool:
    return moment is not None and limit is not None and moment <= limit


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums of a period and place; each rate is made when it is asked for."""

    counts: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, measure: str) -> int:
        return self.counts.get(measure) or 0

    def rates(self) -> dict[str, rates.Rate]:
        """The universal rates by name, in the order they are shown."""
        return {
            "response": rates.response_rate(self["contacted"], self["contact_owed"]),
            "resolution": rates.resolution_rate(self["yes"], self["partly"], self["no"]),
            "satisfaction": rates.satisfaction_rate(self["good"], self["rated"]),
            "on_time": rates.on_time_rate(self["in_time"], self["owed"]),
            "rework": rates.rework_rate(self["reworks"], self["handled"]),
            "reopen": rates.reopen_rate(self["reopened"], self["closed"]),
        }


def months_back(day: date, count: int) -> list[tuple[date, date]]:
    """The first and last days of ``count`` months up to the one of ``day``, oldest first."""
    months = []
    first = day.replace(day=1)
    for _step in range(count):
        after = (first + timedelta(days=32)).replace(day=1)
        months.append((first, after - timedelta(days=1)))
        first = (first - timedelta(days=1)).replace(day=1)
    return months[::-1]


def month_of(day: date) -> tuple[date, date]:
    """The first and last day of the month of ``day``."""
    return months_back(day, 1)[0]


def whole_months(start: date, end: date) -> tuple[date, date]:
    """The months that a period touches, whole: days against days would give a small group away."""
    return start.replace(day=1), month_of(end)[1]


RATE_WORDS = {
    "response": (_("响应率"), _("按时联系 / 应联系")),
    "resolution": (_("解决率"), _("解决（部分算一半） / 答了的")),
    "satisfaction": (_("满意率"), _("四星以上 / 打了星的")),
    "on_time": (_("按时办结率"), _("按时 / 到期应办")),
    "rework": (_("返工率"), _("返工次数 / 办过的")),
    "reopen": (_("重开率"), _("又打开的 / 办结的")),
}
"""What each rate is called, and what stands over and under its line."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a figure: all it counts (``any_of``), and those that pull it down, in words and as measures."""

    any_of: tuple[str, ...]
    short_of: tuple[str, ...]
    lacks: str
    all_words: Any
    short_words: Any


BEHIND = {
    "cases": Behind(("cases",), (), "", _("全部"), ""),
    "response": Behind(("contact_owed",), ("contact_owed",), "contacted", _("应联系的"), _("没有按时联系的")),
    "resolution": Behind(("yes", "partly", "no"), ("partly", "no"), "", _("答了的"), _("没有全解决的")),
    "satisfaction": Behind(("rated",), ("rated",), "good", _("打了星的"), _("不到四星的")),
    "on_time": Behind(("owed",), ("owed",), "in_time", _("到期应办的"), _("没有按时的")),
    "rework": Behind(("handled",), ("reworks",), "", _("办过的"), _("返过工的")),
    "reopen": Behind(("closed",), ("reopened",), "", _("办结的"), _("又打开过的")),
    "deferred": Behind(("deferred",), (), "", _("暂缓的"), ""),
    "unflagged": Behind(("unflagged",), (), "", _("没有期限的"), ""),
}
"""What each figure opens into; the first list has as many rows as the figure's denominator says."""


def is_small(whole: int) -> bool:
    """Whether a group is too small to be shown to the public (PRV-039); an empty one tells nothing and may be shown."""
    return 0 < whole < PUBLIC_MINIMUM


def hidden_among(wholes: Sequence[int]) -> frozenset[int]:
    """Which of the groups beside one another are not shown to the public, by their places in the row.

    The small ones, and as many of the next smallest as it takes that the sum less the shown ones tells nothing: at
    least two hidden groups with at least the minimum in them together (PRV-039).
    """
    hidden = [at for at, whole in enumerate(wholes) if is_small(whole)]
    rest = sorted((whole, at) for at, whole in enumerate(wholes) if whole >= PUBLIC_MINIMUM)
    while hidden and rest and (len(hidden) < 2 or sum(wholes[at] for at in hidden) < PUBLIC_MINIMUM):
        hidden.append(rest.pop(0)[1])
    return frozenset(hidden)
