"""What the asking for a list holds about a person: who asked, who decided. It stays as the proof of both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.core.times import say_moment
from linli.lists.models import ExportRequest
from linli.people.held import Field, Holding


def _export(person_uid: str) -> list[dict[str, Any]]:
    mine = ExportRequest.objects.filter(asker__uid=person_uid).order_by("-id")
    what = str(_("要过的名单"))
    return [{"what": what, "words": row.purpose, "at": say_moment(row.asked_at)} for row in mine]


def _stays(_person_uid: str, _actor: Actor) -> None:
    return


def _nothing_lapses(_now: datetime) -> int:
    return 0


_PROOF, _STAYS = _("查得出谁为了什么拿走过名单"), _("一直保存；注销后只剩一个没有名字的编号")

LISTS = Holding(
    name="lists",
    words=_("要名单的记录"),
    export=_export,
    erase=_stays,
    retain=_nothing_lapses,
    fields=(
        Field("lists.exportrequest.asker", _("谁要的"), _PROOF, "legal_duty", _STAYS, "L1"),
        Field("lists.exportrequest.decider", _("谁同意或拒绝的"), _PROOF, "legal_duty", _STAYS, "L1"),
    ),
)
