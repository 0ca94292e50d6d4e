from __future__ import annotations

from datetime import timedelta

import pytest

from linli.desks.queries import bodies_near
from linli.facilities.actions import FacilityDraft, add_facilities, stop_facility
from linli.facilities.models import Facility
from linli.facilities.queries import lines_of
from linli.facilities.rules import days_out
from linli.tickets.queries import charter_for
from linli.tickets.tests.conftest import NOW

DAY = timedelta(days=1)


def test_days_out_counts_all_hours_of_the_period():
    assert days_out([(NOW - 3 * DAY, NOW - 2 * DAY), (NOW - DAY / 2, None)], NOW - 2.5 * DAY, NOW) == 1
    assert days_out([(NOW - 3 * DAY, None)], NOW - 2 * DAY, NOW) == 2
    assert days_out([], NOW - DAY, NOW) == 0


def test_register_counts_faults_and_days(lift, town, visit):
    town.file(place=lift.place, category_code="lift", words="电梯不动了")
    stop_facility(actor=town.who.desk.at(NOW - 2 * DAY), facility=lift, reason="等零件")
    (line,) = lines_of([lift], NOW)
    assert (line.faults, line.open_faults, line.days_out) == (1, 1, 2)
    page = visit("secretary", "/facilities/").content.decode()
    assert "停用" in page
    assert lift.place.label in page


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_register_asks_as_often_for_any_number(lift, town, visit, rows, django_assert_max_num_queries):
    drafts = [FacilityDraft(f"{number}号灯", "lamp") for number in range(1, rows)]
    add_facilities(actor=town.who.secretary, parent=town.place.building, drafts=drafts)
    with django_assert_max_num_queries(6):
        assert visit("secretary", "/facilities/").status_code == 200


def test_register_and_facility_are_not_for_residents_and_strangers(lift, visit):
    for who, status in (("resident", 403), ("stranger", 403), ("next_desk", 200)):
        assert visit(who, "/facilities/").status_code == status
        assert visit(who, f"/facilities/{lift.uid}/").status_code == 404
    assert lift.place.label not in visit("next_desk", "/facilities/").content.decode()


def test_add_change_stop_restart_and_inspect_by_the_pages(town, stairwell, visit):
    typed = {"kind": "lift", "name": "电梯", "firm": town.body.lift.uid, "emergency_phone": "96333"}
    answer = visit("secretary", f"/facilities/in/{stairwell.uid}/add/", typed, "post")
    lift = Facility.objects.get()
    assert answer.url == f"/facilities/{lift.uid}/"
    again = visit("secretary", f"/facilities/in/{stairwell.uid}/add/", typed, "post")
    assert (again.status_code, "已经有" in again.content.decode()) == (422, True)
    visit("secretary", f"/facilities/{lift.uid}/change/", {**typed, "name": "客梯"}, "post")
    visit("desk", f"/facilities/{lift.uid}/stop/", {"reason": "等零件"}, "post")
    assert "等零件" in visit("desk", f"/facilities/{lift.uid}/").content.decode()
    visit("desk", f"/facilities/{lift.uid}/restart/", {}, "post")
    visit("desk", f"/facilities/{lift.uid}/inspect/", {"on": "2026-09-01", "next_on": "2027-09-01"}, "post")
    lift.refresh_from_db()
    assert (lift.place.name, str(lift.next_inspection_on)) == ("客梯", "2027-09-01")
    assert lift.outages.get().to_at is not None


def test_poster_of_a_lift_shows_whom_to_ring_and_that_it_stands_still(lift, town, client):
    stop_facility(actor=town.who.desk, facility=lift, reason="等零件，周五修好")
    page = client.get(f"/p/{lift.place.tag}/").content.decode()
    assert 'href="tel:08916330000"' in page
    assert "等零件，周五修好" in page
    assert "等零件，周五修好" in client.get(f"/p/{town.place.building.tag}/").content.decode()
    assert "等零件，周五修好" not in client.get(f"/p/{town.place.other.tag}/").content.decode()


def test_desk_is_offered_the_firm_of_the_lift_first(lift, town):
    ticket = town.file(place=lift.place, category_code="lift", words="电梯不动了")
    fit, _others = bodies_near(ticket, charter_for(ticket.matter))
    assert fit[0] == town.body.lift


def test_sticker_of_a_lift_bears_its_emergency_number(lift, visit):
    page = visit("desk", f"/posters/{lift.place.uid}/sheets/", {"kind": "spot", "size": "sticker"}).content.decode()
    assert "0891-6330000" in page
