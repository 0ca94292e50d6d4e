"""Is this installation well? One answer for the watchman's probe and for `linli doctor`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from linli.config.machine.standing import installation_mark
from linli.config.queries import backup_is_late, last_tick
from linli.notices.queries import outbox_age

TICK_LATE = timedelta(minutes=5)
OUTBOX_LATE = timedelta(minutes=30)
_migrated = False


@dataclass(frozen=True, slots=True)
class Health:
    """What the probe sees. ``faults`` says what is wrong, in words for the operator; empty is well."""

    database: str = "away"
    migrations: str = "unknown"
    tick_age_seconds: int | None = None
    outbox_age_seconds: int | None = None
    faults: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "ok": not self.faults,
            "database": self.database,
            "migrations": self.migrations,
            "tick_age_seconds": self.tick_age_seconds,
            "outbox_age_seconds": self.outbox_age_seconds,
            "installation": installation_mark(),
            "faults": self.faults,
        }


def pending_migrations() -> list[str]:
    """Migrations of this version that the database has not seen. Once none are left, it is not asked again."""
    global _migrated  # noqa: PLW0603 - a schema does not go back while a server runs
    if _migrated:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def health_of(at: datetime) -> Health:
    """The state of this installation at ``at``."""
    try:
        pending = pending_migrations()
        if pending:
            return Health("ok", "pending", faults=[f"run `linli migrate`: {', '.join(pending)}"])
        mark, outbox = last_tick(), outbox_age(at)
    except DatabaseError as error:
        connection.close()
        return Health(faults=[f"the database does not answer: {type(error).__name__}"])
    faults = []
    tick_age = max(at - mark.ticked_at, timedelta(0)) if mark else None
    if tick_age is None or tick_age > TICK_LATE:
        faults.append("no tick for five minutes: is `linli serve` or `linli tick` running?")
    if mark and mark.faults:
        faults.append(f"these clocks fail, see the log: {', '.join(sorted(mark.faults))}")
    if outbox is not None and outbox > OUTBOX_LATE.total_seconds():
        faults.append("messages wait in the outbox for half an hour: see /inbox/undelivered/ and the log")
    if settings.LINLI_BACKUP_TO and backup_is_late(at):
        faults.append("no good backup in the second place for two days: see /machine/ and the log")
    seconds = int(tick_age.total_seconds()) if tick_age is not None else None
    return Health("ok", "ok", seconds, int(outbox) if outbox is not None else None, faults)
