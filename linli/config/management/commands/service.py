"""``linli service``: start with the machine, by systemd."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

UNIT = """[Unit]
Description=Linli
After=network.target

[Service]
User={user}
WorkingDirectory={root}
{environment}
ExecStart={python} -m linli.config.command serve --host {host}
Restart=always
RestartSec=5
NoNewPrivileges=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
"""


class Command(BaseCommand):
    """Install the service."""

    help = "Write a systemd unit that starts this installation with the machine, and start it: linli service install."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("install", "show"), help="install, or show the unit only")
        parser.add_argument("--name", default="linli", help="the unit's name, where several installations stand")
        parser.add_argument("--user", default=getpass.getuser(), help="who runs it")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--folder", type=Path, default=Path("/etc/systemd/system"), help="where units lie")

    def handle(self, *args: Any, act: str, name: str, folder: Path, **options: Any) -> None:
        words = unit_of(options["user"], options["host"])
        if act == "show":
            self.stdout.write(words)
            return
        file = folder / f"{name}.service"
        try:
            file.write_text(words)
            file.chmod(0o600)
        except OSError as error:
            raise CommandError(f"写不了 {file} / Cannot write there: {error}. sudo?") from None
        self.stdout.write(str(file))
        if not shutil.which("systemctl"):
            raise CommandError("这台机器没有 systemd / There is no systemd here.")
        for command in (("daemon-reload",), ("enable", "--now", name)):
            if subprocess.run(["systemctl", *command], check=False).returncode:  # noqa: S603, S607 - our own words
                raise CommandError(f"systemctl {' '.join(command)} 没有成功 / failed")


def unit_of(user: str, host: str) -> str:
    """The unit, with every setting of this installation; it may hold passwords, so only its owner reads it."""
    given = {name: value for name, value in os.environ.items() if name.startswith("LINLI_")}
    given |= {"LINLI_DATA": str(settings.LINLI_DATA), "PORT": str(settings.PORT)}
    lines = [f'Environment="{name}={quoted(value)}"' for name, value in sorted(given.items())]
    python = Path(sys.prefix) / "bin" / "python"
    return UNIT.format(user=user, root=settings.ROOT, environment="\n".join(lines), python=python, host=host)


def quoted(value: str) -> str:
    """A value as systemd reads it: no expansion, no line ends."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("\n", "")
