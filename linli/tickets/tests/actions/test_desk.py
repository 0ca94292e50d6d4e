import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed, NotFound, WrongState
from linli.matters.models import Link, Matter
from linli.tickets.actions import (
    Part,
    accept_ticket,
    note_ticket,
    override_size,
    reclassify_ticket,
    refuse_ticket,
    release_ticket,
    split_ticket,
    transfer_ticket,
)
from linli.tickets.rules.sizes import Facts


def test_accept_ticket_starts_the_dispatch_clock(town):
    ticket = accept_ticket(actor=town.who.desk, ticket=town.file())
    assert ticket.matter.state == "ACCEPTED"
    assert ticket.matter.step_due_at is not None
    assert ticket.accepted_at == town.who.desk.now


def test_accept_ticket_judges_a_small_matter_due_the_same_day(town):
    ticket = accept_ticket(actor=town.who.desk, ticket=town.file(category_code="rubbish_heap"), facts=Facts())
    assert (ticket.size, ticket.size_reasons) == ("small", ["all_at_hand"])


def test_accept_ticket_judges_a_big_matter_with_its_reasons(town):
    ticket = accept_ticket(actor=town.who.desk, ticket=town.file(), facts=Facts(needs_common_money=True))
    assert (ticket.size, ticket.size_reasons) == ("big", ["common_money"])


def test_accept_ticket_is_refused_to_who_is_not_the_desk(town):
    ticket = town.file()
    for name in ("resident", "repairman", "captain", "next_desk", "stranger", "officer"):
        with pytest.raises(NotAllowed):
            accept_ticket(actor=getattr(town.who, name), ticket=ticket)


def test_accept_ticket_is_not_there_for_a_stranger_where_it_is_not_public(town):
    ticket = town.file(is_secret=True)
    with pytest.raises(NotFound):
        accept_ticket(actor=town.who.next_desk, ticket=ticket)


def test_accept_ticket_twice_is_a_wrong_state(town):
    ticket = town.accepted()
    with pytest.raises(WrongState):
        accept_ticket(actor=town.who.desk, ticket=ticket)


def test_accept_ticket_of_an_old_reading_loses_the_race(town):
    ticket = town.file()
    old = town.again(ticket)
    accept_ticket(actor=town.who.desk, ticket=ticket)
    with pytest.raises(LostRace):
        accept_ticket(actor=town.who.secretary, ticket=old)


def test_refuse_ticket_needs_a_reason_of_the_list_and_words(town):
    ticket = town.file()
    with pytest.raises(BadInput):
        refuse_ticket(actor=town.who.desk, ticket=ticket, reason="because", note="不管")
    with pytest.raises(BadInput):
        refuse_ticket(actor=town.who.desk, ticket=ticket, reason="court", note=" ")
    refuse_ticket(actor=town.who.desk, ticket=ticket, reason="court", note="法院已经受理")
    assert ticket.matter.state == "NOT_ACCEPTED"


def test_transfer_ticket_names_the_department(town):
    ticket = transfer_ticket(actor=town.who.desk, ticket=town.file(), to="自来水公司", note="主管道归他们")
    assert ticket.matter.state == "TRANSFERRED"


def test_override_size_needs_a_reason_and_is_marked(town):
    ticket = town.accepted()
    reason = next(iter(_reasons(ticket, "override")))
    override_size(actor=town.who.desk, ticket=ticket, size="small", reason=reason, note="备件就在手边")
    assert (ticket.size, ticket.is_size_overridden) == ("small", True)
    with pytest.raises(NotAllowed):
        override_size(actor=town.who.repairman, ticket=ticket, size="big", reason=reason, note="想上会")


def _reasons(ticket, kind):
    from linli.tickets.queries import charter_for

    return [reason.code for reason in charter_for(ticket.matter).reasons[kind]]


def test_reclassify_ticket_changes_class_title_and_audience(town):
    ticket = town.file()
    reclassify_ticket(actor=town.who.desk, ticket=ticket, category_code="lift_trap", note="其实是电梯困人")
    assert (ticket.matter.category_code, ticket.matter.class_code) == ("lift_trap", "E1")
    assert ticket.matter.due_at is None


def test_reclassify_ticket_never_turns_the_time_past(town):
    ticket = town.dispatched()
    later = town.who.desk.at(town.who.desk.now.replace(day=26))
    reclassify_ticket(actor=later, ticket=ticket, category_code="lift_trap", note="其实是电梯困人")
    assert ticket.matter.due_at == later.now


def test_note_ticket_for_colleagues_is_not_in_the_reporters_story(town):
    from linli.matters.queries import story_of

    ticket = town.file()
    note_ticket(actor=town.who.desk, ticket=ticket, words="这户之前也反映过")
    note_ticket(actor=town.who.desk, ticket=ticket, words="明天上午来", is_for_reporter=True)
    seen = [line.note for line in story_of(ticket.matter, town.who.resident) if line.note]
    assert seen == ["明天上午来"]


def test_release_ticket_shows_the_desks_words_and_no_numbers(town):
    ticket = town.file()
    with pytest.raises(BadInput):
        release_ticket(actor=town.who.desk, ticket=ticket, words="打13812345678")
    release_ticket(actor=town.who.desk, ticket=ticket, words="三楼灯坏了")
    assert ticket.public_words == "三楼灯坏了"


def test_split_ticket_makes_children_that_are_part_of_it(town):
    ticket = town.accepted()
    children = split_ticket(actor=town.who.desk, ticket=ticket, parts=[Part("灯"), Part("墙面")])
    assert Link.objects.filter(kind="part_of").count() == 2
    assert Matter.objects.filter(thread=ticket.matter).count() == len(children) == 2
    assert all(child.reporter_id is None for child in children)
