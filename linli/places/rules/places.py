"""What a place's own row must look like, whoever writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from linli.places.rules import codes, tree
from linli.places.rules.crs import SYSTEMS, WGS84, wgs84_of

T = TypeVar("T")
NAME_LENGTH, OTHER_NAME_LENGTH = 60, 120
DEGREE = Decimal("0.000001")


class Described(Protocol):
    """What a draft says of a place."""

    @property
    def level(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name_bo(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def latitude(self) -> Decimal | None: ...
    @property
    def longitude(self) -> Decimal | None: ...
    @property
    def source_crs(self) -> str: ...


class Located(Protocol):
    """What the parent must tell."""

    level: Any
    code: Any
    closed_on: Any


def place_faults(draft: Described, parent: Located | None) -> list[Any]:
    """Everything that is wrong with a draft by itself and under ``parent``."""
    faults = [*name_faults(draft.name, draft.name_bo, draft.name_en)]
    if (fault := tree.parent_fault(draft.level, parent.level if parent else None)) or (
        draft.code and (fault := codes.code_fault(draft.level, draft.code, parent.code if parent else ""))
    ):
        faults.append(fault)
    if parent is not None and parent.closed_on is not None:
        faults.append(_("上级已经停用，不能再往里加。"))
    return [*faults, *point_faults(draft.latitude, draft.longitude, draft.source_crs)]


def name_faults(name: str, name_bo: str = "", name_en: str = "") -> list[Any]:
    """What is wrong with a place's names (GEN-007: any script, 1 to 60 characters)."""
    faults: list[Any] = []
    if not name.strip():
        faults.append(_("名称不能空着。"))
    if len(name.strip()) > NAME_LENGTH:
        faults.append(_("名称最多 60 个字。"))
    if max(len(name_bo), len(name_en)) > OTHER_NAME_LENGTH:
        faults.append(_("藏文、英文名称最多 120 个字母。"))
    if any(not character.isprintable() for character in name + name_bo + name_en):
        faults.append(_("名称里有看不见的控制字符，请删掉重打。"))
    return faults


def point_faults(latitude: Decimal | None, longitude: Decimal | None, source_crs: str) -> list[Any]:
    """What is wrong with a point."""
    if source_crs not in SYSTEMS:
        return [_("坐标系只认 %(systems)s。") % {"systems": "、".join(SYSTEMS)}]
    if latitude is None and longitude is None:
        return []
    if latitude is None or longitude is None:
        return [_("纬度和经度要一起填。")]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return [_("纬度应在 -90 到 90 之间，经度应在 -180 到 180 之间。是不是填反了？")]
    return []


def point_of(
    latitude: Decimal | None, longitude: Decimal | None, source_crs: str = WGS84
) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude in WGS-84, to a tenth of a metre (GEN-006)."""
    if latitude is None or longitude is None:
        return None, None
    if source_crs == WGS84:
        return latitude.quantize(DEGREE), longitude.quantize(DEGREE)
    east, north = wgs84_of(float(longitude), float(latitude), source_crs)
    return Decimal(north).quantize(DEGREE), Decimal(east).quantize(DEGREE)


def community_code(level: str, code: str) -> str:
    """The community's twelve figures in the code of a place in it; "" above the community."""
    if level in {tree.DISTRICT, tree.STREET}:
        return ""
    if level == tree.GRID and len(code) == 20 and "-" not in code:
        return code[6:18]
    return code[:12] if code[:12].isdigit() and len(code) >= 12 else ""


def labels_under(parent: Any, name: str, name_bo: str, name_en: str) -> dict[str, str]:
    """What a place is called at the door, in the three languages; Chinese where a language has no name."""
    level = parent.level if parent else None
    names = {"label": name, "label_bo": name_bo or name, "label_en": name_en or name}
    return {
        field: tree.label_under(level, getattr(parent, field) if parent else "", own) for field, own in names.items()
    }


def chunks(things: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """``things`` by at most ``size``, for statements that take only so many values."""
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
