from datetime import timedelta

import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.notices.models import Notice
from linli.tickets.actions import (
    Sending,
    claim_ticket,
    decide_return,
    dispatch_ticket,
    hand_up_ticket,
    return_ticket,
    step_aside,
    take_ticket,
)
from linli.tickets.queries import pool, rows_of
from linli.tickets.rules.sizes import Facts


def later(actor, **span):
    return actor.at(actor.now + timedelta(**span))


def test_dispatch_ticket_carries_its_due_time_and_tells_the_unit(town):
    ticket = town.dispatched()
    assert (ticket.matter.state, ticket.matter.holder_body_id) == ("DISPATCHED", town.body.company.pk)
    assert ticket.matter.due_at is not None
    assert ticket.assignments.get().due_at == ticket.matter.due_at
    assert Notice.objects.filter(body_id=town.body.company.pk).count() == 1


def test_dispatch_ticket_with_helpers_lets_them_see_it(town):
    from linli.tickets.queries import tickets_visible_to

    ticket = town.accepted(is_secret=True)
    assert not tickets_visible_to(town.who.lift_fitter).exists()
    sending = Sending(body=town.body.company, helpers=[(town.body.lift, "带梯子来")])
    dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=sending)
    assert tickets_visible_to(town.who.lift_fitter).get().pk == ticket.pk


def test_dispatch_ticket_below_the_lawful_level_is_refused(town):
    ticket = town.accepted(category_code="illegal_build")
    with pytest.raises(BadInput):
        dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(body=town.body.company))


def test_dispatch_ticket_to_the_body_it_is_about_is_refused(town):
    ticket = town.accepted(about_body=town.body.company)
    with pytest.raises(BadInput):
        dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(body=town.body.company))


def test_dispatch_ticket_without_a_body_is_for_small_matters(town):
    from linli.tickets.actions import accept_ticket

    with pytest.raises(BadInput):
        dispatch_ticket(actor=town.who.desk, ticket=town.accepted(category_code="greening"), sending=Sending())
    ticket = accept_ticket(actor=town.who.desk, ticket=town.file(category_code="greening"), facts=Facts())
    dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending())
    assert [row.ticket.pk for row in rows_of(town.who.captain, pool(town.who.captain))] == [ticket.pk]
    claim_ticket(actor=town.who.captain, ticket=ticket)
    assert (ticket.matter.state, ticket.handler_id) == ("IN_PROGRESS", town.who.captain.person_id)


def test_claim_ticket_again_by_a_mate_is_told_kindly(town):
    ticket = town.dispatched()
    old = town.again(ticket)
    claim_ticket(actor=town.who.repairman, ticket=ticket)
    with pytest.raises(LostRace):
        claim_ticket(actor=town.who.mate, ticket=old)
    with pytest.raises(LostRace):
        claim_ticket(actor=town.who.mate, ticket=town.again(ticket))


def test_claim_ticket_of_another_body_is_refused(town):
    with pytest.raises(NotAllowed):
        claim_ticket(actor=town.who.lift_fitter, ticket=town.dispatched())


def test_take_ticket_signs_for_the_body(town):
    ticket = take_ticket(actor=town.who.manager, ticket=town.dispatched())
    assert ticket.matter.state == "IN_PROGRESS"
    assert ticket.assignments.get().taken_at == town.who.manager.now


def test_return_ticket_within_two_working_days_goes_back_to_the_desk(town):
    ticket = town.dispatched()
    return_ticket(
        actor=town.who.manager, ticket=ticket, reason="not_our_duty", note="合同第三条", proposed_body=town.body.lift
    )
    assert (ticket.matter.state, ticket.matter.holder_body_id) == ("RETURNED", town.body.office.pk)


def test_return_ticket_r06_on_the_third_working_day_is_refused(town):
    manager = later(town.who.manager, days=6)
    with pytest.raises(WrongState):
        return_ticket(actor=manager, ticket=town.dispatched(), reason="not_our_duty", note="合同第三条")


def test_return_ticket_r07_after_the_desk_decided_is_refused(town):
    ticket = town.dispatched()
    return_ticket(actor=town.who.manager, ticket=ticket, reason="not_our_duty", note="合同第三条")
    decide_return(actor=town.who.desk, ticket=ticket, is_upheld=False, note="合同第五条写了")
    assert (ticket.matter.state, ticket.matter.holder_body_id) == ("IN_PROGRESS", town.body.company.pk)
    with pytest.raises(WrongState):
        return_ticket(actor=town.who.manager, ticket=ticket, reason="not_our_duty", note="还是不归我们")


def test_decide_return_charges_the_wrong_way_to_the_desk(town):
    ticket = town.dispatched()
    manager, desk = later(town.who.manager, hours=4), later(town.who.desk, hours=5)
    return_ticket(actor=manager, ticket=ticket, reason="not_our_duty", note="合同第三条")
    decide_return(actor=desk, ticket=ticket, is_upheld=True, note="是我们派错了")
    row = ticket.assignments.get()
    assert (row.was_wrong, row.charged_minutes > 0, ticket.matter.due_at) == (True, True, None)
    before = desk.now
    dispatch_ticket(actor=desk, ticket=ticket, sending=Sending(body=town.body.lift))
    assert (ticket.is_named, ticket.due_from_at) == (True, before)


def test_return_ticket_by_another_body_is_refused(town):
    with pytest.raises(NotAllowed):
        return_ticket(actor=town.who.lift_fitter, ticket=town.dispatched(), reason="not_our_duty", note="x")


def test_hand_up_ticket_goes_to_the_streets_desk(town):
    ticket = hand_up_ticket(actor=town.who.desk, ticket=town.accepted(), note="要执法权")
    assert (ticket.level, ticket.matter.holder_body_id) == (3, town.body.street.pk)
    with pytest.raises(NotAllowed):
        dispatch_ticket(actor=town.who.desk, ticket=ticket, sending=Sending(body=town.body.company))
    dispatch_ticket(actor=town.who.officer, ticket=ticket, sending=Sending(body=town.body.company))
    with pytest.raises(BadInput):
        hand_up_ticket(actor=town.who.officer, ticket=ticket, note="区里没有登记")


def test_step_aside_puts_it_back_into_the_pool(town):
    ticket = claim_ticket(actor=town.who.repairman, ticket=town.dispatched())
    with pytest.raises(NotAllowed):
        step_aside(actor=town.who.mate, ticket=ticket, note="是我家亲戚")
    step_aside(actor=town.who.repairman, ticket=ticket, note="反映的是我家亲戚")
    assert (ticket.matter.holder_person_id, ticket.handler_id) == (None, None)
    claim_ticket(actor=town.who.mate, ticket=ticket)
