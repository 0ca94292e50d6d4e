"""A separate, empty installation: its own data folder, key and address; the demo stays beside it."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.config.machine.system import start_detached

OWN = "office"
"""The folder's name, beside the demo's ``data``."""
STARTS_WITHIN = 60


class FoundingError(Exception):
    """It could not be made; the words say why and what to do."""

    def __init__(self, words: Any) -> None:
        self.words = words
        super().__init__(str(words))


@dataclass(frozen=True, slots=True)
class Founded:
    """A new installation: where it lies, and the code of its first page."""

    data: Path
    code: str


def is_from_machine(request: HttpRequest) -> bool:
    """Whether the request was made at this very machine, and through no proxy."""
    if settings.LINLI_PUBLIC_URL or request.headers.get("X-Forwarded-For"):
        return False
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        came_from = ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return False
    return came_from.is_loopback and host.strip("[]") in {"127.0.0.1", "localhost", "::1"}


def env_for(data: Path) -> dict[str, str]:
    """The environment of another installation on this machine: nothing of ours but its folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_") and name != "PORT"}
    static = os.environ.get("LINLI_STATIC")
    return env | {"LINLI_DATA": str(data)} | ({"LINLI_STATIC": static} if static else {})


def run_linli(data: Path, *words: str, **more: str) -> str:
    """What a `linli` command says on another installation. Raises `FoundingError` with its complaint."""
    command = [sys.executable, "-m", "linli.config.command", *words]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        command, env=env_for(data) | more, cwd=settings.ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FoundingError((done.stderr.strip() or done.stdout.strip()).splitlines()[-1][:400])
    return done.stdout


def found(data: Path) -> Founded:
    """Make the installation ``data``: key, database, and the code of its first page. Raises `FoundingError`."""
    if data.exists() and any(data.iterdir()):
        raise FoundingError(_("%(data)s 已经有东西了，没有动它。") % {"data": data})
    run_linli(data, "migrate", "--verbosity", "0")
    return Founded(data, run_linli(data, "access", "opening-code").split()[0])


def found_beside() -> Founded:
    """Make the office's own installation beside this demo."""
    return found(Path(settings.LINLI_DATA).with_name(OWN))


def free_port() -> int:
    """A port of this machine that nobody uses, from the one after ours on."""
    for port in range(settings.PORT + 1, settings.PORT + 50):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise FoundingError(_("这台电脑上没有空的端口。"))


def start_beside(founded: Founded) -> str:
    """Serve the new installation until this machine is switched off; its address, once it answers."""
    port = free_port()
    log = founded.data / "serve.log"
    with log.open("ab") as out:
        command = [sys.executable, "-m", "linli.config.command", "serve", "--port", str(port)]
        process = start_detached(command, env_for(founded.data), out)
    (founded.data / "serve.pid").write_text(f"{process.pid}\n")
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        if re.search(r"http://\S+", log.read_text(errors="replace")):
            return f"http://127.0.0.1:{port}"
        time.sleep(0.1)
    raise FoundingError(_("已经建好，但没能启动。请看 %(log)s。") % {"log": log})
