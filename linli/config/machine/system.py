"""Every call that differs between POSIX and Windows, and none elsewhere (`run.py`, which stands alone, has its own)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

IS_WINDOWS = os.name == "nt"


def is_readable_by_others(file: Path) -> bool:
    """Whether other users of this machine can read ``file``; Windows keeps that in lists that we do not read."""
    return not IS_WINDOWS and bool(file.stat().st_mode & 0o077)


def start_detached(command: Sequence[str], env: Mapping[str, str], log: IO[Any]) -> subprocess.Popen[bytes]:
    """Start a program that goes on when we end."""
    flags = {"creationflags": 0x00000208} if IS_WINDOWS else {"start_new_session": True}
    return subprocess.Popen(command, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, **flags)  # type: ignore[call-overload,no-any-return]  # noqa: S603


def sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a power cut; Windows does so by itself."""
    if IS_WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
