"""What stands beside a report."""

from datetime import timedelta

from django.db.models import Q

from linli.desks.queries import around, bodies_near, categories_like, half_year, nears_of
from linli.tickets.queries import charter_for


def test_desk_is_offered_categories_bodies_and_doubles_but_not_the_report_itself(town):
    first = town.file(words="树枝挡住窗户了", category_code="greening")
    second = town.file(words="树枝又长了", category_code="greening")
    charter = charter_for(second.matter)
    assert [near.uid for near in nears_of(second, town.clock.now, charter)] == [first.matter.uid]
    assert bodies_near(second, charter)[0][0] == town.body.company
    loose = town.file(words="树枝又长了", category_code="")
    assert categories_like(loose, charter)[0].code == "greening"


def test_who_may_only_help_is_not_suggested(town):
    ticket = town.file(category_code="illegal_build")
    assert town.body.company not in bodies_near(ticket, charter_for(ticket.matter))[0]


def test_half_year_counts_what_a_building_saw_and_how_long_it_took(town):
    done, open_one = town.finished(), town.file()
    charter = charter_for(open_one.matter)
    [past] = around(town.who.desk, open_one, charter).past
    assert (past.count, past.hours) == (2, 1)
    later = town.clock.now + timedelta(days=200)
    assert half_year(Q(building_id=done.matter.building_id), later, charter) == []


def test_captain_of_the_building_is_named(town):
    ticket = town.file()
    found = around(town.who.desk, ticket, charter_for(ticket.matter)).captains
    assert [one.person for one in found] == [town.who.person["captain"]]
