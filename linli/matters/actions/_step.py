"""Carrying out a step: the columns by compare-and-set, then the story. Used by the acts that move a matter."""

from __future__ import annotations

import copy
from typing import Any

from linli.core.actor import Actor
from linli.core.errors import LostRace
from linli.core.flow import Phase, State
from linli.core.turn import update_row
from linli.matters.actions._columns import Office, alarm_columns, clock_columns, free_columns
from linli.matters.actions._story import entry_of, write
from linli.matters.actions.drafts import KEEP, Change
from linli.matters.models import Entry, Matter
from linli.matters.states import KINDS, Audience


def carry_out(actor: Actor, matter: Matter, move: str, step: State, change: Change, **more: Any) -> Entry:
    """Set the columns by compare-and-set and write the story."""
    source = matter.state
    office = Office(matter, change.charter)
    columns = state_columns(actor, matter, step)
    columns |= clock_columns(actor, matter, change, office, is_new_step=step.name != source)
    columns |= holder_columns(change) | free_columns(change.fields) | more
    swap(matter, columns, office)
    flow = KINDS.get(matter.kind).flow
    entry = entry_of(
        actor,
        matter,
        change.verb or f"{matter.kind}.{step.name.lower()}",
        audience=change.audience,
        figures=change.figures,
        files=change.files,
        step=(source, step.name, flow.moves[move]),
    )
    return write(actor, matter, entry, change.note, Audience.PUBLIC if change.is_note_public else change.note_audience)


def state_columns(actor: Actor, matter: Matter, step: State) -> dict[str, Any]:
    """State and phase, and when the way ended; a matter that is taken up again has not ended."""
    columns: dict[str, Any] = {"state": step.name, "phase": step.phase}
    if step.phase == Phase.DONE and not matter.is_done:
        columns["closed_at"] = actor.now
    elif step.phase != Phase.DONE and matter.is_done:
        columns["closed_at"] = None
    return columns


def holder_columns(change: Change) -> dict[str, Any]:
    """Who holds the matter now: a body, a person (or their keys), or nobody."""
    given = {"holder_body_id": change.holder_body, "holder_person_id": change.holder_person}
    return {name: getattr(value, "pk", value) for name, value in given.items() if value is not KEEP}


def swap(matter: Matter, columns: dict[str, Any], office: Office) -> None:
    """Compare and set: one UPDATE that finds the matter as it was read, or `LostRace`. Alarms follow the clocks."""
    after = copy.copy(matter)
    plain = {name: value for name, value in columns.items() if not hasattr(value, "resolve_expression")}
    for name, value in plain.items():
        setattr(after, name, value)
    columns = columns | alarm_columns(after, office) | {"version": matter.version + 1}
    if not update_row(matter, columns, state=matter.state, version=matter.version):
        raise LostRace
