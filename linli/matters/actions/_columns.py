"""Which columns a move may set, and how both clocks follow. Used by the other acts; not an act itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from linli.charters.queries import charter_of, charter_version
from linli.charters.rules import Charter, working_minutes_between
from linli.core.actor import LEVELS, Actor
from linli.core.flow import Phase
from linli.matters.actions.drafts import KEEP, Change, Keep
from linli.matters.models import Matter
from linli.matters.rules import clocks
from linli.matters.states import KINDS
from linli.places.models import Place

WORKING = frozenset({"working_hours", "working_days"})
FREE = frozenset(
    {
        "title", "subject", "audience", "category_code", "class_code", "charter_version_id", "contacted_at", "solved",
        "stars", "on_time", "voices", "is_for_table", "table_on",
    }
)  # fmt: skip
"""Columns that a capability may set through ``fields``, besides ``place``. State, holder and clocks have their own."""


class Office:
    """The charter a matter began with, read only if a clock asks for it."""

    def __init__(self, matter: Matter, charter: Charter | None = None) -> None:
        self._matter = matter
        self._charter = charter

    @property
    def charter(self) -> Charter:
        """The charter, over the calendar of the matter's community as it stands today."""
        if self._charter is None:
            matter = self._matter
            if matter.charter_version_id:
                self._charter = charter_version(matter.charter_version_id, matter.community_id)
            else:
                self._charter = charter_of(matter.community_id)
        return self._charter

    def minutes(self, start: datetime, due: datetime) -> int:
        """The office's working minutes from ``start`` to ``due``."""
        return max(0, working_minutes_between(start, due, self.charter.hours, self.charter.calendar))

    def counts_case(self, class_code: str) -> bool:
        """Whether the case clock of that class runs in working time."""
        found = self.charter.classes.get(class_code)
        return bool(found and found.finish and found.finish.unit in WORKING)


def place_columns(place: Place | None) -> dict[str, Any]:
    """The place and the plain columns of its ancestors."""
    return {"place_id": place.pk if place else None} | {
        f"{level}_id": getattr(place, f"{level}_id", None) for level in LEVELS
    }


def free_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What ``fields`` sets. Raises `ValueError` for a column that is not the capability's to set."""
    unknown = fields.keys() - FREE - {"place"}
    if unknown:
        raise ValueError(f"not to be set through fields: {sorted(unknown)}")
    columns = {name: value for name, value in fields.items() if name != "place"}
    return columns | (place_columns(fields["place"]) if "place" in fields else {})


def clocks_of(matter: Matter) -> clocks.Clocks:
    """What the alarms of ``matter`` depend on, as it stands in memory."""
    return clocks.Clocks(
        phase=matter.phase,
        is_resting=KINDS.get(matter.kind).is_resting(matter.state),
        step_due_at=matter.step_due_at,
        is_step_told=matter.is_step_told,
        due_from_at=matter.due_from_at,
        due_at=matter.due_at,
        alarm_no=matter.alarm_no,
        paused_until=matter.paused_until,
    )


def alarm_columns(matter: Matter, office: Office) -> dict[str, Any]:
    """``urgent_at`` and ``next_alarm_at`` of ``matter`` as it stands in memory."""
    kind = KINDS.get(matter.kind)
    state = clocks_of(matter)
    case_due = None if state.is_resting else matter.due_at
    is_idle = matter.phase == Phase.DONE or not (matter.step_due_at or case_due or matter.paused_until)
    if is_idle:
        next_alarm_at = None
    elif case_due is None:
        next_alarm_at = clocks.next_alarm(replace(state, due_at=None), kind.reminders, None)
    else:
        next_alarm_at = clocks.next_alarm(state, kind.reminders, office.charter)
    return {"urgent_at": clocks.urgent_at(matter.step_due_at, case_due), "next_alarm_at": next_alarm_at}


def clock_columns(actor: Actor, matter: Matter, change: Change, office: Office, *, is_new_step: bool) -> dict[str, Any]:
    """The clocks' columns after a move, without the alarms."""
    columns: dict[str, Any] = {}
    if is_new_step or change.step_due_at is not KEEP:
        due = None if isinstance(change.step_due_at, Keep) else change.step_due_at
        columns |= {"step_due_at": due, "step_from_at": actor.now, "is_step_told": False}
        columns["step_minutes"] = office.minutes(actor.now, due) if due and change.is_step_working else None
    if not isinstance(change.due_at, Keep) and change.due_at != matter.due_at:
        columns["due_at"] = change.due_at
        if change.due_at is not None:
            class_code = change.fields.get("class_code", matter.class_code)
            columns |= case_columns(actor, matter, change.due_at, office, class_code)
    return columns


def case_columns(actor: Actor, matter: Matter, due: datetime, office: Office, class_code: str) -> dict[str, Any]:
    """What a new end of the case clock brings with it."""
    columns: dict[str, Any] = {"due_set_at": actor.now, "due_from_at": matter.due_from_at or actor.now}
    columns["case_minutes"] = office.minutes(actor.now, due) if office.counts_case(class_code) else None
    if matter.alarm_no:
        reminders = KINDS.get(matter.kind).reminders
        columns["alarm_no"] = clocks.alarm_no_after(clocks_of(matter), due, reminders, office.charter, actor.now)
    return columns
