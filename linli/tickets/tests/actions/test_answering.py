"""What bodies without Linli answer, written down by the desk."""

import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.matters.models import Entry
from linli.notices.models import Notice
from linli.tickets.actions import check_ticket, dispatch_ticket, record_answer
from linli.tickets.actions.drafts import Sending
from linli.tickets.models import Assignment


def sent(town):
    """The property company leads, the lift firm helps; neither has opened Linli."""
    sending = Sending(town.body.company, helpers=[(town.body.lift, "请到场开电梯机房")])
    ticket = dispatch_ticket(actor=town.who.desk, ticket=town.accepted(), sending=sending)
    lead, helper = Assignment.objects.order_by("is_helper")
    return ticket, lead, helper


def answered(town, ticket, assignment, answer, words="电话里说的", actor=None):
    who = actor or town.who.desk
    return record_answer(actor=who, ticket=ticket, assignment=assignment, answer=answer, words=words)


def test_lead_takes_and_finishes_by_telephone_and_the_desk_may_check_it(town):
    ticket, lead, _helper = sent(town)
    answered(town, ticket, lead, "taken")
    assert (ticket.matter.state, Assignment.objects.get(pk=lead.pk).taken_at is None) == ("IN_PROGRESS", False)
    answered(town, ticket, lead, "done", "换好了")
    assert (ticket.matter.state, ticket.handler_id) == ("RESOLVED", None)
    check_ticket(actor=town.who.desk, ticket=ticket)


def test_helper_answers_for_its_own_task_and_the_lead_is_told(town):
    ticket, _lead, helper = sent(town)
    answered(town, ticket, helper, "taken")
    answered(town, ticket, helper, "asked", "几点到场？")
    answered(town, ticket, helper, "done", "机房开了")
    assert (ticket.matter.state, Assignment.objects.get(pk=helper.pk).ended_at is None) == ("DISPATCHED", False)
    told = Notice.objects.filter(title__startswith="迅达电梯回话了", body=town.body.company)
    assert told.count() == 3
    assert Entry.objects.filter(verb="ticket.body_answered").count() == 3


def test_answer_is_taken_down_once(town):
    ticket, lead, helper = sent(town)
    answered(town, ticket, helper, "taken")
    with pytest.raises(LostRace):
        answered(town, ticket, helper, "taken")
    answered(town, ticket, helper, "done")
    with pytest.raises(LostRace):
        answered(town, ticket, helper, "done")
    with pytest.raises(WrongState):
        answered(town, ticket, Assignment.objects.get(pk=helper.pk), "asked")
    with pytest.raises(BadInput):
        answered(town, ticket, lead, "asked", " ")


def test_answer_of_another_report_is_none_of_this(town):
    ticket, _lead, _helper = sent(town)
    other = town.dispatched()
    with pytest.raises(WrongState):
        answered(town, ticket, Assignment.objects.get(ticket=other), "taken")


def test_answers_are_the_desks_to_write_down(town):
    ticket, lead, _helper = sent(town)
    for who in (town.who.repairman, town.who.resident, town.who.captain):
        with pytest.raises(NotAllowed):
            answered(town, ticket, lead, "taken", actor=who)
