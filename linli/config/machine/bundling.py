"""A USB stick's worth of Linli: the code, its wheels by hash, words and assets ready, so that no network is needed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

import linli

LEFT_OUT = {
    ".git", ".venv", "data", "office", "build", "wheels", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache",
    ".import_linter_cache", ".hypothesis", "results",
}  # fmt: skip
SECRET = (".keys.json", ".sqlite3", ".tar.gz", ".tar", ".pid", ".log")
SUMS = "SHA256SUMS"


class BundleError(Exception):
    """It could not be packed; the words say why."""


def write_bundle(folder: Path) -> Path:
    """Write ``linli-<version>-<system>.tar`` into ``folder``. Raises `BundleError`."""
    name = f"linli-{linli.__version__}-py{sys.version_info[0]}{sys.version_info[1]}-{sys.platform}"
    target = folder / f"{name}.tar"
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        wheels = Path(scratch) / "wheels"
        download(wheels)
        files = {file.relative_to(settings.ROOT).as_posix(): file for file in code_files(Path(settings.ROOT))}
        files |= {f"static/{file.relative_to(settings.STATIC_ROOT).as_posix()}": file for file in asset_files()}
        files |= {f"wheels/{file.name}": file for file in wheels.iterdir()}
        sums = Path(scratch) / SUMS
        lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {path}\n" for path, file in sorted(files.items())]
        sums.write_text("".join(lines))
        with tarfile.open(target, "w") as archive:
            for path, file in sorted((files | {SUMS: sums}).items()):
                archive.add(file, f"{name}/{path}", recursive=False)
    return target


def download(wheels: Path) -> None:
    """What ``requirements/run.lock`` names, for this Python and system, each checked against its hash."""
    command = [
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"),
        *("--require-hashes", "--only-binary", ":all:", "--dest", str(wheels)),
        *("-r", str(Path(settings.ROOT) / "requirements" / "run.lock")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise BundleError(done.stderr.strip()[-800:])


def code_files(root: Path) -> Iterator[Path]:
    """The code with its compiled words; nobody's data, keys or backups."""
    for here, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in LEFT_OUT and Path(here, name) != settings.STATIC_ROOT]
        if Path(here) == root:
            folders[:] = [name for name in folders if name != "static"]
        for name in names:
            file = Path(here, name)
            if not (name in LEFT_OUT or name.endswith((*SECRET, ".pyc")) or file.is_symlink()):
                yield file


def asset_files() -> Iterator[Path]:
    """Styles and scripts as `linli prepare` collected them."""
    yield from (file for file in Path(settings.STATIC_ROOT).rglob("*") if file.is_file())
