from datetime import timedelta

import pytest

from linli.core.errors import LostRace, NotAllowed, NotFound, WrongState
from linli.matters.models import Link
from linli.notices.models import Notice
from linli.tickets.actions import (
    Answer,
    Draft,
    Proof,
    check_ticket,
    finish_ticket,
    join_ticket,
    merge_tickets,
    rate_ticket,
    unmerge_ticket,
)


def three(town):
    """Three reports of one lamp, a day apart."""
    found = []
    for days, actor in enumerate((town.who.neighbour, town.who.resident, town.who.stranger)):
        desk = town.who.desk
        town.who.desk = desk.at(desk.now + timedelta(days=days))
        found.append(town.dispatched(actor=actor.at(actor.now + timedelta(days=days)), category_code="greening"))
        town.who.desk = desk
    return found


def test_merge_tickets_r08_earliest_due_and_voices(town):
    first, second, third = three(town)
    dues = sorted([first.matter.due_at, second.matter.due_at, third.matter.due_at])
    merge_tickets(actor=town.who.desk, master=third, children=[first, second])
    assert (third.matter.due_at, third.matter.voices) == (dues[0], 3)
    assert (first.matter.state, second.matter.state, third.matter.state) == ("MERGED", "MERGED", "DISPATCHED")
    assert Link.objects.filter(kind="duplicates", target=third.matter).count() == 2


def test_merge_tickets_is_the_desks(town):
    first, second, _third = three(town)
    for name in ("resident", "repairman", "next_desk"):
        with pytest.raises(NotAllowed):
            merge_tickets(actor=getattr(town.who, name), master=first, children=[second])


def test_merge_tickets_of_an_old_reading_loses_the_race(town):
    first, second, third = three(town)
    old = town.again(second)
    merge_tickets(actor=town.who.desk, master=first, children=[second])
    with pytest.raises(LostRace):
        merge_tickets(actor=town.who.desk, master=third, children=[old])


def test_merged_reporters_get_all_news_and_may_rate(town):
    first, second, _third = three(town)
    merge_tickets(actor=town.who.desk, master=first, children=[second])
    finish_ticket(actor=town.who.repairman, ticket=first, proof=Proof("剪好了"))
    check_ticket(actor=town.who.desk, ticket=first)
    asked = Notice.objects.filter(kind="ticket.checked")
    people = {town.who.neighbour.person_id, town.who.resident.person_id}
    assert set(asked.values_list("person_id", flat=True)) == people
    rate_ticket(actor=town.who.neighbour, ticket=first, answer=Answer("yes", 5))
    rate_ticket(actor=town.who.resident, ticket=town.again(second), answer=Answer("partly", 3))
    with pytest.raises(LostRace):
        rate_ticket(actor=town.who.resident, ticket=town.again(second), answer=Answer("no", 1))
    assert list(first.ratings.values_list("solved", flat=True)) == ["yes", "partly"]


def test_merged_reporter_who_is_unhappy_sends_it_back(town):
    first, second, _third = three(town)
    merge_tickets(actor=town.who.desk, master=first, children=[second])
    finish_ticket(actor=town.who.repairman, ticket=first, proof=Proof("剪好了"))
    check_ticket(actor=town.who.desk, ticket=first)
    rate_ticket(actor=town.who.resident, ticket=town.again(second), answer=Answer("no", 1))
    assert town.again(first).matter.state == "IN_PROGRESS"


def test_unmerge_ticket_gives_the_times_back(town):
    first, second, _third = three(town)
    own, masters = first.matter.due_at, second.matter.due_at
    merge_tickets(actor=town.who.desk, master=second, children=[first])
    unmerge_ticket(actor=town.who.desk, ticket=town.again(first))
    first, second = town.again(first), town.again(second)
    assert (first.matter.state, first.matter.due_at) == ("DISPATCHED", own)
    assert (second.matter.due_at, second.matter.voices) == (masters, 1)
    assert not Link.objects.filter(kind="duplicates").exists()


def test_unmerge_ticket_after_closing_is_refused(town):
    first, second, _third = three(town)
    merge_tickets(actor=town.who.desk, master=first, children=[second])
    finish_ticket(actor=town.who.repairman, ticket=first, proof=Proof("剪好了"))
    check_ticket(actor=town.who.desk, ticket=first)
    rate_ticket(actor=town.who.neighbour, ticket=first, answer=Answer("yes", 5))
    with pytest.raises(WrongState):
        unmerge_ticket(actor=town.who.desk, ticket=town.again(second))


def test_join_ticket_adds_a_voice_with_a_receipt_of_its_own(town):
    ticket = town.dispatched(category_code="greening")
    draft = Draft(place=town.place.building, words="我家窗户也挡住了", draft_key="j" * 20)
    filed = join_ticket(actor=town.who.neighbour, ticket=ticket, draft=draft)
    again = join_ticket(actor=town.who.neighbour, ticket=town.again(ticket), draft=draft)
    assert (filed.is_new, again.is_new, filed.code) == (True, False, again.code)
    assert town.again(ticket).matter.voices == 2
    assert town.again(filed.ticket).matter.state == "MERGED"


def test_join_ticket_inside_a_home_is_not_there(town):
    ticket = town.file(category_code="home_repair")
    with pytest.raises(NotFound):
        join_ticket(actor=town.who.neighbour, ticket=ticket, draft=Draft(place=town.place.building, words="也是"))


def test_ten_voices_are_told_to_the_desk_as_one_for_the_table(town):
    master = town.dispatched(category_code="greening")
    children = [town.file(category_code="greening") for _ in range(9)]
    merge_tickets(actor=town.who.desk, master=master, children=children)
    told = Notice.objects.filter(body_id=town.body.office.pk, title__startswith="很多邻居都反映")
    assert told.count() == 1
