"""Reads of facilities: what stands where, what is out of service, faults and days out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.core.flow import Phase
from linli.core.times import day_of
from linli.facilities.models import Facility, Outage
from linli.facilities.permissions import WATCHERS
from linli.facilities.rules import REMIND_BEFORE, days_out
from linli.matters.models import Matter
from linli.matters.queries import matters_visible_to
from linli.people.models import Body
from linli.people.queries import chain_of
from linli.places.models import Place
from linli.places.rules import tree
from linli.tickets.queries.reading import KIND

YEAR = timedelta(days=365)
JOINED = ("place", "carer", "firm")


@dataclass(frozen=True, slots=True)
class Line:
    """A facility in the register: how often it failed in a year, how long it stood still, whether it does now."""

    facility: Facility
    faults: int
    open_faults: int
    days_out: int
    stopped_at: datetime | None
    is_inspection_due: bool


def facilities_visible_to(actor: Actor) -> QuerySet[Facility]:
    """The facilities of the actor's places, and those that the actor's own bodies see to."""
    inside = Q(pk__in=())
    for grant in actor.grants_of(WATCHERS):
        if grant.level == "everywhere":
            inside = Q()
            break
        if grant.place_id is not None:
            inside |= Q(**{f"place__{grant.level}_id": grant.place_id})
        if grant.body_id is not None:
            inside |= Q(carer_id=grant.body_id) | Q(firm_id=grant.body_id)
    return Facility.objects.filter(inside, place__closed_on=None).select_related(*JOINED).order_by("place__order")


def facility_of(actor: Actor, uid: str) -> Facility:
    """The facility of that public id. Raises `NotFound`."""
    found = facilities_visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def facility_at(place: Place) -> Facility | None:
    """The facility whose own place this is."""
    return Facility.objects.filter(place=place).select_related(*JOINED).first()


def out_of_service_at(place: Place) -> list[Outage]:
    """What does not serve now in the place, and in the building around it."""
    around = {place.pk, place.parent_id, place.building_id} - {None, place.community_id}
    near = Q(facility__place__parent_id__in=around) | Q(facility__place_id=place.pk)
    if place.pk in (place.compound_id, place.building_id):
        near |= Q(**{f"facility__place__{place.level}_id": place.pk})
    found = Outage.objects.filter(near, to_at=None, facility__place__closed_on=None)
    return list(found.select_related("facility__place").order_by("facility__place__order"))


def emergency_phones_at(places: Iterable[Place]) -> dict[int, str]:
    """The emergency numbers of the facilities whose own places these are."""
    rows = Facility.objects.filter(place__in=[place.pk for place in places if place.level == tree.SPOT])
    return dict(rows.exclude(emergency_phone="").values_list("place", "emergency_phone"))


def firm_of(place: Place | None) -> Body | None:
    """Whose firm mends what stands at this very place."""
    found = Facility.objects.filter(place=place).select_related("firm").first() if place else None
    return found.firm if found and found.firm and found.firm.is_active else None


def lines_of(facilities: Iterable[Facility], at: datetime) -> list[Line]:
    """The register's figures for a year up to ``at``: two reads for any number of facilities."""
    rows, since = list(facilities), at - YEAR
    still = Count("pk", filter=~Q(phase=Phase.DONE))
    made = Matter.objects.filter(kind=KIND, place__in=[row.place_id for row in rows], opened_at__gte=since)
    counted = made.order_by().values_list("place").annotate(every=Count("pk"), still=still)
    faults = {key: (every, running) for key, every, running in counted}
    outages: dict[int, list[Outage]] = {}
    for outage in Outage.objects.filter(Q(to_at=None) | Q(to_at__gte=since), facility__in=rows):
        outages.setdefault(outage.facility_id, []).append(outage)
    return [_line(row, faults.get(row.place_id, (0, 0)), outages.get(row.pk, []), at) for row in rows]


def _line(row: Facility, faults: tuple[int, int], outages: list[Outage], at: datetime) -> Line:
    stopped = next((outage.from_at for outage in outages if outage.to_at is None), None)
    days = days_out(((outage.from_at, outage.to_at) for outage in outages), at - YEAR, at)
    is_due = row.next_inspection_on is not None and row.next_inspection_on <= day_of(at) + REMIND_BEFORE
    return Line(row, *faults, days, stopped, is_due)


def faults_of(actor: Actor, facility: Facility) -> QuerySet[Matter]:
    """The reports on a facility that the actor may know of, newest first."""
    return matters_visible_to(actor).filter(kind=KIND, place=facility.place_id).order_by("-pk")


def inspections_due(on: date) -> QuerySet[Facility]:
    """Facilities to be inspected within a fortnight, of which nobody was reminded yet."""
    soon = Facility.objects.filter(next_inspection_on__lte=on + REMIND_BEFORE, place__closed_on=None)
    unreminded = Q(reminded_for=None) | Q(reminded_for__lt=F("next_inspection_on"))
    return soon.filter(unreminded).select_related(*JOINED)


def bodies_near(place: Place) -> QuerySet[Body]:
    """Bodies that may care for what stands there: of its community, and of what lies above."""
    inside = Q(community_id=place.community_id) if place.community_id else Q(pk__in=())
    near = inside | Q(place_id__in=chain_of(place)) | Q(place=None)
    return Body.objects.filter(near, is_active=True).order_by("name", "pk")
