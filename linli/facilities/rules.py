"""Kinds of facilities (REG-013, REG-014), and days out of service. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

REMIND_BEFORE = timedelta(days=14)
"""How long before an inspection carer and firm are told."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facility: its words, its class of parts (REG-013), and the category its faults usually have."""

    words: Any
    part: str
    category: str


PARTS = {
    "utility": _("公用设施"),
    "traffic": _("道路交通"),
    "appearance": _("市容环境"),
    "greening": _("园林绿化"),
    "other": _("其他设施"),
}
"""The five classes of parts (REG-013)."""

KINDS: dict[str, Kind] = {
    "lift": Kind(_("电梯"), "utility", "lift"),
    "lamp": Kind(_("灯"), "utility", "street_light"),
    "pump_room": Kind(_("水泵房"), "utility", "pool_water"),
    "power_room": Kind(_("配电房"), "utility", "power_stop"),
    "manhole": Kind(_("井盖"), "utility", "manhole"),
    "hydrant": Kind(_("消防栓"), "utility", "fire_lane"),
    "charger": Kind(_("充电桩"), "utility", "other"),
    "door": Kind(_("单元门、门禁"), "other", "door_lock"),
    "camera_gate": Kind(_("道闸、快递柜"), "traffic", "camera_gate"),
    "step_handrail": Kind(_("台阶、扶手、坡道"), "traffic", "step_handrail"),
    "toilet": Kind(_("公共厕所"), "appearance", "toilet"),
    "rubbish_point": Kind(_("垃圾房、垃圾桶"), "appearance", "rubbish_heap"),
    "notice_board": Kind(_("公告栏"), "appearance", "notice_board"),
    "tree": Kind(_("大树、绿地"), "greening", "greening"),
    "playground": Kind(_("健身、儿童游乐设施"), "other", "playground"),
    "other": Kind(_("别的设施"), "other", "other"),
}


def days_out(outages: Iterable[tuple[datetime, datetime | None]], start: datetime, end: datetime) -> int:
    """Days out of service between ``start`` and ``end``: all hours together, begun days counted whole."""
    total = timedelta()
    for begun, ended in outages:
        total += max(timedelta(), min(ended or end, end) - max(begun, start))
    return -(-total // timedelta(days=1))
