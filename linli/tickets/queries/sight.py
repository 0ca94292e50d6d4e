"""What the spine asks of reports: who else may see one, and how a line of its story reads."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from linli.core.actor import Actor
from linli.matters.models import Entry, Matter
from linli.matters.queries.sight import bodies_of
from linli.tickets.models import Assignment, Merge
from linli.tickets.states import FLOW, VERBS


def may(actor: Actor, act: str, thing: Any) -> bool:
    """Everybody may report; a helping body sees what it helps with; who joined another's report may rate it.

    All other acts need a grant, a hold or a receipt.
    """
    if act == "open":
        return True
    if act == "move":
        return _has_voice(actor, thing)
    bodies = bodies_of(actor)
    return act == "see" and bool(bodies) and _helping(bodies).filter(ticket_id=thing.pk).exists()


def seen_by(actor: Actor) -> Q:
    """What the actor's bodies help with."""
    bodies = bodies_of(actor)
    return Q(pk__in=_helping(bodies).values("ticket_id")) if bodies else Q(pk__in=())


def _has_voice(actor: Actor, matter: Matter) -> bool:
    """Whether a report of the actor's was merged into this one."""
    mine = Q(child__matter__uid__in=actor.receipts) if actor.receipts else Q(pk__in=())
    if actor.person_id is not None:
        mine |= Q(child__reporter_id=actor.person_id)
    return Merge.objects.filter(mine, master_id=matter.pk, ended_at=None).exists()


def _helping(bodies: frozenset[int]) -> Any:
    return Assignment.objects.filter(body_id__in=bodies, is_helper=True, ended_at=None)


def say(entry: Entry) -> str:
    """The sentence of a line in the story, for the reader's side of the counter."""
    if entry.verb in VERBS:
        return str(VERBS[entry.verb])
    move = FLOW.moves.get(entry.move)
    return str(move.words) if move else ""
