"""Names as people write them: Chinese figures, natural order, addresses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百]+(?=\s*(?:号|栋|幢|座|单元|梯|楼|层|室|户|门|区|期|#))")
_SIDE = re.compile(r"^[东南中西北](?=单元|[门梯]$)")
KEY_LENGTH = 64


def chinese_figure(words: str) -> int:
    """``十二`` is 12, ``一百零三`` is 103, ``二〇一`` (read out) is 201."""
    if not any(unit in words for unit in "十百"):
        return int("".join(str(FIGURES[figure]) for figure in words))
    total, digit = 0, 0
    for character in words:
        if character in FIGURES:
            digit = FIGURES[character]
            continue
        total += (digit or 1) * {"十": 10, "百": 100}[character]
        digit = 0
    return total + digit


def plain_name(name: str) -> str:
    """``name`` for comparing: half-width, no spaces, Chinese figures before 号, 栋, 单元 ... as digits."""
    narrow = "".join(unicodedata.normalize("NFKC", name).split())
    return _CHINESE.sub(lambda found: str(chinese_figure(found[0])), narrow).casefold()


def natural_key(name: str) -> str:
    """A sort key in which 2号楼 stands before 10号楼 and common Chinese words stand in the order of their sound.

    The sides of a house stand as one walks past them: 东单元, 中单元, 西单元.

    Only the characters 0-9 and a-f, so that every database sorts it alike: figures padded, other characters by
    their GB 18030 bytes, whose common part is in the order of pinyin.
    """
    pieces = []
    plain = _SIDE.sub(lambda found: f"东{'东中西南北'.index(found[0])}", plain_name(name))
    for piece in re.findall(r"[0-9]+|[^0-9]", plain):
        if piece[0].isdigit() and piece.isascii():
            pieces.append(f"3{piece.lstrip('0')[-6:]:0>6}")
        else:
            pieces.append(piece.encode("gb18030", "replace").hex())
    return "".join(pieces)[:KEY_LENGTH]


def part_of(name: str) -> str:
    """The short part of our own code that a name suggests: ``3`` for 3号楼, ``501`` for 501室; "" where none does."""
    found = re.fullmatch(r"(?:第)?([0-9]{1,6}[a-z]?)(?:号楼|#楼|#|栋|幢|座|号|楼|单元|门|梯|室|户)?", plain_name(name))
    return found[1].upper() if found else ""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says below the compound: plain parts, "" where it is silent."""

    compound: str = ""
    building: str = ""
    stairwell: str = ""
    home: str = ""


_DASHED = re.compile(
    r"(?P<building>[0-9]+[a-z]?)#?(?:号楼|号|楼|栋|幢|座)?-"
    r"(?:(?P<stairwell>[0-9]+|[东西南北中])(?:单元|门|梯)?-)?(?P<home>[0-9]{1,5}[a-z]?)(?:室|户|号)?"
)
_SPOKEN = re.compile(
    r"(?:(?P<building>[0-9]+[a-z]?|[a-z])(?:号楼|栋|幢|座|#楼|#|号(?=[0-9东西南北中]*单元)))?"
    r"(?:(?P<stairwell>[0-9]+|[东西南北中])(?:单元|门|梯))?"
    r"(?:(?P<home>[0-9]{1,5}[a-z]?)(?:室|户|号|房)?)?"
)


def read_address(words: str) -> Address:
    """Building, stairwell and home in ``3#-2-501``, ``三号楼2单元501``, ``雪莲苑3栋501室``; the unread stays empty.

    What stands before the building is taken for the compound's name. Nothing is guessed: words that are no address
    give an address that is all empty.
    """
    plain = plain_name(words).replace("－", "-").replace("—", "-").replace("–", "-")
    for pattern in (_DASHED, _SPOKEN):
        for start in range(len(plain)):
            if start and plain[start].isdigit() and plain[start - 1].isdigit():
                continue
            found = pattern.fullmatch(plain, start)
            if found and found.group() and (found["building"] or found["stairwell"]):
                parts = {part: (value or "").upper() for part, value in found.groupdict().items()}
                return Address(compound=plain[:start], **parts)
    return Address()
