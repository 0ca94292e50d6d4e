"""The drill: a backup is restored into a scratch folder and compared, so that the first try is not the emergency."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

from linli.config.backups.archive import write_backup
from linli.config.backups.engines import BackupError
from linli.config.machine.founding import FoundingError, run_linli


@dataclass(frozen=True, slots=True)
class Drilled:
    """What the drill found to be the same."""

    archive: str
    same: str
    files: int
    seals: str


def newest_archive() -> Path | None:
    """The newest archive in the second place."""
    place = Path(settings.LINLI_BACKUP_TO) if settings.LINLI_BACKUP_TO else None
    found = sorted(place.glob("linli-*.tar.gz")) if place and place.is_dir() else []
    return found[-1] if found else None


def drill(archive: Path | None, at: datetime) -> Drilled:
    """Restore ``archive``, or else the newest, or else one made now, elsewhere. Raises `BackupError`."""
    with tempfile.TemporaryDirectory(prefix="linli-drill-") as name, scratch_database() as database:
        folder = Path(name)
        chosen = archive or newest_archive()
        if chosen is None:
            chosen = folder / "now.tar.gz"
            write_backup(chosen, at)
        data, keys = folder / "data", folder / "keys.json"
        shutil.copyfile(settings.LINLI_KEY_FILE, keys)
        env = {"LINLI_KEY_FILE": str(keys), "LINLI_DATABASE_URL": database}
        try:
            same = run_linli(data, "restore", str(chosen), **env).splitlines()[0]
            run_linli(data, "migrate", "--verbosity", "0", **env)
            seals = run_linli(data, "audit", "verify", **env).splitlines()[0]
        except FoundingError as error:
            raise BackupError(str(error.words)) from None
        return Drilled(str(chosen), same, sound_files(data / "files"), seals)


def sound_files(folder: Path) -> int:
    """How many stored files there are, each under its own hash. Raises `BackupError` for one that is not."""
    number = 0
    for file in folder.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            number += 1
            if len(file.name) == 64 and hashlib.sha256(file.read_bytes()).hexdigest() != file.name:
                raise BackupError(f"文件 {file.name} 已损坏 / is damaged")
    return number


@contextmanager
def scratch_database() -> Iterator[str]:
    """The address of a database for the drill alone; "" for SQLite, which makes its own."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    with psycopg.connect(settings.LINLI_DATABASE_URL, autocommit=True) as here:
        here.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        here.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        try:
            yield urlsplit(settings.LINLI_DATABASE_URL)._replace(path=f"/{name}").geturl()
        finally:
            here.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
