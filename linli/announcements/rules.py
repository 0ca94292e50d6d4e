"""Kinds of announcements, and the words that are made from one. Plain values in and out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.core.times import day_of, local, say_moment

KINDS: dict[str, Any] = {
    "water": _("停水"),
    "power": _("停电"),
    "gas": _("停气"),
    "heat": _("停暖"),
    "lift": _("电梯检修"),
    "road": _("修路、封路"),
    "cleaning": _("清洗、消杀"),
    "notice": _("通知"),
}
COMING = timedelta(days=3)
"""How long before its beginning an announcement stands on the posters' pages."""
SAID = 3
"""How many places a title names."""
HEADS: dict[str, Any] = {
    "announcement.prolonged": _("改时间：%(title)s"),
    "announcement.withdrawn": _("取消了：%(title)s"),
}
"""How the title of a later notice begins."""
DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"


def say_span(start: datetime, end: datetime | None) -> str:
    """``11月22日 周日 09:00—17:00``, in the language now spoken."""
    if end is None:
        return _now("%(start)s 起") % {"start": say_moment(start)}
    if day_of(start) == day_of(end):
        return f"{say_moment(start)}—{local(end):%H:%M}"
    return f"{say_moment(start)} — {say_moment(end)}"


def say_title(kind: str, labels: Sequence[str]) -> str:
    """``停水：雪莲苑 1号楼、2号楼``; of many places the first three and how many there are."""
    where = _now("、").join(labels[:SAID])
    if len(labels) > SAID:
        where = _now("%(where)s等 %(n)s 处") % {"where": where, "n": len(labels)}
    return _now("%(kind)s：%(where)s") % {"kind": KINDS[kind], "where": where}
