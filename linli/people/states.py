"""The life of a consent (B.7.5): asked, given, changed, withdrawn, expired; and of an authority's demand (PRV-045)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.core.flow import Flow, Move, Phase, State

CONSENT = Flow(
    start="asked",
    states=[
        State("asked", Phase.WAITING, _("已询问")),
        State("given", Phase.OPEN, _("已同意")),
        State("changed", Phase.DONE, _("已重新同意")),
        State("withdrawn", Phase.DONE, _("已撤回")),
        State("expired", Phase.DONE, _("已到期")),
    ],
    moves=[
        Move("give", ("asked",), "given", _("同意")),
        Move("change", ("given",), "changed", _("重新同意")),
        Move("withdraw", ("asked", "given"), "withdrawn", _("撤回")),
        Move("expire", ("given",), "expired", _("到期")),
    ],
)

DEMAND = Flow(
    start="noted",
    states=[
        State("noted", Phase.OPEN, _("已登记，等两人同意")),
        State("agreed", Phase.OPEN, _("一人已同意，还差一人")),
        State("approved", Phase.OPEN, _("两人已同意，可以提供")),
        State("given", Phase.DONE, _("已提供")),
        State("refused", Phase.DONE, _("没有提供")),
    ],
    moves=[
        Move("agree", ("noted",), "agreed", _("我同意提供")),
        Move("approve", ("agreed",), "approved", _("我同意提供")),
        Move("give", ("approved",), "given", _("提供了")),
        Move("refuse", ("noted", "agreed", "approved"), "refused", _("不提供")),
    ],
)

APPLICATION = Flow(
    start="sent",
    states=[
        State("sent", Phase.OPEN, _("报名了")),
        State("appointed", Phase.DONE, _("聘上了")),
        State("declined", Phase.DONE, _("这次没有聘")),
    ],
    moves=[
        Move("appoint", ("sent",), "appointed", _("聘为楼长")),
        Move("decline", ("sent",), "declined", _("这次不聘")),
    ],
)

SERVING_VERBS = {
    "shift.added": _("排了值班"),
    "shift.dropped": _("去掉了值班"),
    "body.retired": _("记下单位撤走"),
    "badge.issued": _("做了工作牌"),
    "badge.ended": _("收回了工作牌"),
    "badge.photo_dropped": _("去掉了工作牌上的照片"),
    "call.opened": _("发了招募"),
    "application.sent": _("报名了"),
    "application.appointed": _("聘用了报名的人"),
    "application.declined": _("这次没有聘"),
    "application.forgotten": _("清理了没聘上的报名"),
}
"""How the audit says what was done with duty, badges and recruiting."""

PRIVACY_VERBS = {
    "processor.added": _("记了一份委托"),
    "processor.ended": _("结束了一份委托"),
    "demand.noted": _("登记了机关的调取"),
    "demand.agreed": _("同意提供给机关（第一人）"),
    "demand.approved": _("同意提供给机关（第二人）"),
    "demand.given": _("提供给了机关"),
    "demand.refused": _("没有提供给机关"),
    "demand.told": _("把机关的调取告诉了本人"),
    "demand.kept_untold": _("依法没有告诉本人"),
    "demand.forgotten": _("清理了旧的调取记录"),
}
"""How the audit says what was done with entrustings and demands."""
