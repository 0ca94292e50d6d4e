"""``linli new``: a separate, empty installation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.machine.founding import OWN, FoundingError, found


class Command(BaseCommand):
    """Make an installation."""

    help = "Make a separate, empty installation with its own data folder and key; a demo stays what it is."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", default=Path(settings.LINLI_DATA).with_name(OWN),
            help="its data folder; 'office' beside this one where it is left out",
        )  # fmt: skip

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            founded = found(folder.resolve())
        except FoundingError as error:
            raise CommandError(str(error.words)) from None
        self.stdout.write(
            f"资料夹 data:  {founded.data}\n"
            f"钥匙 key:     {founded.data}.keys.json\n"
            f"开张码 code:  {founded.code}\n"
            f"启动 serve:   LINLI_DATA={founded.data} linli serve    /begin/\n"
            f"钥匙印成两半 recovery sheet:  LINLI_DATA={founded.data} linli keys sheet FOLDER"
        )
