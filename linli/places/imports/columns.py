"""What a table of places may hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.batches.rules import Column
from linli.places.rules import tree

COLUMNS = (
    Column("code", _("代码"), aliases=("code", "区划代码", "编码", "统计用区划代码")),
    Column("name", _("名称"), aliases=("name", "地名")),
    Column("level", _("级别"), aliases=("level", "类型")),
    Column("parent_code", _("上级代码"), aliases=("parent", "streetCode", "areaCode")),
    Column("community", _("社区"), aliases=("社区代码", "社区名称", "村居", "所属社区"), example="530199001001"),
    Column("compound", _("小区"), aliases=("小区名称", "院落", "所属小区"), example="雪莲苑"),
    Column("building", _("楼栋"), aliases=("楼号", "栋", "幢", "栋号", "楼栋号", "幢号", "楼"), example="2号楼"),
    Column("stairwell", _("单元"), aliases=("单元号", "梯", "门洞"), example="东单元"),
    Column("home", _("户号"), aliases=("房号", "室号", "门牌号", "户室号", "房间号", "房屋编号", "室"), example="501"),
    Column("address", _("房屋坐落"), aliases=("坐落", "地址", "房屋地址", "详细地址", "住址", "门牌", "房屋位置")),
    Column("area", _("面积（㎡）"), aliases=("建筑面积", "面积", "房屋面积", "套内面积", "area"), example="89.50"),
    Column("name_bo", _("藏文名称"), aliases=("name_bo",)),
    Column("name_en", _("英文名称"), aliases=("name_en",)),
    Column("latitude", _("纬度"), aliases=("latitude", "lat")),
    Column("longitude", _("经度"), aliases=("longitude", "lng", "lon")),
    Column("crs", _("坐标系"), aliases=("crs",)),
)
TEMPLATE = (
    ("530199001001", "雪莲社区", "社区", "530199001", *[""] * 12),
    ("", "", "", "", "530199001001", "雪莲苑", "2号楼", "东单元", "501", "", "89.50", *[""] * 5),
    ("", "", "", "", "530199001001", "雪莲苑", "2号楼", "东单元", "502", "", "90.20", *[""] * 5),
)
LEVEL_NAMES = {
    **{name: name for name in tree.WORDS},
    **dict.fromkeys(("区县", "区", "县"), tree.DISTRICT),
    **dict.fromkeys(("街道", "乡镇", "镇", "乡"), tree.STREET),
    **dict.fromkeys(("社区", "村", "居委会", "村委会"), tree.COMMUNITY),
    **dict.fromkeys(("小区", "院落"), tree.COMPOUND),
    **dict.fromkeys(("楼栋", "楼", "栋"), tree.BUILDING),
    **dict.fromkeys(("单元", "梯"), tree.STAIRWELL),
    **dict.fromkeys(("户", "房屋", "室"), tree.HOME),
    "网格": tree.GRID,
    "站点": tree.STATION,
    "公共部位": tree.SPOT,
}
