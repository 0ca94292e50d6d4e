"""Asking a supervisor to ring the reporter the same day. Used by the acts after which somebody has to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.times import day_of, end_of_day
from linli.notices.rules import Message
from linli.tickets.actions._steps import to_body
from linli.tickets.models import Ticket
from linli.tickets.queries.waiting import supervisors_of


def ask_call_back(actor: Actor, ticket: Ticket, why: str) -> tuple[dict[str, Any], list[Message]]:
    """The report's columns and the word to its supervisors; nothing where somebody is to ring already."""
    if ticket.call_back_at is not None:
        return {}, []
    title = _("请今天回电话：%(what)s") % {"what": ticket.matter.title}
    told = [
        Message("ticket", title, why, url=f"/tickets/{ticket.matter.uid}/", person_id=person_id,
                subject=ticket.matter.uid, urgent=True)
        for person_id in supervisors_of(ticket, day_of(actor.now))
    ]  # fmt: skip
    return {"call_back_at": end_of_day(day_of(actor.now))}, told or to_body(
        ticket.matter, ticket.desk_body_id, title, why, urgent=True
    )
