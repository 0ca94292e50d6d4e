"""What messages hold about a person: to show, hand over and erase. The clock lets old ones go (PRV-030)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.core.times import say_moment
from linli.notices.models import Notice
from linli.notices.rules import CODES
from linli.people.held import Field, Holding

SHOWN = 500


def _export(person_uid: str) -> list[dict[str, Any]]:
    mine = Notice.objects.filter(person__uid=person_uid).exclude(kind__in=CODES).order_by("-id")
    return [{"what": notice.title, "words": notice.words, "at": say_moment(notice.at)} for notice in mine[:SHOWN]]


def _erase(person_uid: str, actor: Actor) -> None:
    from linli.notices.actions import erase_notices

    erase_notices(actor=actor, person_uid=person_uid)


def _by_its_own_clock(_now: datetime) -> int:
    return 0


_TELL = _("把办理的消息告诉您")
_YEAR, _MONTH = _("1 年"), _("送到就清空；没送到的 30 天后清空")

NOTICES = Holding(
    name="notices",
    words=_("发给您的消息"),
    export=_export,
    erase=_erase,
    retain=_by_its_own_clock,
    fields=(
        Field("notices.notice.person", _("发给谁"), _TELL, "legal_duty / consent", _YEAR, "L2"),
        Field("notices.notice.words", _("消息的内容"), _TELL, "legal_duty / consent", _YEAR, "L2"),
        Field("notices.notice.phone", _("没有登记的人留的电话"), _TELL, "legal_duty / consent", _MONTH, "L2"),
        Field("notices.notice.email", _("没有登记的人留的邮箱"), _TELL, "legal_duty / consent", _MONTH, "L2"),
        Field("notices.reading.person", _("谁看过这条消息"), _TELL, "legal_duty / consent", _YEAR, "L1"),
        Field("notices.delivery.to", _("送到哪个号码"), _TELL, "legal_duty / consent", _MONTH, "L2"),
        Field("notices.delivery.to_index", _("号码的查找摘要"), _TELL, "legal_duty / consent", _YEAR, "L2"),
    ),
)
