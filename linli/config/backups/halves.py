"""The recovery sheet: the key file in two halves on paper. One half is pure chance; both together are the keys.

The second half is a random pad, the first the keys exclusive-or that pad, so neither tells anything without the other.
Each line carries two check characters, and both halves the sheet's name: what was mistyped is found by line.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from linli.core.numbers import SPOKEN, clean_code

PER_LINE = 20
"""Characters in a line, in groups of four: what one reads aloud in one breath."""


class TypingError(ValueError):
    """A half was mistyped, or two halves do not belong together; the words say where."""


@dataclass(frozen=True, slots=True)
class Half:
    """One half: the sheet it belongs to, 1 or 2, and its lines."""

    sheet: str
    number: int
    lines: tuple[str, ...]

    def text(self) -> str:
        """The half as it is typed in again."""
        return "\n".join([f"LINLI {self.sheet} {self.number}", *self.lines])


def halves_of(key_file: str) -> tuple[Half, Half]:
    """The two halves of a key file's words."""
    packed = zlib.compress(json.dumps(json.loads(key_file), separators=(",", ":")).encode(), 9)
    whole = len(packed).to_bytes(2, "big") + packed + hashlib.sha256(packed).digest()[:4]
    pad = secrets.token_bytes(len(whole))
    sheet = "".join(secrets.choice(SPOKEN) for _ in range(4))
    first = bytes(one ^ other for one, other in zip(whole, pad, strict=True))
    return _half(sheet, 1, first), _half(sheet, 2, pad)


def _half(sheet: str, number: int, content: bytes) -> Half:
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 5)
    letters = "".join(SPOKEN[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))
    pieces = [letters[at : at + PER_LINE] for at in range(0, len(letters), PER_LINE)]
    return Half(sheet, number, tuple(_line(sheet, number, at, piece) for at, piece in enumerate(pieces, 1)))


def _line(sheet: str, number: int, at: int, letters: str) -> str:
    groups = " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    return f"{at:02d} {groups} {_check(sheet, number, at, letters)}"


def _check(sheet: str, number: int, at: int, letters: str) -> str:
    """Two characters by which a mistyped line is found."""
    found = hashlib.sha256(f"{sheet}{number}{at}{letters}".encode()).digest()
    return SPOKEN[found[0] & 31] + SPOKEN[found[1] & 31]


def read_half(text: str) -> Half:
    """A half as somebody typed it, small letters and other gaps allowed. Raises `TypingError` with the line."""
    lines = [line for line in text.upper().splitlines() if line.strip()]
    head = re.match(r"\s*LINLI\s+(\w{4})\s+([12])\s*$", lines[0]) if lines else None
    if head is None:
        raise TypingError("第一行应该是 LINLI、四个字符、1 或 2 / the first line is LINLI, four characters, 1 or 2")
    sheet, number = head[1], int(head[2])
    kept = []
    for at, line in enumerate(lines[1:], 1):
        typed = clean_code(line)
        letters, check = typed[2:-2], typed[-2:]
        if typed[:2] != f"{at:02d}" or not letters or check != _check(sheet, number, at, letters):
            raise TypingError(f"第 {number} 半第 {at} 行不对 / half {number}, line {at} is not right")
        kept.append(_line(sheet, number, at, letters))
    return Half(sheet, number, tuple(kept))


def key_file_of(halves: Sequence[Half]) -> str:
    """The key file's words from both halves. Raises `TypingError` where they do not belong together."""
    first, second = sorted(halves, key=lambda half: half.number)
    if (first.number, second.number) != (1, 2) or first.sheet != second.sheet:
        raise TypingError("这不是同一张恢复单的两半 / these are not the two halves of one sheet")
    one, other = _content(first), _content(second)
    whole = bytes(a ^ b for a, b in zip(one, other, strict=False))
    packed = whole[2 : 2 + int.from_bytes(whole[:2], "big")]
    if len(one) != len(other) or hashlib.sha256(packed).digest()[:4] != whole[2 + len(packed) :][:4]:
        raise TypingError("少了几行 / some lines are missing")
    return json.dumps(json.loads(zlib.decompress(packed)))


def _content(half: Half) -> bytes:
    letters = "".join(clean_code(line)[2:-2] for line in half.lines)
    bits = "".join(f"{SPOKEN.index(letter):05b}" for letter in letters)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
