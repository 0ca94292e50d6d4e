"""What a desk does that stands in no single step of a report: handing out with one press, showing a number, a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.audit.actions import record_acts, record_look
from linli.audit.rules import LOOKED, Record
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed
from linli.core.flow import action
from linli.desks.permissions import may_see_desk_of, may_take_calls
from linli.notices.models import Notice
from linli.people.rules import PURPOSES, clean_phone
from linli.tickets.actions import Sending, accept_ticket, dispatch_ticket
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_see_reporter
from linli.tickets.queries import community_code_of, open_tickets_of_number
from linli.tickets.queries.standing import last_entry
from linli.tickets.states import SUBMITTED


@action
def hand_out_tickets(*, actor: Actor, tickets: Sequence[Ticket], sending: Sending) -> Sequence[Ticket]:
    """Gives reports to a body, taking up first what was not taken up yet; all of them or none (SRQ-010).

    Raises what `accept_ticket` and `dispatch_ticket` raise.
    """
    for ticket in tickets:
        if ticket.matter.state == SUBMITTED:
            accept_ticket(actor=actor, ticket=ticket)
        dispatch_ticket(actor=actor, ticket=ticket, sending=sending)
    return tickets


@action
def show_reporter(*, actor: Actor, ticket: Ticket, purpose: str) -> dict[str, str]:
    """Shows the reporter's name and number for a stated purpose; the reporter can see that it was shown (PRV-036).

    Raises `NotAllowed`, `BadInput` without a purpose of the list.
    """
    if not may_see_reporter(actor, ticket):
        raise NotAllowed
    if purpose not in PURPOSES:
        raise BadInput({"purpose": [_("请先说明为什么要看。")]})
    person = ticket.reporter
    record_look(
        actor=actor, person_uid=person.uid if person else "", fields=("name", "phone"), purpose=purpose,
        subject=ticket.matter.uid, community=community_code_of(ticket.matter),
    )  # fmt: skip
    return {
        "name": ticket.reporter_name or (person.display_name if person else ""),
        "phone": ticket.reporter_phone or (person.phone if person else ""),
    }


@action
def look_up_caller(*, actor: Actor, number: str) -> list[Ticket]:
    """Finds the open matters of the number that rings: one look, which the caller can see afterwards (PRV-036).

    Nothing is kept of the call itself and nothing stands on a person (SRQ-052). Raises `NotAllowed`, `BadInput`.
    """
    if not may_take_calls(actor):
        raise NotAllowed
    try:
        cleaned = clean_phone(number)
    except ValueError:
        cleaned = ""
    if not cleaned:
        raise BadInput({"number": [_("电话号码好像不对，请看一看。")]})
    found = open_tickets_of_number(actor, cleaned)
    seen = {ticket.reporter.uid if ticket.reporter else "": ticket for ticket in reversed(found)}
    looks = [
        Record(LOOKED, ticket.matter.uid, community_code_of(ticket.matter), uid, ("reporter_phone",), "rang")
        for uid, ticket in seen.items()
    ]
    record_acts(actor=actor, records=looks or [Record(LOOKED, fields=("reporter_phone",), purpose="rang")])
    return found


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an act would do: both clocks before and after, who is told, how many minutes are charged to the sender."""

    before: tuple[datetime | None, datetime | None]
    after: tuple[datetime | None, datetime | None]
    bodies: list[str]
    people: int
    charged_minutes: int


@action
def rehearse_act(*, actor: Actor, ticket: Ticket, run: Callable[[Ticket], Any]) -> Rehearsal:
    """Does an act on a report in full, sees what it does to the clocks and who is told, and takes all of it back.

    Raises `NotAllowed`, and whatever the act raises.
    """
    if not may_see_desk_of(actor, ticket):
        raise NotAllowed
    matter = ticket.matter
    before = (matter.step_due_at, matter.due_at)
    last = Notice.objects.aggregate(last=Max("pk"))["last"] or 0
    with transaction.atomic():
        run(ticket)
        told = list(Notice.objects.filter(pk__gt=last).values_list("body__name"))
        wrong = ticket.assignments.filter(ended_at=actor.now, was_wrong=True)
        charged = sum(wrong.values_list("charged_minutes", flat=True))
        entry = last_entry(ticket)
        charged += entry.figures.get("charged_minutes", 0) if entry else 0
        after = (matter.step_due_at, matter.due_at)
        transaction.set_rollback(True)
    bodies = list(dict.fromkeys(name for (name,) in told if name))
    return Rehearsal(before, after, bodies, sum(not name for (name,) in told), charged)
