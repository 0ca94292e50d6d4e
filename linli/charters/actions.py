"""The only place that writes charters and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.charters.models import CalendarChange, CalendarDay, CalendarYear, CharterVersion, Edition, new_token
from linli.charters.permissions import may_apply_charter, may_change_calendar
from linli.charters.queries import calendar_of_layer, forget_edition, versions_of
from linli.charters.rules import WorkingCalendar
from linli.charters.rules.checking import NATIONAL
from linli.charters.rules.faults import Fault
from linli.charters.rules.official import BadTable, read_days
from linli.charters.rules.profiles import check, profile, profile_text
from linli.charters.signals import calendar_changed, charter_applied
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.places.models import Place


class FaultyCharter(BadInput):
    """The charter has faults; each says where it is and what to do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__({"text": [str(fault) for fault in faults]}, _("章程里有几处要改，改好再试。"))


def _turn_edition() -> None:
    Edition.objects.update_or_create(pk=1, defaults={"token": new_token()})
    forget_edition()


def _add_version(actor: Actor, community: Place | None, text: str, data: dict[str, Any]) -> CharterVersion:
    community_id = community.pk if community else None
    last = versions_of(community_id).first()
    if last and last.text == text and last.data == data:
        return last
    version = CharterVersion(
        community=community,
        number=last.number + 1 if last else 1,
        text=text,
        data=data,
        ruleset_id=data["charter"].get("ruleset", ""),
        applied_at=actor.now,
        applied_by=actor.name or actor.hat,
        account_uid=actor.account_uid,
    )
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        raise LostRace from None
    _turn_edition()
    return version


@action
def apply_charter(*, actor: Actor, community: Place, text: str) -> CharterVersion:
    """Puts a community's charter in force (GEN-009). Running matters keep the version they began with.

    The same text once more changes nothing. Raises `FaultyCharter` where it is not right, or looser than the floor.
    """
    if not may_apply_charter(actor, community):
        raise NotAllowed
    if community.level != "community":
        raise BadInput({"community": [_("章程属于一个社区，请选社区。")]})
    checked = check(text)
    if not checked.is_good:
        raise FaultyCharter(checked.faults)
    before = versions_of(community.pk).first()
    version = _add_version(actor, community, text, checked.data)
    if before is None or before.pk != version.pk:
        detail = {"number": version.number, "ruleset": version.ruleset_id}
        record_act(actor=actor, verb="charter.applied", subject=community.code, community=community.code, detail=detail)
        charter_applied.send(CharterVersion, version=version)
    return version


@action
def keep_profile(*, actor: Actor) -> CharterVersion:
    """Keeps the shipped national profile as a version, so that running matters keep it after an update."""
    if not actor.is_system:
        raise NotAllowed
    return _add_version(actor, None, profile_text(NATIONAL), profile(NATIONAL).data)


@action
def change_calendar(*, actor: Actor, text: str, layer: str = "") -> CalendarChange | None:
    """Brings in the days of one or more years, for the country or for a region, by table (GEN-004).

    Each year in the table replaces that year in its layer. What became worked or free is announced; nothing changed
    gives None. Raises `BadInput` where the table cannot be read.
    """
    if not may_change_calendar(actor):
        raise NotAllowed
    try:
        table = read_days(text)
    except BadTable as bad:
        raise BadInput({"text": [str(bad)]}) from None
    if not layer and table.years - table.sources.keys():
        raise BadInput(
            {"text": [_("全国的放假安排要写明公布文件，例如 source = “国务院办公厅关于2027年部分节假日安排的通知”。")]}
        )
    before = calendar_of_layer(layer)
    CalendarDay.objects.filter(layer=layer, on__year__in=table.years).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(layer=layer, on=day.on, is_work=day.is_work, name=day.name, source=day.source) for day in table.days
    )
    if not layer:
        for year, source in table.sources.items():
            CalendarYear.objects.update_or_create(year=year, defaults={"source": source})
    _turn_edition()
    return _announce(actor, layer, _changed_days(before, calendar_of_layer(layer), table.years), table.years)


def _changed_days(before: WorkingCalendar, after: WorkingCalendar, years: set[int]) -> list[date]:
    """The days of ``years`` that were worked and are free now, or the other way round."""
    days = {*before.days, *after.days}
    return sorted(day for day in days if day.year in years and before.is_working(day) != after.is_working(day))


def _announce(actor: Actor, layer: str, days: list[date], years: set[int]) -> CalendarChange | None:
    """The record of the change and, where deadlines may move, the announcement."""
    detail = {"layer": layer, "years": sorted(years), "changed_days": len(days)}
    record_act(actor=actor, verb="calendar.changed", subject=layer, detail=detail)
    if not days:
        return None
    change = CalendarChange.objects.create(layer=layer, days=[day.isoformat() for day in days], at=actor.now)
    calendar_changed.send(CalendarChange, change=change)
    return change
