"""Where a report stands, as a record that may travel with the page for half a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from linli.matters.models import Entry
from linli.tickets.models import Ticket

OF_MATTER = (
    "state", "holder_body_id", "holder_person_id", "due_at", "step_due_at", "class_code", "is_for_table", "table_on",
    "on_time",
)  # fmt: skip
OF_TICKET = (
    "size", "size_reasons", "is_size_overridden", "level", "state_before", "desk_body_id", "accepted_at",
    "dispatched_at", "due_from_at", "taken_at", "finished_at", "handler_id", "is_named",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns that a step of the desk may change, and when that step was taken."""

    at: datetime
    matter: Mapping[str, Any]
    ticket: Mapping[str, Any]

    def told(self) -> dict[str, Any]:
        """The same in plain words, to be signed."""
        return {"at": self.at.isoformat(), "matter": _plain(self.matter), "ticket": _plain(self.ticket)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Standing:
        """What `told` gave."""
        return cls(datetime.fromisoformat(told["at"]), _read(told["matter"]), _read(told["ticket"]))


def standing_of(ticket: Ticket, at: datetime) -> Standing:
    """Where a report stands before a step that is taken ``at``."""
    matter = {name: getattr(ticket.matter, name) for name in OF_MATTER}
    return Standing(at, matter, {name: getattr(ticket, name) for name in OF_TICKET})


def last_entry(ticket: Ticket) -> Entry | None:
    """The last line of a report's story."""
    return Entry.objects.filter(matter=ticket.matter).order_by("-id").first()


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}


def _read(columns: Mapping[str, Any]) -> dict[str, Any]:
    def read(name: str, value: Any) -> Any:
        if name.endswith("_at") and value:
            return datetime.fromisoformat(value)
        return date.fromisoformat(value) if name.endswith("_on") and value else value

    return {name: read(name, value) for name, value in columns.items()}
