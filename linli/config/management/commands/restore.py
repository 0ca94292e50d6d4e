"""``linli restore``: put a backup into an empty installation, and prove that it is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.backups.archive import read_backup
from linli.config.backups.engines import BackupError


class Command(BaseCommand):
    """Put a backup back."""

    help = "Put a backup into an empty installation (stop `linli serve` first) and compare rows, files and audit head."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="an archive made by `linli backup`")
        parser.add_argument("--keys", type=Path, metavar="FILE", help="the key file that belongs to it")
        parser.add_argument("--over", action="store_true", help="put it in the place of what stands here")
        parser.add_argument("--without-keys", action="store_true", help="go on though contact data will be unreadable")

    def handle(self, *args: Any, source: Path, keys: Path | None, **options: Any) -> None:
        try:
            manifest = read_backup(source, keys=keys, without_keys=options["without_keys"], is_over=options["over"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        rows = sum(manifest["tables"].values())
        self.stdout.write(f"rows: {rows}; files: {manifest['files']}; audit head: {manifest['audit_head']}: the same")
        self.stdout.write("已还原。接着运行 linli migrate。/ Restored. Now run `linli migrate`.")
