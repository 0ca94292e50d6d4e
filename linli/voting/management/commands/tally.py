"""``linli tally``: what an owners' vote came to, from a file alone."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from linli.voting.exports import HELP, add_words, print_tally


class Command(BaseCommand):
    """Count a tally file. The `linli` command comes here without loading Django; this is for its help page."""

    help = HELP
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_words(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(print_tally(**{name: options[name] for name in ("files", "motion", "option", "json")}))
