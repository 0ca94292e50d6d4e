"""``linli bundle``: everything for a machine without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.machine.bundling import BundleError, write_bundle


class Command(BaseCommand):
    """Pack a bundle."""

    help = "Pack code, hashed wheels, words and assets into one file for a machine of this kind without a network."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the file goes, a USB stick for one")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有文件夹 {folder} / There is no such folder.")
        call_command("prepare", verbosity=0)
        try:
            target = write_bundle(folder.resolve())
        except BundleError as error:
            raise CommandError(f"没有打成包 / Not packed: {error}") from None
        self.stdout.write(
            f"{target}\n到那台电脑上 / over there: tar xf {target.name}; cd {target.stem}; python3 run.py office"
        )
