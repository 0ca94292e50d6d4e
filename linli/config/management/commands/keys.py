"""``linli keys``: the recovery sheet in two halves, and the key file from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.config.actions import note_upkeep
from linli.config.backups.archive import fingerprints, write_keys
from linli.config.backups.halves import Half, TypingError, halves_of, key_file_of, read_half
from linli.core.actor import at_machine
from linli.core.times import now, say_day
from linli.ui.prints import NoPrinter, pdf_of


class Command(BaseCommand):
    """Keep the keys on paper."""

    help = "Print the keys as a recovery sheet in two halves, or make the key file from both: linli keys sheet|join."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        sheet = acts.add_parser("sheet", help="write both halves, a file each, to be printed and then deleted")
        sheet.add_argument("folder", type=Path, help="where the two files go: a USB stick, not this machine's disk")
        join = acts.add_parser("join", help="make a key file from both halves as they were typed off the paper")
        join.add_argument("halves", type=Path, nargs=2, metavar="HALF", help="text file with one half")
        join.add_argument("--to", type=Path, required=True, metavar="FILE", help="the key file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "sheet":
            self._sheet(options["folder"])
        else:
            self._join(options["halves"], options["to"])

    def _sheet(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有文件夹 {folder} / There is no such folder.")
        halves = halves_of(Path(settings.LINLI_KEY_FILE).read_text())
        for half in halves:
            file = folder / f"linli-{half.sheet}-{half.number}.pdf"
            try:
                file.write_bytes(pdf_of("config/print_half.html", context_of(half)))
            except NoPrinter:
                file = file.with_suffix(".txt")
                file.write_text(half.text() + "\n")
            self.stdout.write(str(file))
        note_upkeep(actor=at_machine(now()), kind="sheet", words=halves[0].sheet)
        self.stdout.write(
            "分别打印，交给两个人放两个地方，然后删掉这两个文件。一半没有用，两半合起来就是钥匙。\n"
            "Print each, give them to two people in two places, then delete both files."
        )

    def _join(self, files: list[Path], target: Path) -> None:
        try:
            write_keys(target, key_file_of([read_half(file.read_text()) for file in files]))
        except TypingError as error:
            raise CommandError(str(error)) from None
        except FileExistsError:
            raise CommandError(f"{target} 已经存在，钥匙没有写。/ exists; the keys were not written.") from None
        self.stdout.write(f"{target}\nlinli restore ARCHIVE --keys {target}")


def context_of(half: Half) -> dict[str, Any]:
    """What stands on a half."""
    moment = now()
    return {
        "half": half,
        "day": f"{moment.year}年{say_day(moment.date(), 'zh-hans')}",
        "mark": next(iter(fingerprints(settings.LINLI_KEYS).values())),
    }
