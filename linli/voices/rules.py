"""The sentences that a neighbour reads, and which one belongs to a report's state. Plain values in and out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

TONGUES = {"bo": _("拉萨藏语"), "zh": _("本地汉话")}

SENTENCES: dict[str, Any] = {
    "scan": _("有事扫一扫，拍张照，说一声就行。"),
    "call": _("不会扫码，就打海报上的电话，报六个字的地点码。"),
    "danger": _("有人受伤、着火、漏气，先打 110、119、120。"),
    "received": _("送到了。请收好这张条子，上面有编号和查询码。"),
    "accepted": _("社区接下了，正在安排人。"),
    "dispatched": _("已经交给人去办。"),
    "in_progress": _("有人正在办。"),
    "paused": _("这件事先停一停，到日子接着办。"),
    "question": _("有句话要问您，请回个话。"),
    "meeting": _("这件事要大家商量，等议事会。"),
    "resolved": _("说是办好了，社区再核对一遍。"),
    "rate": _("办好了，请您打个分。没修好就说没修好。"),
    "closed": _("这件事办完了。"),
    "refused": _("这件事不归社区办，该找谁，问问前台。"),
    "explained": _("这件事办不到，原因请前台念给您听。"),
    "water": _("要停水了，请提前存水。"),
    "power": _("要停电了，请提前准备。"),
    "lift": _("电梯停用，请走楼梯，要帮忙就打电话。"),
    "heat": _("暖气要停，请注意保暖。"),
    "desk": _("您可以到社区前台来说，有人听您慢慢讲。"),
}
ON_POSTERS = ("scan", "call", "danger", "desk")
"""What a poster's page plays."""

BY_STATE = {
    "SUBMITTED": "received",
    "ACCEPTED": "accepted",
    "DISPATCHED": "dispatched",
    "RETURNED": "accepted",
    "IN_PROGRESS": "in_progress",
    "PAUSED": "paused",
    "AWAITING_REPORTER": "question",
    "AWAITING_MEETING": "meeting",
    "RESOLVED": "resolved",
    "AWAITING_RATING": "rate",
    "CLOSED": "closed",
    "NOT_ACCEPTED": "refused",
    "TRANSFERRED": "refused",
    "CLOSED_EXPLAINED": "explained",
}
"""Which sentence says where a report stands."""
