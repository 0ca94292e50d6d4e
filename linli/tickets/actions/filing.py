"""Reporting (点单): anybody, in under a minute, exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError
from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import Busy, NotAllowed, NotFound, WrongState
from linli.core.flow import action, preparation
from linli.core.turn import takes_turns
from linli.matters.actions import draw_numbers
from linli.matters.queries import sight_of
from linli.tickets.actions._opening import Ready, ready, store
from linli.tickets.actions.drafts import Draft, Filed
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_file, may_file_for_others, may_join
from linli.tickets.queries.reading import receipt_code
from linli.tickets.states import SUBMITTED, UNFINISHED


@preparation
def file_tickets(*, actor: Actor, drafts: Sequence[Draft]) -> list[Filed]:
    """Files reports, each exactly once however often its draft is sent (SRQ-003, SRQ-004).

    The receipt's code is given back here and never again. Raises `NotAllowed`, and `BadInput` with what to change.
    """
    for draft in drafts:
        _permit(actor, draft)
    batch = [ready(actor, draft) for draft in drafts]
    if not takes_turns() or any(draft.uploads for draft in drafts):
        # Nobody is to wait for another's transaction. Where all do in any case, the numbers are drawn inside it, which
        # saves a turn and the disk's second answer; not beside pictures, whose rows make the transaction long enough.
        numbered = draw_numbers(actor=actor, openings=[one.opening for one in batch])
        for one, opening in zip(batch, numbered, strict=True):
            one.opening = opening
    try:
        _file(actor=actor, batch=batch)
    except IntegrityError:
        return _file_rest(actor, drafts)
    return [Filed(one.ticket, one.code) for one in batch]


def _file_rest(actor: Actor, drafts: Sequence[Draft]) -> list[Filed]:
    """Some of these drafts came before, or came in the same instant: those are what they were, the rest is filed."""
    known = _known(drafts)
    if not known:
        raise Busy
    rest = [draft for draft in drafts if draft.draft_key not in known]
    made = iter(file_tickets(actor=actor, drafts=rest) if rest else ())
    return [known[draft.draft_key] if draft.draft_key in known else next(made) for draft in drafts]


@action
def _file(*, actor: Actor, batch: Sequence[Ready]) -> list[Ticket]:
    """The one transaction."""
    return store(actor, batch)


def _known(drafts: Sequence[Draft]) -> dict[str, Filed]:
    """The reports that were already made of these drafts; whoever bears a draft's key made it."""
    keys = [draft.draft_key for draft in drafts if draft.draft_key]
    if not keys:
        return {}
    found = Ticket.objects.filter(draft_key__in=keys).select_related("matter__place")
    return {
        ticket.draft_key: Filed(ticket, receipt_code(ticket.draft_key), is_new=False)
        for ticket in found
        if ticket.draft_key
    }


def _permit(actor: Actor, draft: Draft) -> None:
    """Anybody may report; writing down for others is staff's, and so are the channels that only staff have."""
    is_for_others = bool(draft.reporter and draft.reporter.pk != actor.person_id) or draft.source not in OWN_SOURCES
    if is_for_others and not may_file_for_others(actor, draft.place):
        raise NotAllowed
    if not may_file(actor, draft.place):
        raise NotFound


OWN_SOURCES = frozenset({"web", "poster", "rider", "speak", "open311"})
"""Channels by which a person reports without a clerk."""


@preparation
def join_ticket(*, actor: Actor, ticket: Ticket, draft: Draft) -> Filed:
    """Adds a voice to a report that is already there: 一起跟进 (SRQ-050, SRQ-051).

    The new reporter gets a receipt, all the news, and may rate; neither reporter learns who the other is.
    Raises `NotFound` where the report is not open to this reader, `WrongState` where it is over.
    """
    from linli.tickets.actions.merging import merge_voice

    if sight_of(actor, ticket.matter) is None or not may_join(actor, ticket):
        raise NotFound
    if ticket.matter.state not in UNFINISHED:
        raise WrongState(_("那件事已经办完了，请单独反映这一件。"))
    same = replace(draft, category_code=ticket.matter.category_code)
    filed = file_tickets(actor=actor, drafts=[same])[0]
    if filed.ticket.matter.state == SUBMITTED:
        # Whoever joins is a party to both from here on, with an account or without.
        uids = {ticket.matter.uid, filed.ticket.matter.uid}
        merge_voice(actor=replace(actor, receipts=actor.receipts | uids), ticket=filed.ticket, master=ticket)
    return filed
