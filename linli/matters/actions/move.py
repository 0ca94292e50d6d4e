"""The move: the state table, one compare-and-set, one line of the story."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.matters.actions._step import carry_out
from linli.matters.actions.drafts import Change
from linli.matters.models import Entry, Matter
from linli.matters.permissions import may_move
from linli.matters.states import KINDS


@action
def move_matter(*, actor: Actor, matter: Matter, move: str, change: Change | None = None) -> Entry:
    """Move a matter one step along its kind's table, with holder, clocks and figures in the same update (SRQ-001).

    Raises `NotAllowed`, `WrongState` where the table has no such step, and `LostRace` where somebody was quicker.
    """
    change = change or Change()
    if not may_move(actor, matter):
        raise NotAllowed
    step = KINDS.get(matter.kind).flow.step(matter.state, move, change.target)
    return carry_out(actor, matter, move, step, change)
