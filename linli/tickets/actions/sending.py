"""Giving a report to those who do it (派单), and what they may answer: take, claim, return, hand up, step aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.audit.actions import record_act
from linli.charters.rules import Charter, working_minutes_between
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.matters.actions import KEEP, Change, Follow, follow_matter
from linli.matters.states import Audience
from linli.notices.rules import Message
from linli.people.models import Body
from linli.people.permissions import may_add_bodies
from linli.people.queries import bodies_for
from linli.tickets import permissions
from linli.tickets.actions._pictures import add_pictures
from linli.tickets.actions._steps import charter_of_ticket, need, permit, reason_of, step, to_body
from linli.tickets.actions.drafts import Sending
from linli.tickets.models import Assignment, Return, Ticket
from linli.tickets.rules.duty import is_below_duty
from linli.tickets.rules.times import finish_due_at, return_refusal
from linli.tickets.states import IN_PROGRESS

UPPER_KINDS = {2: "community_office", 3: "street_office", 4: "district_office"}


@action
def dispatch_ticket(*, actor: Actor, ticket: Ticket, sending: Sending) -> Ticket:
    """Gives a report to one body that leads, and others that help; the order carries its due time (SRQ-010, 031, 034).

    Raises `NotAllowed`, `WrongState`, `LostRace`, `BadInput` where the law or an interest stands against that body.
    """
    permit(actor, ticket, permissions.may_dispatch)
    charter = charter_of_ticket(ticket)
    _check_body(ticket, sending, charter)
    matter = ticket.matter
    due = _due(actor, ticket, sending, charter)
    was_returned = ticket.returns.exclude(decided_at=None).exists()
    change = Change(
        note=sending.note, holder_body=sending.body, holder_person=sending.person, due_at=due,
        step_due_at=charter.step_due_at("sign_off", actor.now), is_step_working=True,
        figures={"body": sending.body.name if sending.body else ""},
    )  # fmt: skip
    rows = {"dispatched_at": actor.now, "is_named": was_returned, "handler": None, "taken_at": None,
            "due_from_at": ticket.due_from_at or actor.now}  # fmt: skip
    _end_lead(actor, ticket)
    follow = [(body, task) for body, task in sending.helpers if body != sending.body]
    _assign(actor, ticket, sending.body, follow, due if due is not KEEP else matter.due_at)
    who = sending.body.name if sending.body else gettext_lazy("楼栋长和网格员")
    step(actor, ticket, "dispatch", change, rows=rows, news="dispatched", facts={"who": who},
         others=_orders(ticket, sending.body, follow))  # fmt: skip
    for body, _task in follow:
        follow_matter(actor=actor, matter=matter, follow=Follow(body_id=body.pk, role="helper"))
    return ticket


def _check_body(ticket: Ticket, sending: Sending, charter: Charter) -> None:
    """Whether the body may be charged with it at all. Raises `BadInput`."""
    matter, body = ticket.matter, sending.body
    category = charter.categories.get(matter.category_code)
    if body is None:
        if matter.class_code != "S":
            raise BadInput({"body": [_("只有当天能办的小事可以放进小事池，别的事请选一个单位。")]})
    elif ticket.about_body_id == body.pk:
        raise BadInput({"body": [_("反映的就是这个单位，不能再交给它办。请换一个，或报给上一级。")]})
    elif category is not None and is_below_duty(body.kind, category.lawful_owner_level):
        raise BadInput({"body": [_("这件事依法由上级部门办，不能派给它；可以请它协助，或报给上一级。")]})
    if matter.class_code == "L" and sending.due_at is None:
        raise BadInput({"due_at": [_("这一类按法律规定的期限办，请写上哪一天到期。")]})


def _due(actor: Actor, ticket: Ticket, sending: Sending, charter: Charter) -> Any:
    """The due time the order carries: from the first right dispatch; a later change of hands does not move it."""
    if sending.due_at is not None:
        return sending.due_at
    if ticket.due_from_at is not None:
        return KEEP
    return finish_due_at(ticket.matter.class_code, ticket.matter.opened_at, actor.now, charter)


def _end_lead(actor: Actor, ticket: Ticket, **columns: Any) -> None:
    """The lead so far leads no more."""
    Assignment.objects.filter(ticket=ticket, is_helper=False, ended_at=None).update(ended_at=actor.now, **columns)


def _assign(actor: Actor, ticket: Ticket, lead: Body | None, helpers: Sequence[tuple[Body, str]], due: Any) -> None:
    rows = [Assignment(ticket=ticket, body=lead, assigned_at=actor.now, due_at=due)]
    rows += [
        Assignment(ticket=ticket, body=body, is_helper=True, task=task[:400], assigned_at=actor.now, due_at=due)
        for body, task in helpers
    ]
    Assignment.objects.bulk_create(rows)


def _orders(ticket: Ticket, lead: Body | None, helpers: Sequence[tuple[Body, str]]) -> list[Message]:
    """The word to the units."""
    matter = ticket.matter
    urgent = matter.class_code in {"E1", "U"}
    orders = to_body(matter, lead.pk if lead else None, _("交给你们：%(what)s") % {"what": matter.title}, urgent=urgent)
    for body, task in helpers:
        orders += to_body(matter, body.pk, _("请你们帮忙：%(what)s") % {"what": matter.title}, task)
    return orders


@action
def change_unit(*, actor: Actor, body: Body, successor: Body) -> int:
    """Puts the body that follows in the place of one that left, in every report that it leads or helps with."""
    if not may_add_bodies(actor, body.place):
        raise NotAllowed
    running = list(Assignment.objects.filter(body=body, ended_at=None))
    Assignment.objects.filter(pk__in=[each.pk for each in running]).update(ended_at=actor.now)
    Assignment.objects.bulk_create(
        Assignment(
            ticket_id=each.ticket_id,
            body=successor,
            is_helper=each.is_helper,
            task=each.task,
            assigned_at=actor.now,
            due_at=each.due_at,
        )
        for each in running
    )
    detail = {"to": successor.uid, "reports": len(running)}
    record_act(actor=actor, verb="ticket.unit_changed", subject=body.uid, detail=detail)
    return len(running)


@action
def claim_ticket(*, actor: Actor, ticket: Ticket) -> Ticket:
    """Takes a report from the pool into one's own hands (接单).

    Raises `NotAllowed`, `WrongState`, `LostRace` where somebody has it already.
    """
    permit(actor, ticket, permissions.may_claim)
    if ticket.matter.holder_person_id not in (None, actor.person_id):
        raise LostRace
    was_dispatched = ticket.taken_at is None
    rows = {"handler_id": actor.person_id, "taken_at": ticket.taken_at or actor.now}
    change = Change(holder_person=actor.person_id, verb="ticket.claimed")
    step(actor, ticket, "claim", change, rows=rows, news="taken" if was_dispatched else "")
    _mark_taken(actor, ticket)
    return ticket


@action
def take_ticket(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Signs for a report that was given to one's body (签收). Raises `NotAllowed`, `WrongState`, `LostRace`."""
    permit(actor, ticket, permissions.may_take)
    rows = {"taken_at": actor.now}
    change = Change(note=note, note_audience=Audience.PARTIES, verb="ticket.taken")
    step(actor, ticket, "take", change, rows=rows, news="taken", facts={"note": note})
    _mark_taken(actor, ticket)
    return ticket


def _mark_taken(actor: Actor, ticket: Ticket) -> None:
    running = Assignment.objects.filter(ticket=ticket, is_helper=False, ended_at=None, taken_at=None)
    running.update(taken_at=actor.now)


RETURN_REFUSALS = {
    "named": gettext_lazy("社区核对过，定了由你们办，不能再退。办不了请联系社区商量。"),
    "too_late": gettext_lazy("超过两个工作日没有退，就算接下了。办不了请联系社区商量。"),
}


@action
def return_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    reason: str,
    note: str,
    proposed_body: Body | None = None,
    proof: Sequence[Any] = (),
) -> Return:
    """Says, once and within two working days, that a report is not one's body's to do, with the grounds (SRQ-033).

    Raises `NotAllowed`, `WrongState` when it is too late or was decided, `BadInput` without grounds.
    """
    permit(actor, ticket, permissions.may_return)
    charter = charter_of_ticket(ticket)
    why = reason_of(charter, "return", reason)
    body_id = ticket.matter.holder_body_id
    if body_id is None:
        raise WrongState
    refusal = return_refusal(ticket.dispatched_at or actor.now, actor.now, charter, is_named=ticket.is_named)
    if refusal:
        raise WrongState(RETURN_REFUSALS[refusal])
    add_pictures(actor, ticket, proof, "proof")
    row = Return(ticket=ticket, body_id=body_id, reason_code=why.code, words=need(note)[:1000],
                 proposed_body=proposed_body, asked_at=actor.now)  # fmt: skip
    change = Change(
        note=note, figures={"reason": why.code}, holder_body=ticket.desk_body_id, holder_person=None,
        step_due_at=charter.step_due_at("return_decision", actor.now), is_step_working=True,
    )  # fmt: skip
    title = _("退回来了：%(what)s") % {"what": ticket.matter.title}
    desk = to_body(ticket.matter, ticket.desk_body_id, title, str(why.words))
    step(actor, ticket, "return", change, rows={"handler": None}, news="returned", others=desk)
    row.save(force_insert=True)
    return row


@action
def decide_return(*, actor: Actor, ticket: Ticket, is_upheld: bool, note: str) -> Ticket:
    """Decides on a return within one working day: another body, or the same one for good (SRQ-033).

    The time spent on a wrong dispatch is charged to the desk, never to the unit.
    Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    permit(actor, ticket, permissions.may_decide_return)
    charter = charter_of_ticket(ticket)
    asked = ticket.returns.filter(decided_at=None).select_related("body").last()
    if asked is None:
        raise WrongState
    if is_upheld:
        change = Change(note=note, due_at=None, step_due_at=charter.step_due_at("dispatch", actor.now),
                        is_step_working=True, verb="ticket.return_upheld")  # fmt: skip
        step(actor, ticket, "uphold_return", change, rows={"due_from_at": None})
        spent = working_minutes_between(ticket.dispatched_at or actor.now, actor.now, charter.hours, charter.calendar)
        _end_lead(actor, ticket, was_wrong=True, charged_minutes=max(spent, 0))
    else:
        change = Change(note=need(note), holder_body=asked.body, verb="ticket.return_denied")
        title = _("核对过了，还由你们办：%(what)s") % {"what": ticket.matter.title}
        told = to_body(ticket.matter, asked.body_id, title, note)
        step(actor, ticket, "deny_return", change, rows={"is_named": True, "taken_at": actor.now}, others=told)
    Return.objects.filter(pk=asked.pk).update(decided_at=actor.now, is_upheld=is_upheld, decision_words=note[:1000])
    return ticket


@action
def hand_up_ticket(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Hands a report to the desk of the level above: grid, community, street, district (SRQ-090).

    Raises `NotAllowed`, `WrongState`, `BadInput` where nobody is above.
    """
    permit(actor, ticket, permissions.may_hand_up)
    level = ticket.level + 1
    kind = UPPER_KINDS.get(level)
    bodies = bodies_for(ticket.matter.place, body_kind=kind) if kind and ticket.matter.place else []
    if not bodies:
        raise BadInput({"": [_("上一级的单位还没有登记。请先在通讯录里加上，或打电话联系。")]})
    charter = charter_of_ticket(ticket)
    change = Change(note=need(note), note_audience=Audience.PARTIES, holder_body=bodies[0], holder_person=None,
                    step_due_at=charter.step_due_at("dispatch", actor.now), is_step_working=True,
                    verb="ticket.handed_up", figures={"level": level})  # fmt: skip
    rows = {"level": level, "desk_body": bodies[0], "handler": None, "accepted_at": ticket.accepted_at or actor.now}
    title = _("报上来的事：%(what)s") % {"what": ticket.matter.title}
    others = to_body(ticket.matter, bodies[0].pk, title, note)
    _end_lead(actor, ticket)
    step(actor, ticket, "hand_up", change, rows=rows, news="handed_up", facts={"who": bodies[0].name}, others=others)
    return ticket


@action
def step_aside(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Gives a report back to the pool because the handler has an interest in it (SRQ-063; 济南市热线条例第32条).

    Raises `NotAllowed`, `WrongState`.
    """
    permit(actor, ticket, permissions.may_step_aside)
    if ticket.matter.state != IN_PROGRESS:
        raise WrongState
    change = Change(note=need(note), target=IN_PROGRESS, holder_person=None, verb="ticket.stepped_aside",
                    audience=Audience.STAFF)  # fmt: skip
    step(actor, ticket, "adjust", change, rows={"handler": None})
    return ticket
