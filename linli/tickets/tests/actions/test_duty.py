"""Out of hours the roster is told; what nobody opens shows to who answers for the desk; units follow one another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from linli.core.actor import system
from linli.core.errors import NotAllowed
from linli.matters.actions import mark_seen
from linli.notices.models import Notice
from linli.people.actions import ShiftDraft, add_shift
from linli.tickets.actions import change_unit, tell_unopened
from linli.tickets.clock import notice_unopened
from linli.tickets.models import Assignment
from linli.tickets.queries.waiting import duty_shift, tickets_unopened
from linli.tickets.tests.conftest import NOW

EVENING = datetime(2026, 9, 22, 13, 0, tzinfo=UTC)
"""21:00 that Tuesday."""


@pytest.fixture
def roster(town):
    person = town.who.person
    draft = ShiftDraft(
        town.body.office, person["desk"], date(2026, 9, 22), date(2026, 9, 23), person["grid_worker"], "08916330000"
    )
    return add_shift(actor=town.who.secretary, draft=draft)


def told(town, title):
    names = {person.pk: name for name, person in town.who.person.items()}
    found = Notice.objects.filter(title__startswith=title).values_list("person_id", flat=True)
    return sorted(names[each] for each in found if each)


@pytest.mark.parametrize(("category", "hears"), [("water_leak", True), ("street_light", False)])
def test_duty_hears_at_night_of_what_cannot_wait(town, roster, category, hears):
    ticket = town.file(actor=town.who.resident.at(EVENING), category_code=category)
    assert (ticket.matter.class_code in {"E1", "U", "S"}) is hears
    assert told(town, "值班") == (["desk", "grid_worker"] if hears else [])


def test_duty_sleeps_by_day(town, roster):
    ticket = town.file(category_code="water_leak")
    assert (told(town, "值班"), duty_shift(ticket.matter, NOW)) == ([], None)
    assert duty_shift(ticket.matter, EVENING) == roster


def test_unopened_report_shows_to_the_secretary_after_two_office_hours_once(town):
    ticket = town.file()
    assert notice_unopened(NOW + timedelta(minutes=119)) == 0
    assert notice_unopened(NOW + timedelta(minutes=120)) == 1
    assert told(town, "两个办公小时没有人打开") == ["secretary"]
    assert notice_unopened(NOW + timedelta(hours=30)) == 0
    assert tell_unopened(actor=system(NOW + timedelta(hours=30)), tickets=[ticket]) == 0  # another clock was first
    with pytest.raises(NotAllowed):
        tell_unopened(actor=town.who.secretary, tickets=[ticket])


def test_unopened_counts_no_night_and_nothing_that_was_seen(town):
    town.file(actor=town.who.resident.at(EVENING))
    assert tickets_unopened(EVENING + timedelta(hours=12)) == []
    assert len(tickets_unopened(EVENING + timedelta(hours=14))) == 1
    mark_seen(actor=town.who.desk, matter=tickets_unopened(EVENING + timedelta(hours=14))[0].matter)
    assert tickets_unopened(EVENING + timedelta(hours=14)) == []


def test_unit_that_follows_leads_what_the_old_one_led(town):
    ticket = town.dispatched()
    with pytest.raises(NotAllowed):
        change_unit(actor=town.who.manager, body=town.body.company, successor=town.body.lift)
    assert change_unit(actor=town.who.secretary, body=town.body.company, successor=town.body.lift) == 1
    running = Assignment.objects.get(ticket=ticket, ended_at=None)
    assert (running.body, running.is_helper) == (town.body.lift, False)
    with pytest.raises(NotAllowed):
        change_unit(actor=system(NOW), body=town.body.lift, successor=town.body.company)
