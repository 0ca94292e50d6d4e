"""``linli move``: from the machine's own file to PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.machine.founding import FoundingError, run_linli
from linli.config.machine.moving import MovingError, move_to
from linli.config.machine.standing import answers


class Command(BaseCommand):
    """Move."""

    help = "Copy this SQLite installation into an empty PostgreSQL database and compare; the file stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, metavar="URL", help="postgresql://user:password@host:port/name")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        if not answers(f"http://127.0.0.1:{settings.PORT}"):
            raise CommandError("请先停下 linli serve，再搬。/ Stop `linli serve` first.")
        env = {"LINLI_DATABASE_URL": to, "LINLI_KEY_FILE": str(settings.LINLI_KEY_FILE)}
        try:
            moved = move_to(to)
            seals = run_linli(Path(settings.LINLI_DATA), "audit", "verify", **env).splitlines()[0]
        except MovingError as error:
            raise CommandError(str(error)) from None
        except FoundingError as error:
            raise CommandError(f"审计链没有通过 / The audit does not hold there: {error.words}") from None
        self.stdout.write(
            f"rows: {sum(moved.tables.values())}; audit head: {moved.audit_head}: the same\n{seals}: sound"
        )
        self.stdout.write(
            "搬好了。今后用 LINLI_DATABASE_URL 启动；资料夹里的文件和钥匙照旧用。\n"
            "Moved. From now on start with LINLI_DATABASE_URL; files and keys stay where they are."
        )
