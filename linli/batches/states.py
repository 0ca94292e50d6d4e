"""The way of a file: read, checked row by row, confirmed by a person, worked off in steps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.core.flow import Flow, Move, Phase, State

RECEIVING, UPLOADED, CHECKING, CHECKED = "RECEIVING", "UPLOADED", "CHECKING", "CHECKED"
RUNNING, DONE, FAILED, CANCELLED = "RUNNING", "DONE", "FAILED", "CANCELLED"

FLOW = Flow(
    RECEIVING,
    [
        State(RECEIVING, Phase.WAITING, _("正在收文件")),
        State(UPLOADED, Phase.OPEN, _("对一下列名")),
        State(CHECKING, Phase.WAITING, _("正在核对")),
        State(CHECKED, Phase.OPEN, _("等您确认")),
        State(RUNNING, Phase.WAITING, _("正在录入")),
        State(DONE, Phase.DONE, _("录入完成")),
        State(FAILED, Phase.OPEN, _("中途停下了")),
        State(CANCELLED, Phase.DONE, _("已取消")),
    ],
    [
        Move("receive", (RECEIVING,), UPLOADED, _("收到文件")),
        Move("map", (UPLOADED, CHECKED), CHECKING, _("对列名")),
        Move("check", (CHECKING,), CHECKED, _("核对完")),
        Move("confirm", (CHECKED,), RUNNING, _("确认录入")),
        Move("finish", (RUNNING,), DONE, _("录入完成")),
        Move("stop", (CHECKING, RUNNING), FAILED, _("停下")),
        Move("retry", (FAILED,), None, _("接着做")),
        Move("cancel", (UPLOADED, CHECKED, FAILED), CANCELLED, _("取消")),
    ],
)
ADVANCING = (CHECKING, RUNNING)
"""States in which the tick carries a batch on."""

NEW, CHANGED, ALREADY, REFUSED = "new", "changed", "already", "refused"
STATUS_WORDS = {NEW: _("新增"), CHANGED: _("更新"), ALREADY: _("已有"), REFUSED: _("有问题")}
"""What becomes, or became, of a row."""
