"""What modules below the register hold, which do not know of it: they let go of it by their own clocks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.people.held import Field, Holding


def _nothing(_person_uid: str) -> list[dict[str, Any]]:
    return []


def _stays(_person_uid: str, _actor: Actor) -> None:
    return


def _by_its_own_clock(_now: datetime) -> int:
    return 0


def let_go_in_time(name: str, words: Any, *fields: Field) -> Holding:
    """What a module holds that nobody asks back one by one: its own clock lets go of it."""
    return Holding(name, words, export=_nothing, erase=_stays, retain=_by_its_own_clock, fields=fields)


_PROOF, _THREE = _("查得出谁看过、改过个人信息"), _("3 年")
_IMPORT, _TAKEN = _("把表格里的内容录进来"), _("录完就清空；没确认的 30 天后删")

BATCHES = let_go_in_time(
    "batches",
    _("导入的表格"),
    Field("batches.batchrow.raw", _("表格里的一行"), _IMPORT, "legal_duty", _TAKEN, "L2"),
    Field("batches.batch.gone", _("新表里没有了的人和地点的名字"), _IMPORT, "legal_duty", _TAKEN, "L2"),
    Field("batches.batch.owner_uid", _("上传的账号"), _IMPORT, "legal_duty", _THREE, "L1"),
    Field("batches.batch.owner_name", _("上传的人"), _IMPORT, "legal_duty", _THREE, "L1"),
)
AUDIT = let_go_in_time(
    "audit",
    _("操作和查看记录"),
    Field("audit.auditrecord.person_uid", _("看了、改了谁的信息（编号）"), _PROOF, "legal_duty", _THREE, "L2"),
    Field("audit.auditrecord.actor_uid", _("谁做的（编号）"), _PROOF, "legal_duty", _THREE, "L2"),
    Field("audit.auditrecord.account_uid", _("用哪个账号做的（编号）"), _PROOF, "legal_duty", _THREE, "L2"),
    Field("audit.auditrecord.address", _("网络地址"), _PROOF, "legal_duty", _THREE, "L2"),
)
CHARTERS = let_go_in_time(
    "charters",
    _("社区章程的版本"),
    Field(
        "charters.charterversion.account_uid",
        _("提出的账号（编号）"),
        _("查得出谁改了规则"),
        "legal_duty",
        _("一直保存"),
        "L1",
    ),
)
BELOW = (BATCHES, AUDIT, CHARTERS)
