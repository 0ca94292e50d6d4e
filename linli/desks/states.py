"""Words of staff's pages: the desk's lists, why a deadline is what it is, what a picture shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.flow import Phase

SHOWN: dict[str, Any] = {
    "new": _("要定的"),
    "mine": _("我手上的"),
    "overdue": _("超时的"),
    "callback": _("要回电话的"),
    "waiting": _("停着的"),
    "check": _("等核对的"),
    "rating": _("等打分的"),
    "review": _("要重新看的"),
    "all": _("全部"),
}
"""The lists of the desk, by the name that stands in the address."""

DUE_WORDS = {
    "report": _("按“%(words)s”：从反映起%(span)s内办好。"),
    "order": _("按“%(words)s”：从交办起%(span)s内办好。"),
    "same_day": _("按“%(words)s”：当天 24:00 前；%(until)s 以后反映的，24 小时内。"),
    "next_meeting": _("按“%(words)s”：每月 %(days)s 日议事，提前 %(hours)s 小时报上来的上最近一次。"),
    "by_law": _("按“%(words)s”：法律另定期限，交办时写明是哪一天。"),
    "none": _("这一类没有办结期限。"),
}
"""Why a report is due when it is, by `rules.ground_of`."""

PICTURES = {"reported": _("反映时的照片"), "before": _("办之前"), "after": _("办好以后"), "proof": _("依据")}
"""What each kind of picture shows."""

GROUP_LINES: dict[str, Any] = {
    Phase.OPEN: _("【%(what)s】%(state)s。\n%(who)s在办%(due)s%(more)s"),
    Phase.WAITING: _("【%(what)s】%(state)s。\n在%(who)s手里%(due)s%(more)s"),
    Phase.DONE: _("【%(what)s】%(state)s。\n谢谢大家%(due)s%(more)s"),
}
"""What goes to the residents' group, by phase."""
