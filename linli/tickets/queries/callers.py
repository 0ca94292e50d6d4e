"""Whose number rings: that person's own open matters, and nothing about the person."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.core.flow import Phase
from linli.core.secret import blind_index
from linli.people.queries import PHONE_INDEX, persons_by_phone
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_see_reporter
from linli.tickets.queries.reading import JOINED
from linli.tickets.states import MERGED

MOST = 20


def open_tickets_of_number(actor: Actor, number: str) -> list[Ticket]:
    """The running reports of a cleaned number whose reporter the actor may know, the newest first (SRQ-052).

    What was put with another report runs as long as that one does.
    """
    named = Ticket.objects.filter(phone_index=blind_index(number, PHONE_INDEX)).exclude(phone_index="")
    persons = list(persons_by_phone(number).values_list("pk", flat=True))
    signed_in = Ticket.objects.filter(reporter_id__in=persons)
    keys = {*named.values_list("pk", flat=True), *signed_in.values_list("pk", flat=True)}
    found = Ticket.objects.filter(pk__in=keys).select_related(*JOINED).order_by("-matter__opened_at")
    running = [ticket for ticket in found if leading(ticket).matter.phase != Phase.DONE]
    return [ticket for ticket in running if may_see_reporter(actor, ticket)][:MOST]


def leading(ticket: Ticket) -> Ticket:
    """The report that another was put with; else itself."""
    if ticket.matter.state != MERGED:
        return ticket
    merge = ticket.merges.filter(ended_at=None).select_related(*(f"master__{name}" for name in JOINED)).first()
    return merge.master if merge else ticket
