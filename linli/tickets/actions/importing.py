"""Old reports from other systems: closed, silent, with the verdict of their source; each number once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linli.audit.actions import record_act
from linli.charters.queries import charter_of
from linli.charters.rules import Charter
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action, preparation
from linli.core.turn import insert_rows
from linli.matters.actions import Opening, draw_numbers, open_matters
from linli.matters.models import Matter
from linli.matters.states import Audience
from linli.tickets.actions.drafts import OldTicket
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_import, may_import_to
from linli.tickets.rules.guard import LONGEST, clean_words, redacted
from linli.tickets.states import CLOSED

STEP = 1000
VERDICTS = frozenset({"yes", "no", "unknown"})


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: the reports made, and the drafts (by place in the list) that were there already."""

    created: list[Ticket]
    already: list[int]


@preparation
def import_tickets(*, actor: Actor, drafts: Sequence[OldTicket]) -> Imported:
    """Files old, closed reports, a thousand at a time; nothing is sent, and a number of a source comes in once.

    They count in the month they were made, with their source's own word on whether they were in time.
    Raises `NotAllowed`.
    """
    places = {draft.place.pk if draft.place else 0: draft.place for draft in drafts}
    if not may_import(actor) or not all(may_import_to(actor, place) for place in places.values()):
        raise NotAllowed
    created: list[Ticket] = []
    already: list[int] = []
    charters: dict[int | None, Charter] = {}
    for start in range(0, len(drafts), STEP):
        chunk = drafts[start : start + STEP]
        fresh = _fresh(chunk)
        already += [start + at for at in range(len(chunk)) if at not in fresh]
        clean = [_clean(chunk[at]) for at in sorted(fresh)]
        openings = draw_numbers(actor=actor, openings=[_opening(actor, draft, charters) for draft in clean])
        created += _import(actor=actor, drafts=clean, openings=openings)
    return Imported(created, already)


def _fresh(chunk: Sequence[OldTicket]) -> set[int]:
    """Which of these are not there yet, and not named twice in the chunk."""
    numbers = [draft.number for draft in chunk]
    sources = {draft.source for draft in chunk}
    known = set(
        Ticket.objects.filter(external_source__in=sources, external_no__in=numbers).values_list(
            "external_source", "external_no"
        )
    )
    fresh: set[int] = set()
    for at, draft in enumerate(chunk):
        if (draft.source, draft.number) not in known:
            known.add((draft.source, draft.number))
            fresh.add(at)
    return fresh


@action
def _import(*, actor: Actor, drafts: Sequence[OldTicket], openings: Sequence[Opening]) -> list[Ticket]:
    """One step of the import."""
    if not drafts:
        return []
    matters = open_matters(actor=actor, openings=openings)
    tickets = insert_rows([_ticket(actor, draft, matter) for draft, matter in zip(drafts, matters, strict=True)])
    detail = {"source": drafts[0].source, "count": len(drafts)}
    record_act(actor=actor, verb="tickets.imported", detail=detail)
    return tickets


def _clean(draft: OldTicket) -> OldTicket:
    """The draft without numbers of persons in its words."""
    words, title = (redacted(clean_words(typed)) for typed in (draft.words, draft.title))
    return replace(draft, words=words[:LONGEST], title=title[:120])


def _opening(actor: Actor, draft: OldTicket, charters: dict[int | None, Charter]) -> Opening:
    """A closed matter. A source that does not say when it was closed closes with the import: time to be kept."""
    verdict = draft.on_time if draft.on_time in VERDICTS else "unknown"
    community_id = draft.place.community_id if draft.place else None
    if community_id not in charters:
        charters[community_id] = charter_of(community_id)
    return Opening(
        kind="ticket",
        title=draft.title,
        subject=draft.place.label[:80] if draft.place else "",
        place=draft.place,
        audience=Audience.PARTIES,
        category_code=draft.category_code,
        class_code=draft.class_code,
        charter=charters[community_id],
        words=draft.words,
        holder_body_id=draft.body.pk if draft.body else None,
        state=CLOSED,
        opened_at=draft.opened_at,
        closed_at=draft.closed_at or actor.now,
        due_at=draft.due_at,
        verb="imported",
        figures={"source": draft.source, **draft.figures},
        fields={"on_time": verdict, "solved": draft.solved, "stars": draft.stars},
    )


def _ticket(actor: Actor, draft: OldTicket, matter: Matter) -> Ticket:
    return Ticket(
        matter=matter,
        words=draft.words,
        source=draft.channel,
        external_source=draft.source,
        external_no=draft.number,
        category_given=draft.category_given[:120],
        wants_reply=False,
        contact_blanked_at=actor.now,
    )
