"""What this machine lacks, and the command that mends it. Each check is a function that gives one finding."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection

from linli.charters.queries import charter_of
from linli.config.health import pending_migrations
from linli.config.machine.standing import faults_of_standing, way_of_standing
from linli.config.machine.system import is_readable_by_others
from linli.config.queries import backup_is_late
from linli.core.times import day_of
from linli.files.scanner import ask
from linli.notices.channels.robots import robots_in

MEANS = {
    "desk": "nothing is reached from outside; posters bear telephone, hours and place code",
    "office": "the names in LINLI_HOSTS lead here",
    "public": "LINLI_PUBLIC_URL leads here by https",
}
ROOM_WANTED = 2 * 1024**3
GOOD, WISH, NEED = "good", "wish", "need"
"""All is well; something degrades; it cannot run like this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, how it stands, what it means, and the command that mends it."""

    name: str
    state: str
    words: str
    mend: str = ""


def python(at: datetime) -> Finding:
    """The interpreter."""
    return Finding("python", GOOD, ".".join(map(str, sys.version_info[:3])))


def data_folder(at: datetime) -> Finding:
    """Where everything is kept, and whether there is room."""
    folder = Path(settings.LINLI_DATA)
    if not os.access(folder, os.W_OK):
        return Finding("data", NEED, f"{folder} cannot be written", f"chown -R $(id -un) {folder}")
    free = shutil.disk_usage(folder).free
    words = f"{folder}, {free / 1024**3:.1f} GB free"
    return Finding("data", GOOD if free > ROOM_WANTED else WISH, words, "" if free > ROOM_WANTED else f"du -h {folder}")


def keys(at: datetime) -> Finding:
    """The key file: without it, contact data cannot be read."""
    file = Path(settings.LINLI_KEY_FILE)
    if file.resolve().is_relative_to(settings.LINLI_DATA):
        mend = f"mv {file} {settings.LINLI_DATA}.keys.json; unset LINLI_KEY_FILE"
        return Finding("keys", WISH, f"{file} lies in the data folder: whoever takes that has both", mend)
    if is_readable_by_others(file):
        return Finding("keys", WISH, f"{file} can be read by other users of this machine", f"chmod 600 {file}")
    return Finding("keys", GOOD, f"{file}: keep a copy elsewhere, it is in no backup")


def database(at: datetime) -> Finding:
    """The database and its schema."""
    try:
        pending = pending_migrations()
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
            version = cursor.fetchone()[0]
    except DatabaseError as error:
        return Finding("database", NEED, f"does not answer: {str(error).strip().splitlines()[0]}", "linli doctor")
    if pending:
        return Finding(
            "database", NEED, f"{connection.vendor} {version}, {len(pending)} changes to make", "linli migrate"
        )
    return Finding("database", GOOD, f"{connection.vendor} {version}")


def backup_tools(at: datetime) -> Finding:
    """What `linli backup` calls on PostgreSQL."""
    if connection.vendor == "sqlite" or (shutil.which("pg_dump") and shutil.which("pg_restore")):
        return Finding("backup", GOOD, "linli backup works here")
    return Finding("backup", WISH, "no pg_dump: linli backup cannot work", "apt-get install postgresql-client")


def assets(at: datetime) -> Finding:
    """The collected static files."""
    if Path(storages["staticfiles"].path("staticfiles.json")).exists():
        return Finding("assets", GOOD, str(settings.STATIC_ROOT))
    return Finding("assets", NEED, "styles and scripts are not collected", "linli prepare")


def library(name: str) -> bool:
    """Whether the machine has this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def paper(at: datetime) -> Finding:
    """What PDF needs: posters, ticket sheets, daily lists."""
    if not (library("libpango-1.0.so.0") and library("libpangoft2-1.0.so.0")):
        mend = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return Finding("paper", WISH, "no Pango: pages can be printed from the browser, not as PDF", mend)
    if not library("libharfbuzz-subset.so.0"):
        words = "no libharfbuzz-subset0: each PDF takes 16 seconds in place of half a second"
        return Finding("paper", WISH, words, "apt-get install libharfbuzz-subset0")
    return Finding("paper", GOOD, "PDF is made in half a second")


def fonts(at: datetime) -> Finding:
    """Chinese and Tibetan letters for PDF."""
    lacking = [package for language, package in (("zh", "fonts-noto-cjk"), ("bo", "fonts-noto-core"))
               if not font_for(language)]  # fmt: skip
    if lacking:
        return Finding("fonts", WISH, "PDF would show boxes for letters", f"apt-get install {' '.join(lacking)}")
    return Finding("fonts", GOOD, "Chinese and Tibetan")


def font_for(language: str) -> bool:
    """Whether some font has the letters of ``language``."""
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(  # noqa: S603 - our own words
        ["fc-list", f":lang={language}", "family"],  # noqa: S607 - as the machine has it
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return bool(found.stdout.strip())


def calendar(at: datetime) -> Finding:
    """Whether the days off that deadlines may reach have been announced."""
    known, far = charter_of(None).calendar, day_of(at + timedelta(days=45))
    years = sorted({day_of(at).year, far.year})
    unknown = [str(year) for year in years if not known.is_official(year)]
    if unknown:
        words = f"no official days off for {', '.join(unknown)}: deadlines there count Monday to Friday"
        return Finding("calendar", WISH, words, "linli charter calendar FILE")
    return Finding("calendar", GOOD, f"official days off for {' and '.join(map(str, years))}")


def standing(at: datetime) -> Finding:
    """At a desk, in the office's network or in public, and whether that holds."""
    way, faults = way_of_standing(), faults_of_standing()
    if not faults:
        return Finding("standing", GOOD, f"{way}: {MEANS[way]}")
    return Finding("standing", WISH, f"{way}: {'; '.join(faults)}", "docs/operators.md, Three ways of standing")


def second_place(at: datetime) -> Finding:
    """Where the night's backups go, and whether they get there."""
    if not settings.LINLI_BACKUP_TO:
        return Finding("nightly", WISH, "no nightly backup", "LINLI_BACKUP_TO=/mnt/other-disk")
    place = Path(settings.LINLI_BACKUP_TO)
    if not place.is_dir():
        return Finding("nightly", WISH, f"{place} is not there: is the disk plugged in?", f"ls {place}")
    if place.stat().st_dev == Path(settings.LINLI_DATA).stat().st_dev:
        return Finding("nightly", WISH, f"{place} is on the same disk as the data", "LINLI_BACKUP_TO=/mnt/other-disk")
    if backup_is_late(at):
        return Finding("nightly", WISH, f"no good backup in {place} for two days", "linli backup " + str(place))
    return Finding("nightly", GOOD, str(place))


def outward(at: datetime) -> Finding:
    """How people are reached and under which address."""
    given = {
        "LINLI_PUBLIC_URL": settings.LINLI_PUBLIC_URL,
        "LINLI_SMS": settings.LINLI_SMS,
        "LINLI_SMTP_HOST": settings.EMAIL_HOST,
    }
    robots_in(settings.LINLI_ROBOTS)
    lacking = [name for name, value in given.items() if not value]
    if lacking:
        return Finding("outward", GOOD, f"not set: {', '.join(lacking)} (docs/settings.md)")
    return Finding("outward", GOOD, settings.LINLI_PUBLIC_URL)


def scanner(at: datetime) -> Finding:
    """Whether uploads are searched for malware."""
    where = settings.LINLI_CLAMD
    if not where:
        mend = "apt-get install clamav-daemon; LINLI_CLAMD=unix:/run/clamav/clamd.ctl"
        return Finding("scanner", WISH, "uploads are not searched for malware", mend)
    try:
        answer = ask(b"PING")
    except OSError as error:
        answer = str(error)
    if answer != "PONG":
        return Finding("scanner", NEED, f"{where} does not answer, no upload is taken: {answer}", "clamd --ping 3")
    return Finding("scanner", GOOD, f"{where} looks at each upload")


def developer(at: datetime) -> Finding:
    """What only developing needs."""
    wanted = (("chromium", "chromium"), ("msgfmt", "gettext"), ("pdftotext", "poppler-utils"))
    lacking = [package for program, package in wanted if not shutil.which(program)]
    if lacking:
        words = f"for developers only: {', '.join(lacking)} missing, make test needs them"
        return Finding("developer", WISH, words, f"apt-get install {' '.join(lacking)}")
    return Finding("developer", GOOD, "Chromium, gettext and poppler are here")


CHECKS: tuple[Callable[[datetime], Finding], ...] = (
    python, data_folder, keys, database, backup_tools, assets, paper, fonts, calendar,
    standing, second_place, outward, scanner, developer,
)  # fmt: skip


def examine(at: datetime) -> list[Finding]:
    """Everything there is to find. A check that fails is itself a finding."""
    findings = []
    for check in CHECKS:
        try:
            findings.append(check(at))
        except Exception as error:  # noqa: BLE001 - the doctor never faints
            findings.append(Finding(check.__name__, NEED, f"{type(error).__name__}: {error}"))
    return findings
