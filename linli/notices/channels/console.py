"""Prints what would be sent: for a single machine and for trying out."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from linli.notices.channels import Parcel


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output."""

    name: str

    def send(self, parcel: Parcel) -> str:
        """Print the parcel."""
        sys.stdout.write(f"[{self.name} -> {parcel.to}] {parcel.title}\n{parcel.words}\n")
        sys.stdout.flush()
        return "printed"
