"""Who sees what: each test holds something that could leak."""

from dataclasses import replace

import pytest

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.matters.queries import search_matters, story_of
from linli.tickets import permissions
from linli.tickets.actions import Sending, dispatch_ticket, note_ticket
from linli.tickets.queries import (
    acts_for,
    desk_queue,
    duplicates_nearby,
    my_reports,
    rows_of,
    ticket_of,
    ticket_with_rows,
    tickets_in_area,
    tickets_visible_to,
)
from linli.tickets.states import ACTS


def nobody(town):
    return Actor(now=town.clock.now)


def test_stranger_from_the_next_community_sees_nothing_of_what_is_inside_a_home(town):
    ticket = town.file(category_code="home_repair", words="马桶堵了，密码锁8812")
    for name in ("stranger", "next_desk", "neighbour", "lift_fitter"):
        actor = getattr(town.who, name)
        assert not tickets_visible_to(actor).exists()
        with pytest.raises(NotFound):
            ticket_of(actor, ticket.matter.uid)
        assert not search_matters(actor, "马桶").exists()
        assert list(tickets_in_area(actor)) == []
        assert list(desk_queue(actor)) == []


def test_stranger_finds_a_public_report_by_its_category_and_never_by_its_words(town):
    town.file(words="隔壁老王打坏了三楼的灯")
    assert not search_matters(town.who.stranger, "老王").exists()
    assert search_matters(town.who.desk, "老王").exists()
    row = rows_of(
        nobody(town), tickets_visible_to(nobody(town)).get().matter.__class__.objects.select_related("place")
    )[0]
    assert row.words == ""


def test_reporter_sees_their_own_and_so_does_the_bearer_of_the_receipt(town):
    ticket = town.file(category_code="home_repair")
    bearer = replace(nobody(town), receipts=frozenset({ticket.matter.uid}))
    for actor in (town.who.resident, bearer):
        assert ticket_of(actor, ticket.matter.uid).pk == ticket.pk
        assert [matter.pk for matter in my_reports(actor)] == [ticket.pk]
        assert permissions.may_see_words(actor, ticket)
    assert list(my_reports(town.who.stranger)) == []


def test_secret_reporter_is_kept_from_the_unit(town):
    ticket = town.dispatched(is_secret=True, reporter=town.who.person["resident"], actor=town.who.desk)
    assert not permissions.may_see_reporter(town.who.repairman, ticket)
    assert permissions.may_see_words(town.who.repairman, ticket)
    assert permissions.may_see_reporter(town.who.desk, ticket)


def test_unit_that_a_report_is_about_learns_neither_words_nor_reporter(town):
    ticket = town.file(about_body=town.body.office)
    for name in ("desk", "secretary", "grid_worker"):
        actor = getattr(town.who, name)
        assert not permissions.may_see_words(actor, ticket)
        assert not permissions.may_see_reporter(actor, ticket)
        assert acts_for(actor, ticket) in ([], ["join"])
    assert "accept" in acts_for(town.who.officer, ticket)


def test_notes_for_colleagues_are_not_the_publics(town):
    ticket = town.file()
    note_ticket(actor=town.who.desk, ticket=ticket, words="住户电话打不通")
    for actor in (nobody(town), town.who.resident, town.who.stranger):
        assert all("打不通" not in line.note for line in story_of(ticket.matter, actor))


def test_duplicates_nearby_show_nobodys_words_and_nothing_from_homes(town):
    town.file(words="老王把灯打坏了", category_code="street_light")
    town.file(words="我家灯坏了", category_code="home_repair")
    from linli.tickets.queries import charter_for

    categories = charter_for(town.file().matter).categories
    near = duplicates_nearby(town.place.building, categories["street_light"], "灯坏了", town.clock.now)
    assert len(near) == 2
    assert all("老王" not in str(one) for one in near)
    assert duplicates_nearby(town.place.building, categories["home_repair"], "灯坏了", town.clock.now) == []
    assert duplicates_nearby(town.place.far, categories["street_light"], "灯坏了", town.clock.now) == []


def test_every_act_has_a_permission_and_a_stranger_has_none(town):
    ticket = town.dispatched(is_secret=True)
    for act in ACTS:
        assert getattr(permissions, f"may_{act}")(town.who.stranger, ticket) is False, act


MATRIX = {
    "resident": {"withdraw", "urge", "answer", "rate", "ask_review", "reopen"},
    "repairman": {"claim", "take", "finish", "contact", "ask", "return", "hand_up", "add_cost", "promise", "note"},
    "captain": {"check", "fail_check"},
    "grid_worker": {"check", "fail_check", "follow_up"},
    "officer": {"send_to_meeting", "bring_back", "explain", "pause", "resume", "extend", "review"},
    "lift_fitter": set(),
    "next_desk": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("name", MATRIX)
def test_matrix_of_a_secret_report_that_a_company_has_in_hand(town, name):
    ticket = town.dispatched(is_secret=True)
    may = {act for act in ACTS if getattr(permissions, f"may_{act}")(getattr(town.who, name), ticket)}
    assert may == MATRIX[name]


def test_matrix_of_the_desk_and_the_secretary(town):
    ticket = town.dispatched(is_secret=True)
    desk = {act for act in ACTS if getattr(permissions, f"may_{act}")(town.who.desk, ticket)}
    secretary = {act for act in ACTS if getattr(permissions, f"may_{act}")(town.who.secretary, ticket)}
    assert secretary - desk == {"explain", "pause", "resume", "extend", "review"}
    assert desk == {
        "accept", "refuse", "transfer", "dispatch", "ask", "answer", "decide_return", "hand_up", "send_to_meeting",
        "bring_back", "check", "fail_check", "follow_up", "reopen", "urge", "merge", "unmerge", "split", "override",
        "reclassify", "relocate", "redirect", "reinstate", "record_answer", "note", "release",
    }  # fmt: skip


def test_ticket_with_rows_reads_as_often_for_many_rows(town, django_assert_num_queries):
    ticket = town.finished()
    helpers = [(town.body.lift, "带梯子")]
    other = town.accepted()
    dispatch_ticket(actor=town.who.desk, ticket=other, sending=Sending(body=town.body.company, helpers=helpers))
    with django_assert_num_queries(5):
        ticket_with_rows(town.who.desk, ticket.matter.uid)
    with django_assert_num_queries(5):
        ticket_with_rows(town.who.desk, other.matter.uid)
