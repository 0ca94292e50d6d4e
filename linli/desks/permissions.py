"""Who may open which of staff's pages. What may be done there is the reports' own permissions' business."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.tickets.models import Ticket
from linli.tickets.permissions import (
    DESK,
    SUPERVISORS,
    WORKERS,
    may_check,
    may_claim,
    may_follow_up,
    may_help,
    may_take,
)

FILERS = (*DESK, "grid_worker", "captain")


def may_see_desk(actor: Actor) -> bool:
    """The desk's lists: who decides there, and the offices above."""
    return actor.holds(*DESK, *SUPERVISORS)


def may_see_desk_of(actor: Actor, ticket: Ticket) -> bool:
    """A report on the desk's own page, with all that stands beside it."""
    return actor.holds(*DESK, *SUPERVISORS, over=ticket.matter)


def may_take_calls(actor: Actor) -> bool:
    """Who answers the desk's telephone."""
    return actor.holds(*DESK)


def may_see_work(actor: Actor) -> bool:
    """The lists of those who do it or check it."""
    return actor.person_id is not None and actor.holds(*WORKERS)


def may_work_on(actor: Actor, ticket: Ticket) -> bool:
    """A report on the page of those who do it: who has it, may claim it, helps, checks or rings."""
    ways = (may_take, may_claim, may_help, may_check, may_follow_up, may_see_desk_of)
    return any(may(actor, ticket) for may in ways)


def may_see_filing(actor: Actor) -> bool:
    """The form for what somebody else tells: at the counter, on the telephone, in the stairwell."""
    return actor.holds(*FILERS)
