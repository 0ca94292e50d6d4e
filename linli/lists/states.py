"""The way of a request for a list with personal data: asked, decided by somebody else, taken once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.core.flow import Flow, Move, Phase, State

ASKED, APPROVED, REFUSED, TAKEN = "ASKED", "APPROVED", "REFUSED", "TAKEN"

FLOW = Flow(
    ASKED,
    [
        State(ASKED, Phase.OPEN, _("等第二个人同意")),
        State(APPROVED, Phase.OPEN, _("同意了，可以下载一次")),
        State(REFUSED, Phase.DONE, _("没有同意")),
        State(TAKEN, Phase.DONE, _("已经下载")),
    ],
    [
        Move("approve", (ASKED,), APPROVED, _("同意")),
        Move("refuse", (ASKED,), REFUSED, _("不同意")),
        Move("take", (APPROVED,), TAKEN, _("下载")),
    ],
)
