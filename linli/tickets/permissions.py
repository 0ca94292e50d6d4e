"""Who may do what with a report. When it may be done is the state table's business. The whole matrix: README.md."""

from __future__ import annotations

from typing import Any

from linli.core.actor import Actor
from linli.tickets.models import Ticket
from linli.tickets.states import UNFINISHED, WITH_UNIT

DESK = ("desk", "secretary")
SUPERVISORS = ("secretary", "street_officer", "district_officer")
UPPER = {3: ("street_officer",), 4: ("district_officer",)}
WORKERS = ("property_staff", "property_manager", "grid_worker", "captain", "desk", "secretary")
CHECKERS = ("desk", "secretary", "grid_worker", "captain")
SMALL_HANDS = ("captain", "grid_worker")
IMPORTERS = (*DESK, "street_officer", "district_officer", "administrator")
INSIDERS = (*DESK, "grid_worker", "street_officer", "district_officer")


def _is_reporter(actor: Actor, ticket: Ticket) -> bool:
    """The person who reported it, signed in or with the receipt's code."""
    by_person = actor.person_id is not None and actor.person_id == ticket.reporter_id
    return by_person or ticket.matter.uid in actor.receipts


def _is_concerned_unit(actor: Actor, ticket: Ticket) -> bool:
    """Whether the report is about the very body that the actor acts for (SRQ-063)."""
    return ticket.about_body_id is not None and ticket.about_body_id == actor.body_id


def _wears_body(actor: Actor, body_id: int | None) -> bool:
    """Whether the actor wears a post that the body gave."""
    return body_id is not None and any(grant.body_id == body_id for grant in actor.grants_of(WORKERS))


def _is_handler(actor: Actor, ticket: Ticket) -> bool:
    """Who has it in hand: the person named, or who wears a post of the body that holds it."""
    matter = ticket.matter
    if _is_concerned_unit(actor, ticket):
        return False
    if actor.person_id is not None and actor.person_id in (matter.holder_person_id, ticket.handler_id):
        return True
    return _wears_body(actor, matter.holder_body_id)


def may_accept(actor: Actor, ticket: Ticket) -> bool:
    """The desk of the level on which the report stands: the community's, the street's, the district's (SRQ-090)."""
    posts = UPPER.get(ticket.level, DESK)
    return actor.holds(*posts, over=ticket.matter) and not _is_concerned_unit(actor, ticket)


def _is_supervisor(actor: Actor, ticket: Ticket) -> bool:
    """The secretary, and the officers of the street and district above."""
    return actor.holds(*SUPERVISORS, over=ticket.matter) and not _is_concerned_unit(actor, ticket)


def may_file(actor: Actor, place: Any) -> bool:
    """Everybody, without an account too, for any place that still stands (SRQ-004)."""
    return place.closed_on is None


def may_file_for_others(actor: Actor, place: Any) -> bool:
    """Those who write down what is told to them: by telephone, at the counter, in the stairwell, in a group."""
    return actor.holds(*DESK, "grid_worker", "captain", over=place)


def may_import(actor: Actor) -> bool:
    """Those who answer for a whole area bring in its old reports."""
    return actor.holds(*IMPORTERS)


def may_import_to(actor: Actor, place: Any) -> bool:
    """Into their own area; what stands nowhere, only the administrator of the installation."""
    if place is None:
        return any(grant.level == "everywhere" for grant in actor.grants_of(IMPORTERS))
    return actor.holds(*IMPORTERS, over=place)


may_refuse = may_transfer = may_dispatch = may_decide_return = may_accept
may_merge = may_unmerge = may_split = may_override = may_reclassify = may_release = may_accept
may_relocate = may_redirect = may_reinstate = may_accept


def may_send_to_meeting(actor: Actor, ticket: Ticket) -> bool:
    """The desk agrees to the table, or a supervisor asks for it (SRQ-021)."""
    return may_accept(actor, ticket) or _is_supervisor(actor, ticket)


may_bring_back = may_send_to_meeting


def may_explain(actor: Actor, ticket: Ticket) -> bool:
    """Closing with an explanation is a supervisor's word: lawful, but it cannot be done."""
    return _is_supervisor(actor, ticket)


def may_claim(actor: Actor, ticket: Ticket) -> bool:
    """Who wears a post of the body that holds it; a small matter without a body: captain or grid worker there."""
    matter = ticket.matter
    if _is_concerned_unit(actor, ticket) or actor.person_id is None:
        return False
    if matter.holder_body_id is None:
        return actor.holds(*SMALL_HANDS, over=matter)
    return _wears_body(actor, matter.holder_body_id)


def may_take(actor: Actor, ticket: Ticket) -> bool:
    """The body that it was given to signs for it."""
    return _is_handler(actor, ticket)


may_finish = may_contact = may_add_cost = may_promise = may_take


def may_return(actor: Actor, ticket: Ticket) -> bool:
    """A body says that it is not its to do; a person cannot."""
    return _wears_body(actor, ticket.matter.holder_body_id) and not _is_concerned_unit(actor, ticket)


def may_ask(actor: Actor, ticket: Ticket) -> bool:
    """The desk or the handler asks the reporter."""
    return may_accept(actor, ticket) or _is_handler(actor, ticket)


may_hand_up = may_note = may_ask


def may_help(actor: Actor, ticket: Ticket) -> bool:
    """Who wears a post of a helping body, which reports to the lead (SRQ-034)."""
    return any(
        assignment.is_helper and assignment.ended_at is None and _wears_body(actor, assignment.body_id)
        for assignment in ticket.assignments.all()
    )


may_pause = may_resume = may_extend = may_explain


def may_answer(actor: Actor, ticket: Ticket) -> bool:
    """The reporter; or the desk, which writes down what was said by telephone."""
    return _is_reporter(actor, ticket) or may_accept(actor, ticket)


def may_withdraw(actor: Actor, ticket: Ticket) -> bool:
    """The reporter alone."""
    return _is_reporter(actor, ticket)


may_rate = may_ask_review = may_withdraw


def may_urge(actor: Actor, ticket: Ticket) -> bool:
    """The reporter; the desk for somebody who rang again."""
    return ticket.matter.state in UNFINISHED and (_is_reporter(actor, ticket) or may_accept(actor, ticket))


def may_call_back(actor: Actor, ticket: Ticket) -> bool:
    """A supervisor rings the reporter, where one was asked to."""
    return ticket.call_back_at is not None and _is_supervisor(actor, ticket)


def may_reopen(actor: Actor, ticket: Ticket) -> bool:
    """The reporter says "broken again"; the desk for somebody who rang."""
    return _is_reporter(actor, ticket) or may_accept(actor, ticket)


def may_check(actor: Actor, ticket: Ticket) -> bool:
    """Somebody else than who did it: desk, grid worker or captain of the place, and never the unit itself."""
    if actor.person_id is None or actor.person_id == ticket.handler_id or _is_concerned_unit(actor, ticket):
        return False
    is_own_unit = actor.body_id is not None and actor.body_id == ticket.matter.holder_body_id
    return actor.holds(*CHECKERS, over=ticket.matter) and (not is_own_unit or may_accept(actor, ticket))


may_fail_check = may_check


def may_follow_up(actor: Actor, ticket: Ticket) -> bool:
    """Asks by telephone how content the reporter is: never who handled it, nor the reporter's own unit (SRQ-060)."""
    if actor.person_id is None or actor.person_id in (ticket.handler_id, ticket.reporter_id):
        return False
    return actor.holds(*DESK, "grid_worker", over=ticket.matter) and not _is_concerned_unit(actor, ticket)


def may_record_answer(actor: Actor, ticket: Ticket) -> bool:
    """The desk, for a body that does not work with Linli, while somebody has it in hand."""
    return ticket.matter.state in WITH_UNIT and may_accept(actor, ticket)


def may_take_back(actor: Actor, ticket: Ticket) -> bool:
    """The desk, or the supervisor who explained: whose step it was, the act itself looks up."""
    return may_accept(actor, ticket) or _is_supervisor(actor, ticket)


def may_review(actor: Actor, ticket: Ticket) -> bool:
    """A second look: a supervisor who did not handle it."""
    return _is_supervisor(actor, ticket) and actor.person_id != ticket.handler_id


def may_step_aside(actor: Actor, ticket: Ticket) -> bool:
    """A handler with an interest gives it back (SRQ-063)."""
    return actor.person_id is not None and actor.person_id == ticket.matter.holder_person_id


def may_join(actor: Actor, ticket: Ticket) -> bool:
    """Anybody may say "here too" of what is open to all."""
    return ticket.matter.audience == "public"


def may_see_words(actor: Actor, ticket: Ticket, *, with_helpers: bool = True) -> bool:
    """The reporter's own words and pictures: who works on it, and the reporter. What was released stands apart."""
    if actor.is_system or _is_reporter(actor, ticket):
        return True
    if _is_concerned_unit(actor, ticket):
        return False
    if actor.holds(*INSIDERS, over=ticket.matter) or _is_handler(actor, ticket):
        return True
    return with_helpers and may_help(actor, ticket)


def may_see_reporter(actor: Actor, ticket: Ticket) -> bool:
    """The reporter's name and number: the desk, and the unit unless the reporter asked to be kept from it."""
    if _is_reporter(actor, ticket):
        return True
    if _is_concerned_unit(actor, ticket):
        return False
    return may_accept(actor, ticket) or (not ticket.is_secret and _is_handler(actor, ticket))


def sees_receipt(actor: Actor, ticket: Ticket) -> bool:
    """The reporter alone: the receipt's code, the questions and what may be answered."""
    return _is_reporter(actor, ticket)
