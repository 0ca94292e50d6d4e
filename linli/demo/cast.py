"""The invented neighbourhood: 雪莲苑, six buildings, 486 homes, and the people who live and work there.

Nobody here exists. Codes begin with 99, which no county has; telephone numbers are in the range kept for fiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

DISTRICT = ("990101", "示范区", "དཔེ་སྟོན་ཆུས།", "Demo District")
STREET = ("990101001", "雪山街道", "གངས་རི་ཁྲོམ་གཞུང་།", "Snow Mountain Street")
COMMUNITY = ("990101001001", "雪莲社区", "གངས་མེད་སྡེ་ཁུལ།", "Snow Lotus Community")
NEXT_DOOR = ("990101001002", "祥和社区", "བཀྲ་ཤིས་སྡེ་ཁུལ།", "Auspicious Harmony Community")
COMPOUND = ("雪莲苑", "གངས་མེད་སྡོད་ཁུལ།", "Snow Lotus Court")

BUILDINGS = tuple(f"{number}号楼" for number in range(1, 7))
STAIRWELLS = ("东单元", "中单元", "西单元")
FLOORS = 9
HOMES_PER_FLOOR = 3
AREAS_CENTI = (8812, 10436, 7250)
"""Floor areas of a landing's three flats, in 0.01 m²."""
SPOTS = ("中心花园", "地下车库", "南门", "北门", "垃圾房", "儿童乐园")


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody one can be on the start page: slug, name, the words of the card, the post worn, where."""

    slug: str
    name: str
    words: Any
    post: str
    place: str = "compound"
    body: str = ""
    name_bo: str = ""
    language: str = "zh-hans"
    wants_large: bool = False


BODIES = {
    "office": ("雪莲社区居委会", "community_office", "community"),
    "company": ("暖阳物业雪莲苑项目部", "company", "compound"),
    "committee": ("雪莲苑业主委员会", "owners_committee", "compound"),
    "branch": ("雪莲苑党支部", "branch", "compound"),
    "street": ("雪山街道办事处", "street_office", "street"),
    "district": ("示范区民政局", "district_office", "district"),
    "lift": ("稳达电梯维保公司", "company", "district"),
    "next": ("祥和社区居委会", "community_office", "next_door"),
}

ROLES = (
    Role("elder", "德吉央宗", _("72 岁的居民"), "resident", "2号楼东单元",
         name_bo="བདེ་སྐྱིད་གཡང་འཛོམས།", language="bo", wants_large=True),
    Role("owner", "周小满", _("年轻业主"), "resident", "3号楼中单元"),
    Role("captain", "索朗曲珍", _("楼栋长"), "captain", "2号楼", "office", name_bo="བསོད་ནམས་ཆོས་སྒྲོན།"),
    Role("grid", "旦增旺姆", _("网格员"), "grid_worker", "compound", "office", name_bo="བསྟན་འཛིན་དབང་མོ།"),
    Role("desk", "李文静", _("社区前台"), "desk", "community", "office"),
    Role("repairman", "马国强", _("维修师傅"), "property_staff", "compound", "company"),
    Role("manager", "张恒", _("物业经理"), "property_manager", "compound", "company"),
    Role("chair", "次仁多吉", _("业委会主任"), "committee", "compound", "committee", name_bo="ཚེ་རིང་རྡོ་རྗེ།"),
    Role("secretary", "拉姆", _("社区书记"), "secretary", "community", "office", name_bo="ལྷ་མོ།"),
    Role("branch", "巴桑", _("支部书记"), "branch_secretary", "compound", "branch", name_bo="པ་སངས།"),
    Role("street", "陈立", _("街道"), "street_officer", "street", "street"),
    Role("district", "何敏", _("区里"), "district_officer", "district", "district"),
    Role("auditor", "宋岩", _("审计员"), "auditor", "community", "office"),
    Role("administrator", "格桑", _("系统管理员"), "administrator", "", name_bo="སྐལ་བཟང་།"),
    Role("stranger", "吴桐", _("隔壁社区的人"), "desk", "next_door", "next"),
)  # fmt: skip
