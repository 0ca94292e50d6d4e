"""What a body without Linli answers by telephone, mail or paper, written down by the desk (SRQ-031, SRQ-034)."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import LostRace, WrongState
from linli.core.flow import action
from linli.matters.actions import Change, Telling
from linli.matters.states import Audience
from linli.tickets import permissions
from linli.tickets.actions._steps import need, permit, step, tell, to_body
from linli.tickets.actions.drafts import Proof
from linli.tickets.actions.handling import _report_done
from linli.tickets.models import Assignment, Ticket
from linli.tickets.states import DISPATCHED


@action
def record_answer(
    *, actor: Actor, ticket: Ticket, assignment: Assignment, answer: Literal["taken", "asked", "done"], words: str
) -> Ticket:
    """Writes down for a body that it took a report or a helping task, asks something, or has done it.

    Raises `NotAllowed`, `WrongState` for a body that has no part in it now, `LostRace`, `BadInput` without words.
    """
    permit(actor, ticket, permissions.may_record_answer)
    said = need(words, "words")
    if assignment.ticket_id != ticket.pk or assignment.ended_at is not None or assignment.body is None:
        raise WrongState
    name = assignment.body.name
    running = Assignment.objects.filter(pk=assignment.pk, ended_at=None)
    if not assignment.is_helper and answer == "done":
        return _report_done(actor, ticket, Proof(said), None)
    if answer == "taken" and not running.filter(taken_at=None).update(taken_at=actor.now):
        raise LostRace
    if answer == "done" and not running.update(ended_at=actor.now):
        raise LostRace
    if not assignment.is_helper and answer == "taken" and ticket.matter.state == DISPATCHED:
        change = Change(note=said, note_audience=Audience.PARTIES, verb="ticket.taken")
        step(actor, ticket, "take", change, rows={"taken_at": actor.now}, news="taken")
        return ticket
    title = _("%(who)s回话了：%(what)s") % {"who": name, "what": ticket.matter.title}
    lead = to_body(ticket.matter, ticket.matter.holder_body_id, title, said) if assignment.is_helper else []
    telling = Telling("body_answered", said, note_audience=Audience.STAFF, figures={"body": name, "answer": answer})
    tell(actor, ticket, telling, others=lead)
    return ticket
