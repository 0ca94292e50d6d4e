"""Which charter and which calendar hold where. One statement finds out whether anything changed; the rest is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from linli.charters.models import CalendarChange, CalendarDay, CalendarYear, CharterVersion, Edition
from linli.charters.rules import Charter, Day, WorkingCalendar, official_calendar
from linli.charters.rules.checking import NATIONAL
from linli.charters.rules.profiles import profile
from linli.charters.rules.reading import charter_from
from linli.core import times
from linli.core.errors import NotFound
from linli.places.models import Place


@dataclass
class _Kept:
    """What this process knows under one edition."""

    token: str = ""
    codes: dict[int, str] = field(default_factory=dict)
    in_force: dict[int | None, int | None] = field(default_factory=dict)
    charters: dict[tuple[int | None, str], Charter] = field(default_factory=dict)
    layers: list[str] | None = None
    calendars: dict[tuple[str, ...], WorkingCalendar] = field(default_factory=dict)


_kept = _Kept()
AS_SHIPPED = "as shipped"
_told: ContextVar[list[str] | None] = ContextVar("the edition this request was told", default=None)


@contextmanager
def one_edition(told: str = "") -> Iterator[None]:
    """Within the block the edition is asked for once, at its first need: a page is drawn from one charter.

    ``told`` is the edition where another read has brought it along (`edition_column`).
    """
    known = _told.set([told] if told else [])
    try:
        yield
    finally:
        _told.reset(known)


def edition_column() -> Coalesce:
    """The present edition's token, as a column of another read."""
    return Coalesce(Subquery(Edition.objects.values("token")[:1]), Value(AS_SHIPPED))


def forget_edition() -> None:
    """The edition has changed within the block; whoever changed it says so."""
    known = _told.get()
    if known is not None:
        known.clear()


def _token() -> str:
    """The present edition's token. One statement, or none where the block's was told."""
    known = _told.get()
    if known:
        return known[0]
    token = next(iter(Edition.objects.values_list("token", flat=True)[:1]), AS_SHIPPED)
    if known is not None:
        known.append(token)
    return token


def _now_kept() -> _Kept:
    """The cache of the present edition."""
    global _kept  # noqa: PLW0603 -- the one cache of the process, replaced whole
    token = _token()
    if token != _kept.token:
        _kept = _Kept(token)
    return _kept


def _calendar(kept: _Kept, code: str) -> WorkingCalendar:
    """The country's days and those of each layer that ``code`` begins with, the widest first."""
    if kept.layers is None:
        kept.layers = sorted(CalendarDay.objects.values_list("layer", flat=True).distinct(), key=len)
    mine = tuple(layer for layer in kept.layers if code.startswith(layer))
    if mine not in kept.calendars:
        kept.calendars[mine] = _built(mine)
    return kept.calendars[mine]


def _built(layers: tuple[str, ...]) -> WorkingCalendar:
    shipped = official_calendar()
    own_years = dict(CalendarYear.objects.values_list("year", "source"))
    if not layers and not own_years:
        return shipped
    days = {on: day for on, day in shipped.days.items() if on.year not in own_years}
    rows = CalendarDay.objects.filter(layer__in=layers)
    for row in sorted(rows, key=lambda row: len(row.layer)):
        days[row.on] = Day(row.on, row.is_work, row.name, row.source)
    return WorkingCalendar(days.values(), {**shipped.official_years, **own_years})


def _code(kept: _Kept, community_id: int | None) -> str:
    if community_id is None:
        return ""
    if community_id not in kept.codes:
        kept.codes[community_id] = Place.objects.values_list("code", flat=True).get(pk=community_id)
    return kept.codes[community_id]


def _charter(kept: _Kept, version_id: int | None, code: str) -> Charter:
    """The charter of a version over the calendar of the place ``code``."""
    key = (version_id, code)
    if key not in kept.charters:
        data = profile(NATIONAL).data
        if version_id is not None:
            data = CharterVersion.objects.values_list("data", flat=True).get(pk=version_id)
        kept.charters[key] = charter_from(data, _calendar(kept, code), version_id)
    return kept.charters[key]


def _in_force(kept: _Kept, community_id: int | None) -> int | None:
    if community_id not in kept.in_force:
        newest = CharterVersion.objects.order_by("-number").values_list("pk", flat=True)
        own = newest.filter(community_id=community_id).first()
        kept.in_force[community_id] = own if own or community_id is None else _in_force(kept, None)
    return kept.in_force[community_id]


def charter_of(community_id: int | None) -> Charter:
    """The charter in force in a community; the national profile where it has applied none."""
    kept = _now_kept()
    return _charter(kept, _in_force(kept, community_id), _code(kept, community_id))


def charter_version(version_id: int | None, community_id: int | None = None) -> Charter:
    """The charter that a running matter began with, over the calendar of its community as it stands today."""
    kept = _now_kept()
    return _charter(kept, version_id, _code(kept, community_id))


def calendar_of(community_id: int | None) -> WorkingCalendar:
    """The working calendar of a community: the country's days and its region's own."""
    kept = _now_kept()
    return _calendar(kept, _code(kept, community_id))


def calendar_of_layer(layer: str) -> WorkingCalendar:
    """The working calendar of all places whose code begins with ``layer``."""
    return _calendar(_now_kept(), layer)


def calendar_warning(due_at: datetime | None, language: str = "", calendar: WorkingCalendar | None = None) -> str:
    """What to tell the reader of a deadline whose year has no official days yet (GEN-004); "" where it has."""
    if due_at is None:
        return ""
    day = times.day_of(due_at)
    if (calendar or calendar_of(None)).is_official(day.year):
        return ""
    with override(language or get_language()):
        return _("%(year)s年的放假安排还没有公布，这个日期先按周一到周五算，公布后会重新算。") % {"year": day.year}


def versions_of(community_id: int | None) -> QuerySet[CharterVersion]:
    """The charters that a community has applied, the newest first."""
    return CharterVersion.objects.filter(community_id=community_id).order_by("-number")


def version_of(community_id: int | None, number: int) -> CharterVersion:
    """One applied charter. Raises `NotFound`."""
    try:
        return CharterVersion.objects.get(community_id=community_id, number=number)
    except CharterVersion.DoesNotExist:
        raise NotFound from None


def calendar_changes_after(change_id: int) -> QuerySet[CalendarChange]:
    """Announced changes of the calendar after the one last seen, the oldest first."""
    return CalendarChange.objects.filter(pk__gt=change_id).order_by("pk")
