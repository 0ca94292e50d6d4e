"""What comes out of the cleaning."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from linli.core.errors import BadInput

MAX_BYTES = 15 * 1024 * 1024
SHOWN = frozenset({"image/jpeg", "audio/webm", "audio/ogg", "audio/mp4"})
"""Types that a browser may show in place; all else is handed over as an attachment."""


@dataclass(frozen=True)
class Clean:
    """A file that has been looked through and may be stored."""

    kind: str
    mime: str
    content: bytes = field(repr=False)
    name: str = ""
    thumbnail: bytes = field(default=b"", repr=False)
    width: int | None = None
    height: int | None = None
    seconds: int | None = None

    @cached_property
    def sha256(self) -> str:
        """The content's address."""
        return sha256_of(self.content)

    @cached_property
    def thumb_sha256(self) -> str:
        """The thumbnail's address, if there is one."""
        return sha256_of(self.thumbnail) if self.thumbnail else ""


def sha256_of(content: bytes) -> str:
    """The address of ``content``."""
    return hashlib.sha256(content).hexdigest()


def clean_name(name: str) -> str:
    """A file's name as it may be shown and sent in a header: no folders, no control characters, 120 at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*')
    stem, dot, ending = kept.strip(". ").rpartition(".")
    return f"{stem[:100]}{dot}{ending[:12]}" if dot else ending[:120]


def refuse(words: Any) -> BadInput:
    """A refusal that says what to do."""
    return BadInput(words=words)
