"""The tick: asks each module's ``clock.py`` what is due. May run many times side by side.

A module declares ``CLOCK: tuple[Callable[[datetime], int], ...]`` in ``linli/<module>/clock.py``: functions that are
told the time, take what is due by compare-and-set, and return how many things they did. They are called every few
seconds, so the question "is anything due?" must be one indexed query.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module

from django.apps import apps
from django.db import OperationalError, close_old_connections, connection
from django.utils.module_loading import module_has_submodule

from linli.config.actions import mark_tick
from linli.config.machine.nightly import CHORES
from linli.config.navigation import Installation
from linli.config.queries import last_tick
from linli.core.actor import system
from linli.core.times import now
from linli.core.turn import takes_turns

log = logging.getLogger(__name__)

EVERY_SECONDS = 5
MARK_EVERY = timedelta(seconds=30)
"""The mark is written at most this often, so that an idle machine's disk may rest."""


def clocks() -> Iterator[tuple[str, Callable[[datetime], int]]]:
    """Every clock function with its name, lowest floor first; the machine's own chores last."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli.") and app.label != "config" and module_has_submodule(app.module, "clock"):
            for function in import_module(f"{app.name}.clock").CLOCK:
                yield f"{app.label}.{function.__name__}", function
    yield from CHORES


def tick_once(at: datetime) -> tuple[dict[str, int], dict[str, str]]:
    """One round: what each clock did, and the words of those that failed. A bad clock does not stop the others."""
    done: dict[str, int] = {}
    faults: dict[str, str] = {}
    for name, function in clocks():
        try:
            done[name] = function(at)
        except OperationalError as error:
            log.warning("clock %s: the database does not serve: %s", name, str(error).splitlines()[0])
            faults[name] = type(error).__name__
            connection.close_if_unusable_or_obsolete()
        except Exception as error:
            log.exception("clock %s failed; the next round tries again", name)
            faults[name] = f"{type(error).__name__}: {error}"
    spare_writers()
    mark = last_tick()
    if mark is None or mark.faults != faults or mark.ticked_at <= at - MARK_EVERY:
        mark_tick(actor=system(at), faults=faults)
    return done, faults


def spare_writers() -> None:
    """Carry what was written lately into the database's own file (SQLite), or one report in fifty would have to."""
    if takes_turns() and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def tick_until(stop: threading.Event) -> None:
    """Go round until told to stop. A database that is away is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            Installation.read()
            tick_once(now())
        except OperationalError as error:
            log.warning("the tick waits for the database: %s", str(error).splitlines()[0])
        except Exception:
            log.exception("the tick could not finish its round; it tries again")
        stop.wait(EVERY_SECONDS)
    connection.close()
