"""The only place that writes facilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.core.times import day_of, say_day
from linli.facilities.models import Facility, Outage
from linli.facilities.permissions import may_keep_facility, may_remind, may_watch_facility
from linli.facilities.rules import KINDS
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.people.models import Body
from linli.people.queries import community_of
from linli.people.rules import clean_phone
from linli.places.actions import PlaceChange, PlaceDraft, add_places, change_place
from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class FacilityDraft:
    """A facility as typed: its names, and what one asks of it."""

    name: str
    kind: str
    name_bo: str = ""
    name_en: str = ""
    registration: str = ""
    carer: Body | None = None
    firm: Body | None = None
    emergency_phone: str = ""
    next_inspection_on: date | None = None


def _columns(draft: FacilityDraft) -> dict[str, Any]:
    wrong: dict[str, list[Any]] = {}
    if draft.kind not in KINDS:
        wrong["kind"] = [_("请选设施的种类。")]
    try:
        phone = clean_phone(draft.emergency_phone)
    except ValueError:
        wrong["emergency_phone"] = [_("电话号码不对。手机 11 位，座机带区号。")]
    if wrong:
        raise BadInput(wrong)
    return {
        "kind": draft.kind,
        "registration": draft.registration.strip()[:40],
        "carer": draft.carer,
        "firm": draft.firm,
        "emergency_phone": phone,
        "next_inspection_on": draft.next_inspection_on,
    }


def _record(actor: Actor, verb: str, facility: Facility, **detail: Any) -> None:
    community = community_of(facility.place)
    record_act(actor=actor, verb=verb, subject=facility.uid, community=community, detail=detail)


@action
def add_facilities(*, actor: Actor, parent: Place, drafts: Sequence[FacilityDraft]) -> list[Facility]:
    """Registers facilities under a place, each as a common part with a code and a sticker of its own (REG-013)."""
    if not may_keep_facility(actor, parent):
        raise NotAllowed
    columns = [_columns(draft) for draft in drafts]
    spots = [
        PlaceDraft("spot", draft.name.strip(), parent, name_bo=draft.name_bo, name_en=draft.name_en) for draft in drafts
    ]
    places = add_places(actor=actor, drafts=spots)
    rows = [Facility(place=place, **each) for place, each in zip(places, columns, strict=True)]
    Facility.objects.bulk_create(rows)
    for row in rows:
        _record(actor, "facilities.added", row, kind=row.kind)
    return rows


@action
def change_facility(*, actor: Actor, facility: Facility, draft: FacilityDraft) -> Facility:
    """Corrects what is known of a facility; its code, sticker and reports stay."""
    place = facility.place
    if not may_keep_facility(actor, place):
        raise NotAllowed
    columns = _columns(draft)
    names = (draft.name.strip(), draft.name_bo.strip(), draft.name_en.strip())
    if names != (place.name, place.name_bo, place.name_en):
        kept = {name: getattr(place, name) for name in ("area_centi", "latitude", "longitude")}
        change_place(actor=actor, place=place, change=PlaceChange(*names, **kept))
    Facility.objects.filter(pk=facility.pk).update(**columns)
    facility.refresh_from_db()
    _record(actor, "facility.changed", facility, kind=facility.kind)
    return facility


def _require(actor: Actor, facility: Facility) -> None:
    if not (may_keep_facility(actor, facility.place) or may_watch_facility(actor, facility)):
        raise NotAllowed


@action
def stop_facility(*, actor: Actor, facility: Facility, reason: str) -> Outage:
    """Notes that a facility is out of service from now, in words that everybody at the door reads."""
    _require(actor, facility)
    reason = " ".join(reason.split())
    if not 1 <= len(reason) <= 200:
        raise BadInput({"reason": [_("写一句为什么停用，最多 200 个字。")]})
    if facility.outages.filter(to_at=None).exists():
        raise WrongState(_("已经记着停用了。"))
    try:
        with transaction.atomic():
            outage = Outage.objects.create(facility=facility, from_at=actor.now, reason=reason)
    except IntegrityError as error:
        raise LostRace from error
    _record(actor, "facility.stopped", facility)
    return outage


@action
def restart_facility(*, actor: Actor, facility: Facility) -> None:
    """Notes that a facility serves again."""
    _require(actor, facility)
    if not facility.outages.filter(to_at=None).update(to_at=actor.now):
        raise LostRace(_("这个设施没有停用，或者刚有人记过了。"))
    _record(actor, "facility.restarted", facility)


@action
def inspect_facility(*, actor: Actor, facility: Facility, on: date, next_on: date | None = None) -> Facility:
    """Notes an inspection that was held, and the day of the next (Special Equipment Safety Law art. 40)."""
    _require(actor, facility)
    if on > day_of(actor.now):
        raise BadInput({"on": [_("检验的日子还没到。")]})
    if next_on is not None and next_on <= on:
        raise BadInput({"next_on": [_("下次检验要在这次之后。")]})
    Facility.objects.filter(pk=facility.pk).update(inspected_on=on, next_inspection_on=next_on)
    facility.refresh_from_db()
    _record(actor, "facility.inspected", facility, on=on.isoformat(), next_on=next_on.isoformat() if next_on else "")
    return facility


@action
def remind_inspections(*, actor: Actor, facilities: Sequence[Facility]) -> int:
    """Tells carer and firm once, a fortnight before an inspection."""
    if not may_remind(actor):
        raise NotAllowed
    told = 0
    for facility in facilities:
        day = facility.next_inspection_on
        fresh = Facility.objects.filter(pk=facility.pk, next_inspection_on=day).exclude(reminded_for=day)
        if day is None or not fresh.update(reminded_for=day):
            continue
        title = _("%(what)s %(day)s 前要检验") % {"what": facility.place.label, "day": say_day(day)}
        bodies = {facility.carer_id, facility.firm_id} - {None}
        url = reverse("facility", args=[facility.uid])
        messages = [Message("facility.inspection", title, url=url, body_id=body, for_group=True) for body in bodies]
        queue_notices(actor=actor, messages=messages)
        _record(actor, "facility.changed", facility, reminded_for=day.isoformat())
        told += 1
    return told
