"""What the spine holds about a person: who follows, who has looked, who acted, and the words of the story."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.core.times import say_moment
from linli.matters.models import Follower
from linli.people.held import Field, Holding

SHOWN = 500


def _export(person_uid: str) -> list[dict[str, Any]]:
    mine = Follower.objects.filter(person__uid=person_uid).select_related("matter").order_by("-id")
    what = str(_("您跟着的事"))
    return [{"what": what, "number": row.matter.number, "from": say_moment(row.at)} for row in mine[:SHOWN]]


def _erase(person_uid: str, actor: Actor) -> None:
    from linli.matters.actions import forget_person

    forget_person(actor=actor, person_uid=person_uid)


def _by_its_kind(_now: datetime) -> int:
    return 0


_DUTY, _STORY = _("知道谁在办、告诉谁"), _("说得清每一步是谁办的、怎么办的")
_UNTIL, _LEFT = _("不再跟着、注销为止"), _("注销为止")
_LONG = _("办结三年后去掉")
_STAYS = _("一直保存；注销后只剩一个没有名字的编号")

MATTERS = Holding(
    name="matters",
    words=_("事项的经过"),
    export=_export,
    erase=_erase,
    retain=_by_its_kind,
    fields=(
        Field("matters.matter.holder_person", _("谁在办"), _DUTY, "legal_duty", _STAYS, "L1"),
        Field("matters.follower.person", _("谁跟着这件事"), _DUTY, "legal_duty / consent", _UNTIL, "L2"),
        Field("matters.seen.person", _("经办人里谁看过"), _DUTY, "legal_duty", _LEFT, "L1"),
        Field("matters.entry.person_uid", _("这一步是谁办的（编号）"), _STORY, "legal_duty", _STAYS, "L1"),
        Field("matters.handover.person", _("离任交接：谁离任"), _DUTY, "legal_duty", _STAYS, "L1"),
        Field("matters.handover.successor", _("离任交接：谁接手"), _DUTY, "legal_duty", _STAYS, "L1"),
        Field("matters.handover.made_by", _("离任交接：谁办的"), _DUTY, "legal_duty", _STAYS, "L1"),
        Field("matters.note.words", _("这一步写的话"), _STORY, "legal_duty", _LONG, "L2"),
    ),
)
