"""Counting clocks anew where the calendar has changed (HOUSE 5)."""

from __future__ import annotations

from typing import Any

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.matters.actions._columns import Office
from linli.matters.actions._step import swap
from linli.matters.actions._story import entry_of, write
from linli.matters.models import Matter, Recount
from linli.matters.permissions import may_sound
from linli.matters.rules.clocks import recounted
from linli.matters.states import KINDS, Audience, Level


@action
def recount_clocks(*, actor: Actor, matter: Matter) -> bool:
    """Count a matter's working-time clocks anew under the calendar as it stands; tells whether an end moved.

    Doing it twice is doing it once. The story tells it, and the capability hears `Level.RECOUNTED`. Raises
    `NotAllowed`, `LostRace`.
    """
    if not may_sound(actor):
        raise NotAllowed
    office = Office(matter)
    columns: dict[str, Any] = {}
    if matter.step_due_at and matter.step_from_at and matter.step_minutes is not None:
        columns["step_due_at"] = recounted(
            matter.step_due_at, matter.step_from_at, matter.step_minutes, actor.now, office.charter
        )
    if matter.due_at and matter.due_set_at and matter.case_minutes is not None:
        columns["due_at"] = recounted(matter.due_at, matter.due_set_at, matter.case_minutes, actor.now, office.charter)
    before = {name: getattr(matter, name) for name in columns}
    columns = {name: value for name, value in columns.items() if value != before[name]}
    if not columns:
        return False
    figures = {name: [before[name].isoformat(), value.isoformat()] for name, value in columns.items()}
    swap(matter, columns, office)
    entry = entry_of(actor, matter, "matter.recounted", audience=Audience.PUBLIC, figures=figures)
    write(actor, matter, entry, "", "")
    on_alarm = KINDS.get(matter.kind).on_alarm
    if on_alarm:
        on_alarm(matter, Level.RECOUNTED, actor)
    return True


@action
def mark_recount(*, actor: Actor, change_id: int, matter_id: int) -> None:
    """Note how far the clocks have been counted anew.

    Raises `NotAllowed`.
    """
    if not may_sound(actor):
        raise NotAllowed
    Recount.objects.update_or_create(pk=1, defaults={"change_id": change_id, "matter_id": matter_id})
