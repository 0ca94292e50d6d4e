"""What an old ledger tells of its year. Pure: reports in, figures out; nothing is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from linli.core.times import day_of
from linli.tickets.rules import rates
from linli.tickets.rules.sizes import Facts, big_reasons

TOP = 10
FAILED_WITHIN = timedelta(days=180)
"""How far back a place's failures count when the meeting's agenda is made."""

SEVERAL = 3
"""Fewer reports of a kind than this are not taken for one matter of several buildings."""


@dataclass(frozen=True, slots=True)
class Old:
    """One report of an old ledger: where down to the building, what, and the ledger's own word on how it went."""

    opened_at: datetime
    area: str = ""
    spot: str = ""
    what: str = ""
    is_closed: bool = False
    days: int | None = None
    on_time: str = "unknown"
    ours: str = "unknown"
    """Whether it was on time by the charter's own deadline; unknown where a moment or the category is missing."""
    solved: str = ""
    is_good: bool | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of some reports, and the rates made of them."""

    counts: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def rates(self) -> dict[str, rates.Rate]:
        """The rates that a ledger can tell; it holds no first contact, so no response rate."""
        return {
            "on_time": rates.on_time_rate(self["in_time"], self["in_time"] + self["late"]),
            "ours": rates.on_time_rate(self["ours"], self["ours"] + self["ours_late"]),
            "closing": rates.closing_rate(self["closed"], self["all"]),
            "resolution": rates.resolution_rate(self["yes"], self["partly"], self["no"]),
            "satisfaction": rates.satisfaction_rate(self["good"], self["rated"]),
        }


def sums_of(reports: Iterable[Old]) -> Sums:
    """The counts of the reports."""
    found = list(reports)
    counts = {
        "all": len(found),
        "closed": sum(each.is_closed for each in found),
        "in_time": sum(each.on_time == "yes" for each in found),
        "late": sum(each.on_time == "no" for each in found),
        "unsaid": sum(each.on_time == "unknown" for each in found),
        "ours": sum(each.ours == "yes" for each in found),
        "ours_late": sum(each.ours == "no" for each in found),
        "rated": sum(each.is_good is not None for each in found),
        "good": sum(each.is_good is True for each in found),
        "nowhere": sum(not each.spot for each in found),
    }
    return Sums(counts | {said: sum(each.solved == said for each in found) for said in ("yes", "partly", "no")})


def by_month(reports: Iterable[Old]) -> list[tuple[date, Sums]]:
    """The sums of each month in which something was reported, oldest first."""
    found: defaultdict[date, list[Old]] = defaultdict(list)
    for each in reports:
        found[day_of(each.opened_at).replace(day=1)].append(each)
    return [(month, sums_of(found[month])) for month in sorted(found)]


def most_by(words: Iterable[str], most: int = TOP) -> list[tuple[str, int]]:
    """The most frequent words, those without any left out."""
    return Counter(filter(None, words)).most_common(most)


def median_days(reports: Iterable[Old]) -> tuple[int, int] | None:
    """Within how many days half of the closed reports were closed, and nine tenths of them."""
    days = sorted(each.days for each in reports if each.days is not None)
    return (days[(len(days) - 1) // 2], days[(9 * len(days) - 1) // 10]) if days else None


@dataclass(frozen=True, slots=True)
class Again:
    """A trouble that came back at the same spot after it had been quiet."""

    spot: str
    what: str
    times: int
    reports: int
    late: int
    days: Sequence[date] = field(default=())


def came_again(reports: Iterable[Old], quiet_days: int, most: int = TOP) -> list[Again]:
    """The spots where the same thing fails again and again, worst first; reports close together are one failure."""
    found: defaultdict[tuple[str, str], list[Old]] = defaultdict(list)
    for each in reports:
        if each.spot and each.what:
            found[each.spot, each.what].append(each)
    listed = [_again(key, group, quiet_days) for key, group in found.items()]
    back = [each for each in listed if each.times > 1]
    return sorted(back, key=lambda each: (-each.times, -each.reports, -each.late, each.spot, each.what))[:most]


def _again(key: tuple[str, str], group: list[Old], quiet_days: int) -> Again:
    days = sorted(day_of(each.opened_at) for each in group)
    begun = [days[0], *(day for last, day in pairwise(days) if (day - last).days > quiet_days)]
    return Again(*key, len(begun), len(group), sum(each.on_time == "no" for each in group), begun)


@dataclass(frozen=True, slots=True)
class Point:
    """What would have stood on the meeting's agenda, with the reasons by which it belongs there (SRQ-021)."""

    area: str
    what: str
    facts: Facts
    reasons: Sequence[str]
    unfinished: int


def agenda_of(reports: Sequence[Old], day: date, thresholds: Mapping[str, int], most: int = 8) -> list[Point]:
    """The agenda of the meeting on ``day``, from the reports of the days before it that the charter looks back on."""
    quiet = thresholds.get("duplicate_days", 7)
    window = timedelta(days=thresholds.get("big_days", 30))
    recent = [each for each in reports if day - window <= day_of(each.opened_at) <= day]
    earlier = [each for each in reports if day - FAILED_WITHIN <= day_of(each.opened_at) <= day]
    failures: Counter[tuple[str, str]] = Counter()
    for back in came_again(earlier, quiet, len(earlier)):
        failures[back.spot, back.what] = back.times - 1
    groups: defaultdict[tuple[str, str], list[Old]] = defaultdict(list)
    for each in recent:
        if each.spot and each.what:
            groups[each.area, each.what].append(each)
    points = [_point(key, group, failures, thresholds) for key, group in groups.items()]
    wanted = [point for point in points if point.reasons]
    return sorted(wanted, key=lambda each: (-len(each.reasons), -each.facts.voices, each.area, each.what))[:most]


def _point(
    key: tuple[str, str], group: list[Old], failures: Counter[tuple[str, str]], thresholds: Mapping[str, int]
) -> Point:
    spots = {each.spot for each in group if each.spot != each.area}
    failed = max(failures[each.spot, each.what] for each in group)
    buildings = len(spots) if len(group) >= SEVERAL else 1
    facts = Facts(buildings=buildings, voices=len(group), failures=failed)
    return Point(*key, facts, big_reasons(facts, thresholds), sum(not each.is_closed for each in group))
