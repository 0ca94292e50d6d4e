"""What a list of old reports may hold, and the mappings and tables of types that are shipped as files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.batches.rules import Column
from linli.lists.imports.reading import plain

COLUMNS = (
    Column("number", _("编号"), True, ("工单编号", "受理编号", "案件编号", "诉求编号", "工单号"), "2025-0001"),
    Column(
        "opened_at", _("时间"), True, ("受理时间", "来电时间", "反映时间", "登记时间", "创建时间"), "2025-03-04 09:30"
    ),
    Column("title", _("标题"), False, ("主题", "诉求标题"), "楼道灯不亮"),
    Column("words", _("内容"), False, ("诉求内容", "问题描述", "详情"), "二楼到三楼的灯不亮，晚上看不见。"),
    Column("nature", _("性质"), False, ("诉求性质", "诉求类型"), "投诉"),
    Column("type", _("分类"), False, ("一级分类", "类别", "问题类型"), ""),
    Column("main_type", _("大类"), False, ("二级分类",), ""),
    Column("sub_type", _("小类"), False, ("三级分类",), "路灯"),
    Column("via", _("来源"), False, ("来源渠道", "受理渠道", "渠道"), "12345"),
    Column("district", _("区"), False, ("区县", "所属区"), ""),
    Column("street", _("街道"), False, ("街道乡镇", "所属街道"), "湖滨街道"),
    Column("community", _("社区"), False, ("村居", "所属社区"), "雪莲社区"),
    Column(
        "address",
        _("地点"),
        False,
        ("地址", "位置", "详细地址", "事发地点", "发生地点", "具体位置", "楼栋", "房号"),
        "雪莲苑 2号楼",
    ),
    Column("unit_no", _("承办单位编号"), False, (), ""),
    Column("unit", _("承办单位"), False, ("处置单位", "责任单位", "办理单位"), "安和物业"),
    Column("in_time", _("按时"), False, ("是否按时", "按期办结", "是否按期"), "是"),
    Column("overdue", _("超时"), False, ("是否超时", "超期"), ""),
    Column("closed_at", _("办结时间"), False, ("结案时间", "完成时间"), "2025-03-05 16:00"),
    Column("likes", _("点赞"), False, ("点赞数",), ""),
    Column("dislikes", _("反对"), False, ("反对数",), ""),
)
SHIPPED = {
    name: tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("hotline", "messages")
}
MAPPINGS: dict[str, dict[str, str]] = {name: shipped["columns"] for name, shipped in SHIPPED.items()}


def _table() -> dict[tuple[str, str], str]:
    """Main and sub type, as the file writes them, to our category."""
    found: dict[tuple[str, str], str] = {}
    for shipped in SHIPPED.values():
        groups: dict[str, dict[str, str]] = shipped.get("categories", {})
        for main, subs in groups.items():
            found |= {(plain(main), plain(sub)): code for sub, code in subs.items()}
    return found


CATEGORIES = _table()


def category_of(types: tuple[str, ...], known: dict[str, Any]) -> str:
    """Our category for a type, where it surely is one that the charter knows; "" otherwise. Nothing is guessed."""
    _type, main, sub = types
    code = CATEGORIES.get((main, sub)) or CATEGORIES.get((main, "*"), "")
    if not code:
        last = sub or main or _type
        code = next((each.code for each in known.values() if last and last in {each.code, str(each.words.zh)}), "")
    return code if code in known else ""
