"""One report: found, opened, and what may be done with it now."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from linli.charters.queries import charter_version
from linli.charters.rules import Charter
from linli.core import asked
from linli.core.actor import Actor
from linli.core.asked import Told
from linli.core.errors import NotFound
from linli.core.numbers import SPOKEN, clean_code, random_code
from linli.core.secret import digest
from linli.matters.models import Matter
from linli.matters.queries import matters_visible_to, sight_of
from linli.matters.queries.sight import followed_column
from linli.places.rules.places import community_code
from linli.tickets import permissions
from linli.tickets.models import Assignment, Cost, Photo, Promise, Question, Rating, Return, Ticket
from linli.tickets.states import ACTS, FLOW

KIND = "ticket"
NEAR = ("matter__place", "matter__holder_body")
"""What every act and page of one report needs; the rest is read where a page names it."""
JOINED = (
    "matter__place", "matter__community", "matter__holder_body", "matter__holder_person", "reporter", "handler",
    "about_body",
)  # fmt: skip


def _rows(model: Any, *joined: str) -> tuple[asked.Question[Any], QuerySet[Any]]:
    """How the rows of one report are read from a table, with what is read along; and what stands for none."""
    none: QuerySet[Any] = model.objects.none()
    none._result_cache = []
    return asked.Question(lambda: model.objects.filter(ticket=Told("ticket")).select_related(*joined)), none


ROWS: dict[str, tuple[tuple[asked.Question[Any], QuerySet[Any]], Callable[[Ticket], bool]]] = {
    "photos": (_rows(Photo, "file", "public_file"), lambda ticket: bool(ticket.pk)),
    "assignments": (_rows(Assignment, "body"), lambda ticket: ticket.dispatched_at is not None),
    "returns": (_rows(Return, "body"), lambda ticket: ticket.dispatched_at is not None),
    "promises": (_rows(Promise, "body"), lambda ticket: ticket.dispatched_at is not None),
    "questions": (_rows(Question), lambda ticket: ticket.asked > 0),
    "costs": (_rows(Cost), lambda ticket: ticket.cost_fen > 0),
    "ratings": (_rows(Rating), lambda ticket: ticket.rounds > 0),
}
"""The rows of a report: what is read with them, and when there can be any at all."""
BY_UID = asked.Question(
    lambda: (
        Ticket.objects.filter(matter__uid=Told("uid"), matter__kind=KIND)
        .select_related(*NEAR)
        .annotate(is_followed=followed_column("matter"))[:1]
    )
)


def charter_for(matter: Matter) -> Charter:
    """The charter that a matter began with."""
    return charter_version(matter.charter_version_id, matter.community_id)


def community_code_of(matter: Matter) -> str:
    """The twelve figures of a matter's community for the audit; "" where it has none."""
    return community_code(matter.place.level, matter.place.code) if matter.place else ""


def receipt_digest(code: str) -> str:
    """What is kept of a receipt's code."""
    return digest(clean_code(code), "receipt")


def receipt_code(draft_key: str) -> str:
    """The receipt's code: by chance, or from the draft's own secret, so that a second sending shows the same."""
    if not draft_key:
        return random_code(8)
    chance = int(digest(draft_key, "receipt-code")[:10], 16)
    return "".join(SPOKEN[chance >> shift & 31] for shift in range(0, 40, 5))


def tickets_visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The reports that the actor may know of."""
    return Ticket.objects.filter(matter__in=matters_visible_to(actor).filter(kind=KIND)).select_related(*JOINED)


def ticket_of(actor: Actor, uid: str) -> Ticket:
    """The report of that public id. Raises `NotFound` where there is none, or none to be known of.

    What may be known of is decided on the row, as `tickets_visible_to` decides it in the database: a third of the cost.
    """
    found = BY_UID.first(uid=uid, person=actor.person_id)
    if found is None or sight_of(actor, found.matter, is_follower=found.is_followed) is None:  # type: ignore[attr-defined]
        raise NotFound
    return found


def ticket_with_rows(actor: Actor, uid: str) -> Ticket:
    """The same with its pictures, units, questions, costs, promises and ratings: a read for each kind there can be."""
    ticket = ticket_of(actor, uid)
    kept = ticket.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, ((question, none), is_needed) in ROWS.items():
        if not is_needed(ticket):
            kept[name] = none
            continue
        kept[name] = getattr(ticket, name).all()
        kept[name]._result_cache = question.rows(ticket=ticket.pk)
        for row in kept[name]:
            row.ticket = ticket
    return ticket


def ticket_by_receipt(number: str, code: str) -> Ticket:
    """The report whose number (or id) and receipt code were typed. Raises `NotFound`, alike for either being wrong."""
    typed = number.strip().upper()
    found = Ticket.objects.filter(Q(matter__number=typed) | Q(matter__uid=clean_code(typed)), matter__kind=KIND)
    ticket = found.exclude(receipt_digest="").select_related(*JOINED).first()
    right = ticket.receipt_digest if ticket else receipt_digest("nobody")
    if not hmac.compare_digest(right, receipt_digest(code)) or ticket is None:
        raise NotFound
    return ticket


def acts_for(actor: Actor, ticket: Ticket) -> list[str]:
    """The names of the acts that the actor may do now, in the order of the way; a page offers these and no others."""
    moves = {move.name for move in FLOW.moves_from(ticket.matter.state)}
    return [
        act
        for act, needed in ACTS.items()
        if (not needed or needed & moves) and getattr(permissions, f"may_{act}")(actor, ticket)
    ]
