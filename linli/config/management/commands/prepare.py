"""``linli prepare``: message catalogues and assets, made only where something changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Compile messages and collect assets."""

    help = "Compile the message catalogues and collect the static files; nothing to do is done in a moment."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        messages = sum(compile_catalogue(file) for file in catalogues())
        assets = collect_assets()
        if verbosity:
            self.stdout.write(f"catalogues compiled: {messages}; static files collected: {'yes' if assets else 'no'}")


def catalogues() -> Iterator[Path]:
    """Every module's message files."""
    for app in apps.get_app_configs():
        if app.name.startswith("linli."):
            yield from sorted(Path(app.path).glob("locale/*/LC_MESSAGES/django.po"))


def compile_catalogue(file: Path) -> bool:
    """Write the ``.mo`` beside ``file`` unless it is there; it bears the date of the ``.po`` that it was made from."""
    made, stamp = file.with_suffix(".mo"), file.stat().st_mtime_ns
    if made.exists() and made.stat().st_mtime_ns == stamp:
        return False
    half = made.with_suffix(f".{os.getpid()}")
    polib.pofile(str(file)).save_as_mofile(str(half))
    os.utime(half, ns=(stamp, stamp))
    half.replace(made)
    return True


def assets_mark() -> str:
    """A digest of the names, sizes and dates of all static files there are."""
    lines = []
    for finder in get_finders():
        for name, storage in finder.list(()):
            stat = Path(storage.path(name)).stat()
            lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def collect_assets() -> bool:
    """Collect, hash and compress the static files unless they are as they were."""
    mark, wanted = Path(settings.STATIC_ROOT) / ".prepared", assets_mark()
    if mark.exists() and mark.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(wanted)
    return True
