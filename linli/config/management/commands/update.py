"""``linli update``: bring the data to this version of the code, or leave them as they were."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linli.config.backups.archive import write_backup
from linli.config.backups.engines import BackupError
from linli.config.machine.standing import answers
from linli.core.times import local, now

STEPS = (("migrate", "--verbosity", "0"), ("prepare",), ("audit", "verify"), ("doctor",))


class Command(BaseCommand):
    """Update."""

    help = "Back up, migrate and check after new code has come; where a step fails, put everything back as it was."
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        if not answers(f"http://127.0.0.1:{settings.PORT}"):
            raise CommandError("请先停下 linli serve，再更新。/ Stop `linli serve` first.")
        at = now()
        archive = Path(f"{settings.LINLI_DATA}.before-update-{local(at):%Y%m%d-%H%M%S}.tar.gz")
        try:
            write_backup(archive, at)
        except BackupError as error:
            raise CommandError(f"没有更新：{error} / Nothing was changed.") from None
        self.stdout.write(str(archive))
        for step in STEPS:
            if not self._run(*step):
                self._go_back(archive, step[0])
        self.stdout.write("更新好了。/ Updated. Start `linli serve` again.")

    def _go_back(self, archive: Path, step: str) -> None:
        if not self._run("restore", str(archive), "--over"):
            raise CommandError(f"{step} 没有成，也没能还原。备份在 {archive} / failed, and so did going back.")
        raise CommandError(
            f"{step} 没有成，资料已经还原成更新以前的样子。请换回原来的程序再启动，备份留在 {archive}。\n"
            f"{step} failed; the data are as they were. Go back to the former code (git checkout) and start again."
        )

    def _run(self, *words: str) -> bool:
        """Each step in a process of its own, as an operator would: it sees the schema that the last one left."""
        command = [sys.executable, "-m", "linli.config.command", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        if done.returncode:
            self.stderr.write(done.stderr.strip()[-1500:] or done.stdout.strip()[-1500:])
        return not done.returncode
