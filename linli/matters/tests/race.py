"""Run by `test_race` in a database of its own: real processes that reach for the same rows at the same instant.

``python -m linli.matters.tests.race`` prepares the rows, starts the processes and prints what came of it as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from linli.core.errors import LostRace  # noqa: E402
from linli.matters.actions import Opening, move_matter, open_matters  # noqa: E402
from linli.matters.clock import tick_matters  # noqa: E402
from linli.matters.models import Entry, Matter  # noqa: E402
from linli.matters.states import KINDS  # noqa: E402
from linli.matters.tests import conftest  # noqa: E402

COUNT = 60
PROCESSES = 4


def prepare() -> None:
    """A town, and matters whose step ends within the hour."""
    call_command("migrate", verbosity=0)
    district = conftest.add_place("district", "540102", "城关区")
    street = conftest.add_place("street", "540102006", "纳金街道", district)
    here = conftest.add_place("community", "540102006001", "雪莲社区", street)
    openings = [
        Opening("lamp", f"灯 {no}", here, step_due_at=conftest.later(clock(), hours=1).now) for no in range(COUNT)
    ]
    open_matters(actor=clock(), openings=openings)
    connection.close()


def clock():
    """The clock at the tests' Monday morning."""
    return conftest.system(conftest.MORNING)


def work(start, results) -> None:
    """One process: accept what it can, open some, then tick."""
    django.setup()
    KINDS.declare(conftest.LAMP)
    matters = list(Matter.objects.order_by("id"))
    start.wait()
    won = lost = 0
    for matter in matters[: COUNT // 2]:
        try:
            move_matter(actor=clock(), matter=matter, move="accept")
            won += 1
        except LostRace:
            lost += 1
    start.wait()
    place = matters[0].place
    opened = [open_matters(actor=clock(), openings=[Opening("lamp", "新的", place)])[0].number for _ in range(10)]
    tick_matters(conftest.later(clock(), hours=2).now)
    results.put({"won": won, "lost": lost, "opened": opened})


def main() -> None:
    """Prepare, race, report."""
    KINDS.declare(conftest.LAMP)
    prepare()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    start = context.Barrier(PROCESSES)
    processes = [context.Process(target=work, args=(start, results)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    reports = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    report = {
        "won": sum(part["won"] for part in reports),
        "lost": sum(part["lost"] for part in reports),
        "numbers": len({number for part in reports for number in part["opened"]}),
        "accepted": Entry.objects.filter(verb="lamp.accepted").count(),
        "reminded": Entry.objects.filter(verb="matter.reminded").count(),
        "told": Matter.objects.filter(is_step_told=True).count(),
        "waiting": Matter.objects.filter(next_alarm_at__isnull=False).count(),
    }
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
