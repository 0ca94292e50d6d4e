"""Passing days in the demo, and planting it anew."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from linli.access.actions import skip_demo_days
from linli.access.queries import demo_mark
from linli.core.actor import Actor
from linli.core.times import Clock, now
from linli.core.turn import takes_turns, turn
from linli.demo.stories.tell import ring_the_clocks

OLD = timedelta(days=7)
"""A demo older than this offers a fresh start."""


def pass_days(actor: Actor, days: int) -> None:
    """Set the clock ahead day by day; on each of them what has become due is done."""
    for _day in range(days):
        mark = skip_demo_days(actor=actor, days=1)
        Clock.ahead = timedelta(days=mark.ahead_days)
        ring_the_clocks(now())


def days_ahead() -> int:
    """By how many days the demo's clock was set ahead."""
    return Clock.ahead.days


def is_old() -> bool:
    """Whether the invented past lies so far back that the demo should begin anew; its file is replaced whole."""
    mark = demo_mark()
    return mark is not None and takes_turns() and now() - mark.made_at > OLD


def begin_afresh() -> None:
    """Plant the demo in a new file, then put that in the place of the one in use, in one piece."""
    with TemporaryDirectory(dir=settings.LINLI_DATA) as folder:
        _plant_in(Path(folder))
        with turn(), closing(sqlite3.connect(Path(folder) / "linli.sqlite3")) as planted:
            connection.ensure_connection()
            planted.backup(connection.connection)
    Clock.ahead = timedelta()


def _plant_in(folder: Path) -> None:
    """Another process, with our keys, so that what is encrypted there can be read here."""
    env = {**os.environ, "LINLI_DATA": str(folder), "LINLI_KEY_FILE": str(settings.LINLI_KEY_FILE)}
    for words in (("migrate", "-v0"), ("demo",)):
        subprocess.run([sys.executable, "-m", "linli.config.command", *words], env=env, check=True)  # noqa: S603
