"""``linli backup``: a whole copy of a living installation."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from linli.config.actions import note_upkeep
from linli.config.backups.archive import write_backup, write_keys
from linli.config.backups.engines import BackupError
from linli.config.machine.nightly import archive_name, said_of
from linli.core.actor import at_machine
from linli.core.times import now


class Command(BaseCommand):
    """Copy database and files into one archive."""

    help = "Copy database and files into one archive while everything runs. The keys are not in it: see --with-keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="the archive to write, or the folder to write it into")
        parser.add_argument(
            "--with-keys", type=Path, metavar="FILE", help="write the keys to FILE, to be kept elsewhere"
        )

    def handle(self, *args: Any, target: Path, with_keys: Path | None, **options: Any) -> None:
        at = now()
        if target.is_dir():
            target = archive_name(target, at)
        if target.exists():
            raise CommandError(f"{target} 已经存在，换一个名字。/ exists; choose another name.")
        if not target.parent.is_dir():
            raise CommandError(f"没有文件夹 {target.parent} / There is no such folder.")
        try:
            manifest = write_backup(target, at)
            if with_keys:
                write_keys(with_keys, Path(settings.LINLI_KEY_FILE).read_text())
        except FileExistsError:
            raise CommandError(f"{with_keys} 已经存在，钥匙没有写。/ exists; the keys were not written.") from None
        except BackupError as error:
            raise CommandError(str(error)) from None
        with suppress(DatabaseError):
            note_upkeep(actor=at_machine(now()), kind="backup", words=said_of(manifest, target.parent))
        rows = sum(manifest["tables"].values())
        self.stdout.write(f"{target}\nrows: {rows}; files: {manifest['files']}; audit head: {manifest['audit_head']}")
        self.stdout.write(
            f"钥匙已写到 {with_keys},请与备份分开保存。/ Keep the keys apart from the backup."
            if with_keys
            else f"备份里没有钥匙。请另外保存 {settings.LINLI_KEY_FILE},没有它联系方式读不出来。"
            " / The keys are not in the backup: keep that file too, elsewhere."
        )
