"""The duty roster: one turn a day, with a stand-in from the same body."""

from __future__ import annotations

from datetime import date

import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.people.actions import ShiftDraft, add_shift, drop_shift
from linli.people.models import Shift
from linli.people.queries import shift_on
from linli.people.tests.conftest import TODAY, actor_for

SUNDAY = date(2026, 9, 27)


def draft(town, **more):
    people = town.people
    given = {"body": town.bodies["office"], "person": people["desk"], "from_on": TODAY, "to_on": SUNDAY}
    return ShiftDraft(**(given | {"stand_in": people["grid_worker"], "phone": "139 0000 1111"} | more))


def test_shift_stands_on_each_of_its_days(town):
    shift = add_shift(actor=actor_for(town.people["secretary"], "secretary"), draft=draft(town))
    office = town.bodies["office"].pk
    assert [shift_on(office, day) for day in (TODAY, SUNDAY, date(2026, 9, 28))] == [shift, shift, None]
    assert (shift.stand_in, shift.phone) == (town.people["grid_worker"], "13900001111")


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_on": date(2026, 9, 1)},
        {"phone": "12"},
        {"person": "manager"},
        {"stand_in": "manager"},
        {"stand_in": "desk"},
    ],
)
def test_shift_with_a_fault_is_not_kept(town, wrong):
    wrong = {name: town.people.get(value, value) if isinstance(value, str) else value for name, value in wrong.items()}
    with pytest.raises(BadInput):
        add_shift(actor=actor_for(town.people["secretary"], "secretary"), draft=draft(town, **wrong))
    assert not Shift.objects.exists()


def test_shifts_do_not_cross(town):
    secretary = actor_for(town.people["secretary"], "secretary")
    add_shift(actor=secretary, draft=draft(town))
    for start in (TODAY, SUNDAY):
        with pytest.raises(BadInput):
            add_shift(actor=secretary, draft=draft(town, from_on=start, to_on=date(2026, 9, 30)))
    add_shift(actor=secretary, draft=draft(town, from_on=date(2026, 9, 28), to_on=date(2026, 9, 30)))


def test_roster_is_kept_by_who_answers_for_the_body(town):
    shift = add_shift(actor=actor_for(town.people["secretary"], "secretary"), draft=draft(town))
    for who, post in (("desk", "desk"), ("stranger", "secretary"), ("manager", "property_manager")):
        actor = actor_for(town.people[who], post)
        with pytest.raises(NotAllowed):
            add_shift(actor=actor, draft=draft(town, from_on=date(2026, 10, 1), to_on=date(2026, 10, 2)))
        with pytest.raises(NotAllowed):
            drop_shift(actor=actor, shift=shift)
    stale = Shift.objects.select_related("body", "person").get()
    drop_shift(actor=actor_for(town.people["secretary"], "secretary"), shift=shift)
    with pytest.raises(LostRace):
        drop_shift(actor=actor_for(town.people["secretary"], "secretary"), shift=stale)


def test_roster_page_is_for_the_bodys_own_people(as_, town):
    secretary = as_("secretary")
    typed = {"person": town.people["desk"].uid, "from_on": "2026-09-24", "to_on": "2026-09-27", "phone": "08916330000"}
    assert secretary.post("/duty/", typed)["Location"] == "/duty/"
    assert secretary.post("/duty/", typed).status_code == 422
    page = as_("desk").get("/duty/").content.decode()
    assert ("李梅" in page, "排一班" in page, "今天值班" in page) == (True, False, True)
    assert as_("desk").post("/duty/", typed).status_code == 403
    number = Shift.objects.get().pk
    assert as_("desk").post(f"/duty/{number}/drop/").status_code == 404
    assert as_("secretary").post(f"/duty/{number}/drop/")["Location"] == "/duty/"
    assert as_("resident").get("/duty/").status_code == 403
