"""``linli docs``: write the reference pages from the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from linli.config.reference import ROOT, pages


class Command(BaseCommand):
    """Write the reference."""

    help = "Write docs/map.md and docs/reference/ from the code (developers)."

    def handle(self, *args: Any, **options: Any) -> None:
        for page, words in pages().items():
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(words, encoding="utf-8")
            self.stdout.write(str(page.relative_to(ROOT)))
