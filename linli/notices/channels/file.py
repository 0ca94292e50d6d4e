"""Appends what would be sent to a file of JSON lines: for a single machine, the demo and the tests."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from linli.notices.channels import Parcel, Unreachable


@dataclass(frozen=True, slots=True)
class File:
    """One line per parcel, written in one piece."""

    name: str
    path: Path

    def send(self, parcel: Parcel) -> str:
        """Append the parcel."""
        line = json.dumps({"channel": self.name, **asdict(parcel)}, ensure_ascii=False) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise Unreachable(str(error)) from error
        return "written"
