"""``linli demo``: plants the invented community, with three months of history made by ordinary actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from linli.access.actions import mark_demo
from linli.access.queries import is_demo
from linli.core.times import now
from linli.core.turn import turn
from linli.demo.stories.plant import plant, planter
from linli.demo.stories.tell import DAYS, tell
from linli.indicators.actions import refresh_figures
from linli.places.models import Place


class Command(BaseCommand):
    """Plant the demo."""

    help = "Plant the demo community 雪莲苑 in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is something already")

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if Place.objects.exists():
            if if_empty:
                return
            raise CommandError("There is something in this database already. The demo wants an empty one.")
        self.stdout.write("种下示范小区 / planting the demo community ...", ending="\n")
        moment = now()
        with turn(), transaction.atomic():
            mark_demo(actor=planter(moment))
            tell(plant(moment - timedelta(days=DAYS + 1)), moment)
        refresh_figures(actor=planter(moment))
        if not is_demo():
            raise CommandError("The demo could not be marked as one.")
