"""An invented ledger of one year, as an office keeps it: addresses in many hands, gaps, a lift that fails again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

HEADINGS = ("编号", "反映时间", "地址", "问题描述", "类别", "办理期限", "办结时间", "满意度")
TROUBLES = (
    ("电梯又停了，困在五楼", "电梯", 5, 9),
    ("楼道灯不亮", "路灯", 3, 6),
    ("下水道堵了，反味", "下水道堵", 2, 5),
    ("消防通道停满了车", "", 4, 12),
    ("垃圾没有清", "", 1, 3),
    ("屋顶漏水", "", 5, 20),
)
COUNT = 260


def rows(today: date) -> list[tuple[str, ...]]:
    """The headings and the rows of the year before ``today``; the same for the same day."""
    chance = Random(today.year)  # noqa: S311 - invented data, no secret
    found: list[tuple[str, ...]] = [HEADINGS]
    for number in range(COUNT):
        day = today - timedelta(days=365 - number * 365 // COUNT)
        opened = datetime.combine(day, time(8 + chance.randrange(10), chance.randrange(60)))
        words, kind, due, slow = chance.choice(TROUBLES)
        building = 3 if kind == "电梯" else chance.randrange(1, 7)
        shape = chance.choice(("{0}#-{1}-{2}01", "{0}号楼{1}单元{2}01", "{0}栋{1}单元"))
        closed = opened + timedelta(days=chance.randrange(slow), hours=2)
        is_open = chance.random() < 0.06 or closed.date() >= today
        found.append(
            (
                f"{day.year}-{number + 1:03d}",
                f"{opened:%Y-%m-%d %H:%M}",
                shape.format(building, chance.randrange(1, 3), chance.randrange(1, 7)),
                words,
                kind,
                f"{opened + timedelta(days=due):%Y-%m-%d}" if chance.random() < 0.8 else "",
                "" if is_open else f"{closed:%Y-%m-%d %H:%M}",
                chance.choice(("满意", "满意", "基本满意", "不满意", "", "", "")),
            )
        )
    return found
