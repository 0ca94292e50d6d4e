"""``linli drill``: try a backup before it is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.actions import note_upkeep
from linli.config.backups.drill import drill
from linli.config.backups.engines import BackupError
from linli.core.actor import at_machine
from linli.core.times import now


class Command(BaseCommand):
    """Drill a restore."""

    help = "Restore a backup into a scratch folder and compare rows, files and audit with what was saved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?", help="else the newest in LINLI_BACKUP_TO, or one made now")

    def handle(self, *args: Any, archive: Path | None, **options: Any) -> None:
        try:
            found = drill(archive, now())
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{found.archive}\n{found.same}\n{found.files} files under their own hash\n{found.seals}: sound"
        )
        note_upkeep(actor=at_machine(now()), kind="drill", words=f"{Path(found.archive).name}: {found.same}")
        self.stdout.write(
            "演练成了：还原出来的和备份时一样。/ The drill went well: what was restored is what was saved."
        )
