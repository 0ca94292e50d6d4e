from datetime import timedelta

import pytest

from linli.matters.queries import page_of
from linli.tickets.actions import Draft, Sending, claim_ticket, dispatch_ticket, file_tickets
from linli.tickets.queries import (
    URGENT_FIRST,
    awaiting_check,
    desk_queue,
    in_hand,
    of_our_body,
    overdue,
    pool,
    rows_of,
    tickets_in_area,
)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_desk_queue_reads_as_often_for_any_number(town, count, django_assert_num_queries):
    drafts = [Draft(place=town.place.building, words=f"灯 {no}", category_code="street_light") for no in range(count)]
    file_tickets(actor=town.who.resident, drafts=drafts)
    with django_assert_num_queries(2):
        rows = rows_of(town.who.desk, page_of(desk_queue(town.who.desk), size=100, order=URGENT_FIRST))
        words = [(row.words, row.matter.place.label, row.matter.holder_body.name) for row in rows]
    assert len(words) == min(count, 100)


def test_lists_follow_a_report_on_its_way(town):
    ticket = town.accepted()
    assert [matter.pk for matter in desk_queue(town.who.desk)] == [ticket.pk]
    dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(body=town.body.company))
    assert [matter.pk for matter in pool(town.who.repairman)] == [ticket.pk]
    assert list(pool(town.who.lift_fitter)) == []
    claim_ticket(actor=town.who.repairman, ticket=ticket)
    assert (list(pool(town.who.mate)), [m.pk for m in in_hand(town.who.repairman)]) == ([], [ticket.pk])
    assert [matter.pk for matter in of_our_body(town.who.manager)] == [ticket.pk]
    late = ticket.matter.due_at + timedelta(minutes=1)
    assert [matter.pk for matter in overdue(town.who.secretary, late)] == [ticket.pk]
    assert list(overdue(town.who.next_desk, late)) == []


def test_awaiting_check_is_not_offered_to_who_did_it(town):
    ticket = town.finished()
    assert [matter.pk for matter in awaiting_check(town.who.captain)] == [ticket.pk]
    assert list(awaiting_check(town.who.repairman)) == []
    assert list(awaiting_check(town.who.next_desk)) == []


def test_tickets_in_area_are_the_areas(town):
    town.file()
    assert tickets_in_area(town.who.officer).count() == 1
    assert tickets_in_area(town.who.next_desk).count() == 0
