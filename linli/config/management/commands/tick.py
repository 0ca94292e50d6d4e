"""``linli tick``: do what has become due."""

from __future__ import annotations

import json
import signal
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.clock import tick_once, tick_until
from linli.config.health import pending_migrations
from linli.config.navigation import Installation
from linli.core.times import now


class Command(BaseCommand):
    """Ask every module's clock what is due, again and again."""

    help = "Do what has become due: reminders, deliveries, imports, seals. Runs until stopped; many may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then print what was done as JSON")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if pending_migrations():
            raise CommandError("数据库还没有准备好，请先运行 linli migrate。/ Run `linli migrate` first.")
        if once:
            Installation.read()
            done, faults = tick_once(now())
            self.stdout.write(json.dumps({"done": done, "faults": faults}, ensure_ascii=False))
            if faults:
                sys.exit(1)
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        tick_until(stop)
