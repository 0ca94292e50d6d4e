"""What can be wrong in a charter, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Any] = {
    "syntax": _("这一行不是正确的 TOML：%(detail)s"),
    "too_large": _("文件太大，章程最多 %(most)s KB"),
    "unknown_key": _("不认识这一项。这里可以写：%(known)s"),
    "unknown_near": _("不认识这一项，是不是想写 %(near)s？"),
    "not_table": _("这里应当是一节，写成 [%(section)s]"),
    "not_words": _("应当写成文字，或 { zh = “…”, bo = “…”, en = “…” }，中文不能少"),
    "not_text": _("应当是一行文字，不超过1000字"),
    "not_time": _("应当是时刻，例如 18:00"),
    "not_hours": _("应当是先后排好的时段，例如 [“09:00-12:30”, “14:00-18:00”]"),
    "not_span": _("应当是一段时间，例如 30分钟、2小时、5个工作日、当天"),
    "not_int": _("应当是整数"),
    "not_bool": _("应当是 true 或 false"),
    "not_texts": _("应当是一列文字，写在方括号里"),
    "not_ints": _("应当是一列整数，写在方括号里"),
    "not_choice": _("只能是：%(choices)s"),
    "not_in_range": _("只能在 %(low)s 到 %(high)s 之间"),
    "missing": _("缺少这一项"),
    "no_other": _("“别的事”（other）不能去掉：总要有一个可选的"),
    "no_such_class": _("没有时限类“%(value)s”，只有：%(choices)s"),
    "no_such_group": _("没有分组“%(value)s”，请先在 [groups] 里写上"),
    "no_such_phone": _("没有电话“%(value)s”，请先在 [phones] 里写上"),
    "no_such_profile": _("没有名为“%(value)s”的底稿，可用：%(choices)s"),
    "unsafe_phone": _("电话只能写数字、空格和 + - ( )"),
    "looser": _("比国家底线宽松：底线是%(bound)s%(floor)s，章程只能更严。依据：%(article)s"),
    "fixed": _("这一项不能改，规定是 %(floor)s。依据：%(article)s"),
    "no_new": _("这是规定好的清单，不能增加。依据：%(article)s"),
    "no_less": _("这一条不能去掉。依据：%(article)s"),
    "nothing_to_remove": _("没有这一条，去不掉"),
    "no_days": _("每月至少要有一个议事日"),
    "few_hours": _("每个工作日至少6小时，不然按工作小时算的期限会被拖长"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is (key path, line if it could be found), and what to do about it."""

    path: str
    code: str
    line: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The fault in the reader's language."""
        return str(FAULTS[self.code]) % dict(self.values) if self.values else str(FAULTS[self.code])

    def __str__(self) -> str:
        where = f"{self.line}: " if self.line else ""
        return f"{where}{self.path or '-'}: {self.words}"
