from datetime import timedelta

import pytest

from linli.core.errors import NotAllowed
from linli.matters.clock import tick_matters
from linli.matters.states import Level
from linli.notices.models import Notice
from linli.tickets.actions import Sending, accept_ticket, answer_alarm, dispatch_ticket
from linli.tickets.rules.sizes import Facts


def test_small_still_open_at_its_deadline_turns_general_with_its_elapsed_time(town):
    ticket = accept_ticket(actor=town.who.desk, ticket=town.file(category_code="greening"), facts=Facts())
    dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending())
    midnight = ticket.matter.due_at
    tick_matters(midnight)
    ticket = town.again(ticket)
    assert (ticket.matter.class_code, ticket.size) == ("G", "general")
    assert ticket.matter.due_at == town.dispatched(category_code="greening").matter.due_at
    assert midnight < ticket.matter.due_at


def test_overdue_is_reminded_of_once_and_raised_to_the_street(town):
    ticket = town.dispatched(category_code="greening")
    late = ticket.matter.due_at + timedelta(minutes=1)
    tick_matters(late)
    tick_matters(late)
    raised = Notice.objects.filter(title__startswith="超时了")
    assert raised.filter(body_id=town.body.street.pk).count() == 1
    assert raised.filter(body_id=town.body.office.pk).count() == 1
    assert town.again(ticket).matter.holder_body_id == town.body.company.pk


def test_more_than_five_working_days_over_is_supervised(town):
    ticket = town.dispatched(category_code="greening")
    tick_matters(ticket.matter.due_at)
    tick_matters(ticket.matter.due_at + timedelta(days=20))
    ticket = town.again(ticket)
    assert ticket.supervised_at is not None
    assert Notice.objects.filter(title__startswith="督办", body_id=town.body.company.pk).count() == 1
    assert Notice.objects.filter(kind="ticket.supervised", person_id=town.who.resident.person_id).count() == 1


def test_half_the_time_reminds_the_unit(town):
    town.dispatched(category_code="greening")
    before = Notice.objects.filter(body_id=town.body.company.pk).count()
    tick_matters(town.clock.now + timedelta(days=1, hours=2))
    assert Notice.objects.filter(body_id=town.body.company.pk).count() == before + 1


def test_answer_alarm_is_the_clocks_alone(town):
    with pytest.raises(NotAllowed):
        answer_alarm(actor=town.who.secretary, ticket=town.dispatched(), level=Level.DUE)
