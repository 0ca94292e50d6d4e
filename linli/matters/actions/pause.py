"""Pausing and taking up again: the due columns are emptied and what was left of them is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.charters.rules import working_minutes_between
from linli.core.actor import Actor
from linli.core.errors import NotAllowed, WrongState
from linli.core.flow import action
from linli.matters.actions._columns import Office
from linli.matters.actions._step import carry_out
from linli.matters.actions.drafts import Change
from linli.matters.models import Entry, Matter
from linli.matters.permissions import may_move
from linli.matters.rules.clocks import Left, due_after, left_of, minutes_between
from linli.matters.states import KINDS, Audience


@action
def pause_matter(
    *, actor: Actor, matter: Matter, reason: str, until: datetime | None, note: str = "", move: str = "pause"
) -> Entry:
    """Pause a matter for a named reason: both clocks stop and keep their remaining working minutes (SRQ-040, 041).

    Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    if not may_move(actor, matter):
        raise NotAllowed
    step = KINDS.get(matter.kind).flow.step(matter.state, move)
    if matter.paused_at or (until is not None and until <= actor.now):
        raise WrongState
    charter = Office(matter).charter
    of_step, of_case = (left_of(due, actor.now, charter) for due in (matter.step_due_at, matter.due_at))
    kept: dict[str, Any] = {
        "paused_at": actor.now,
        "paused_until": until,
        "paused_reason": reason,
        "paused_state": matter.state,
        "step_left_minutes": of_step.minutes if of_step else None,
        "step_minutes": matter.step_minutes,
        "is_step_by_day": bool(of_step and of_step.is_by_day),
        "case_left_minutes": of_case.minutes if of_case else None,
        "is_case_by_day": bool(of_case and of_case.is_by_day),
    }
    figures = {"reason": reason} | ({"until": until.isoformat()} if until else {})
    change = Change(
        note=note, note_audience=Audience.PARTIES, step_due_at=None, due_at=None, figures=figures, charter=charter
    )
    return carry_out(actor, matter, move, step, change, **kept)


@action
def resume_matter(*, actor: Actor, matter: Matter, note: str = "", move: str = "resume") -> Entry:
    """Take a paused matter up again where it was: the clocks get back what they had left (R04).

    Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    if not may_move(actor, matter):
        raise NotAllowed
    if matter.paused_at is None:
        raise WrongState
    step = KINDS.get(matter.kind).flow.step(matter.state, move, matter.paused_state)
    charter = Office(matter).charter
    of_step, of_case = (
        Left(minutes, is_by_day=is_by_day) if minutes is not None else None
        for minutes, is_by_day in (
            (matter.step_left_minutes, matter.is_step_by_day),
            (matter.case_left_minutes, matter.is_case_by_day),
        )
    )
    worked = working_minutes_between(matter.paused_at, actor.now, charter.hours, charter.calendar)
    spent = minutes_between(matter.paused_at, actor.now)
    running = {
        "paused_at": None,
        "paused_until": None,
        "paused_reason": "",
        "paused_state": "",
        "step_left_minutes": None,
        "case_left_minutes": None,
        "paused_minutes": matter.paused_minutes + spent,
        "paused_working_minutes": matter.paused_working_minutes + worked,
    }
    change = Change(
        note=note,
        note_audience=Audience.PARTIES,
        target=matter.paused_state,
        step_due_at=due_after(of_step, actor.now, charter),
        due_at=due_after(of_case, actor.now, charter),
        is_step_working=matter.step_minutes is not None,
        charter=charter,
        figures={"reason": matter.paused_reason, "minutes": spent},
    )
    return carry_out(actor, matter, move, step, change, **running)
