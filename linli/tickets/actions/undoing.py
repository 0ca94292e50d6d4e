"""Taking back the step just taken, within thirty seconds and before anybody was told of it (撤回)."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.core.errors import NotFound, WrongState
from linli.core.flow import action
from linli.matters.actions import Change
from linli.notices.actions import recall_notices
from linli.tickets import permissions
from linli.tickets.actions._steps import permit, step
from linli.tickets.models import Assignment, Ticket
from linli.tickets.queries.standing import Standing, last_entry
from linli.tickets.rules.times import TAKE_BACK_WITHIN


@action
def take_back_step(*, actor: Actor, ticket: Ticket, before: Standing) -> Ticket:
    """Puts a report back to where it stood before one's own last step; its notices never leave.

    The story keeps both lines. Raises `NotAllowed`, `NotFound` for another's step, `WrongState` when it is too late.
    """
    permit(actor, ticket, permissions.may_take_back)
    entry = last_entry(ticket)
    if entry is None or entry.at != before.at or entry.person_uid != actor.person_uid:
        raise NotFound
    if actor.now > before.at + TAKE_BACK_WITHIN:
        raise WrongState
    voices = ticket.voices.filter(ended_at=None).values_list("child__matter__uid", flat=True)
    recall_notices(actor=actor, queued_at=before.at, subjects=[ticket.matter.uid, *voices])
    made = Assignment.objects.filter(ticket=ticket)
    made.filter(assigned_at=before.at).delete()
    made.filter(ended_at=before.at).update(ended_at=None)
    matter = dict(before.matter)
    change = Change(
        target=matter.pop("state"), holder_body=matter.pop("holder_body_id"),
        holder_person=matter.pop("holder_person_id"), due_at=matter.pop("due_at"),
        step_due_at=matter.pop("step_due_at"), is_step_working=True, fields=matter, verb="ticket.taken_back",
    )  # fmt: skip
    step(actor, ticket, "take_back", change, rows=before.ticket)
    return ticket
