"""``linli messages``: bring the catalogues to the words of the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.messages import HEADS, renew


class Command(BaseCommand):
    """Renew catalogues."""

    help = "Bring the message catalogues to the words of the code and say what lacks a translation (developers)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("modules", nargs="*", help="module names; none means all")

    def handle(self, *args: Any, modules: list[str], **options: Any) -> None:
        ours = {app.label: Path(app.path) for app in apps.get_app_configs() if app.name.startswith("linli.")}
        unknown = set(modules) - ours.keys()
        if unknown:
            raise CommandError(f"no module {', '.join(sorted(unknown))}")
        for name in modules or ours:
            for language in HEADS:
                words, lacking = renew(ours[name], language)
                if words:
                    self.stdout.write(f"{name} {language}: {words} words, {lacking} without translation")
