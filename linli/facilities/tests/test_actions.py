from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.audit.models import AuditRecord
from linli.core.actor import system
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.facilities.actions import (
    FacilityDraft,
    add_facilities,
    change_facility,
    inspect_facility,
    remind_inspections,
    restart_facility,
    stop_facility,
)
from linli.facilities.clock import tell_inspections
from linli.facilities.models import Facility, Outage
from linli.facilities.queries import facility_of, inspections_due
from linli.notices.models import Notice
from linli.tickets.tests.conftest import NOW, TODAY


def test_add_facilities_makes_a_place_with_a_code_and_a_sticker(lift, town):
    place = lift.place
    assert (place.level, place.label, place.building_id) == ("spot", "雪莲苑 2号楼东单元电梯", town.place.building.pk)
    assert len(place.tag) == 6
    assert lift.emergency_phone == "08916330000"
    assert AuditRecord.objects.filter(verb="facilities.added", subject=lift.uid).exists()


def test_add_facilities_is_refused(town, stairwell):
    for who in ("resident", "desk", "manager", "next_desk"):
        with pytest.raises(NotAllowed):
            add_facilities(actor=getattr(town.who, who), parent=stairwell, drafts=[FacilityDraft("灯", "lamp")])
    wrong = FacilityDraft("灯", "rocket", emergency_phone="12")
    with pytest.raises(BadInput) as refusal:
        add_facilities(actor=town.who.secretary, parent=stairwell, drafts=[wrong])
    assert set(refusal.value.fields) == {"kind", "emergency_phone"}
    assert not Facility.objects.exists()


def test_change_facility_renames_its_place_and_keeps_the_code(lift, town):
    code, tag = lift.place.code, lift.place.tag
    changed = change_facility(actor=town.who.secretary, facility=lift, draft=FacilityDraft("1 号电梯", "lift"))
    changed.place.refresh_from_db()
    assert (changed.place.name, changed.place.code, changed.place.tag) == ("1 号电梯", code, tag)
    assert changed.firm is None
    with pytest.raises(NotAllowed):
        change_facility(actor=town.who.manager, facility=lift, draft=FacilityDraft("电梯", "lift"))


def test_stop_facility_by_the_firm_and_restart(lift, town):
    outage = stop_facility(actor=town.who.lift_fitter, facility=lift, reason="等零件，周五修好")
    with pytest.raises(WrongState):
        stop_facility(actor=town.who.secretary, facility=lift, reason="停了")
    later = town.who.lift_fitter.at(NOW + timedelta(days=2))
    restart_facility(actor=later, facility=lift)
    outage.refresh_from_db()
    assert outage.to_at - outage.from_at == timedelta(days=2)
    with pytest.raises(LostRace):
        restart_facility(actor=later, facility=lift)


def test_stop_facility_is_refused(lift, town):
    for who in ("resident", "stranger", "next_desk"):
        with pytest.raises(NotAllowed):
            stop_facility(actor=getattr(town.who, who), facility=lift, reason="停了")
        with pytest.raises(NotAllowed):
            restart_facility(actor=getattr(town.who, who), facility=lift)
    with pytest.raises(BadInput):
        stop_facility(actor=town.who.desk, facility=lift, reason="  ")
    assert not Outage.objects.exists()


def test_inspect_facility_notes_the_day_and_the_next(lift, town):
    seen = inspect_facility(actor=town.who.manager, facility=lift, on=TODAY, next_on=date(2027, 9, 1))
    assert (seen.inspected_on, seen.next_inspection_on) == (TODAY, date(2027, 9, 1))
    with pytest.raises(BadInput):
        inspect_facility(actor=town.who.manager, facility=lift, on=TODAY + timedelta(days=1))
    with pytest.raises(BadInput):
        inspect_facility(actor=town.who.manager, facility=lift, on=TODAY, next_on=TODAY)
    with pytest.raises(NotAllowed):
        inspect_facility(actor=town.who.resident, facility=lift, on=TODAY)


def test_inspection_is_told_once_a_fortnight_before(lift, town):
    due = TODAY + timedelta(days=15)
    inspect_facility(actor=town.who.manager, facility=lift, on=TODAY, next_on=due)
    assert tell_inspections(NOW) == 0
    assert tell_inspections(NOW + timedelta(days=1)) == 1
    assert tell_inspections(NOW + timedelta(days=2)) == 0
    told = Notice.objects.filter(kind="facility.inspection").values_list("body", flat=True)
    assert sorted(told) == sorted([town.body.company.pk, town.body.lift.pk])


def test_reminding_is_the_clocks_and_done_once_by_two(lift, town):
    Facility.objects.update(next_inspection_on=TODAY)
    due = list(inspections_due(TODAY))
    with pytest.raises(NotAllowed):
        remind_inspections(actor=town.who.secretary, facilities=due)
    assert remind_inspections(actor=system(NOW), facilities=due) == 1
    assert remind_inspections(actor=system(NOW), facilities=due) == 0


def test_a_facility_is_known_where_one_works(lift, town):
    assert facility_of(town.who.lift_fitter, lift.uid) == lift
    assert facility_of(town.who.desk, lift.uid) == lift
