"""A new community, set up in the browser by an administrator: two spreadsheets, a charter, and the first report."""

from __future__ import annotations

from linli.batches.rules import write_xlsx
from tests.journeys.conftest import DESK, follow, press

PLACES = (
    ("代码", "名称", "级别", "上级代码", "社区", "小区", "楼栋", "单元", "户号", "面积（㎡）"),
    ("990101001003", "向阳社区", "社区", "990101001", "", "", "", "", "", ""),
    *(
        ("", "", "", "", "990101001003", "向阳里", f"{house}号楼", f"{door}单元", f"{floor}01", "88.12")
        for house in (1, 2)
        for door in ("东", "西")
        for floor in range(1, 7)
    ),
)
PEOPLE = (
    ("姓名", "电话", "岗位", "单位", "范围"),
    ("央金", "13900020001", "社区窗口", "向阳社区居委会", "向阳社区"),
    ("罗布", "13900020002", "社区书记", "向阳社区居委会", "向阳社区"),
    ("刘师傅", "13900020003", "物业维修员", "向阳物业", "向阳里"),
    ("普布", "13900020004", "楼长", "向阳社区居委会", "向阳里 1号楼"),
)
CHARTER = """[charter]
extends = "cn-default"
title = { zh = "向阳社区章程" }

[classes.G]
finish = "3个工作日"

[phones.office]
zh = "向阳社区居委会"
number = "08916000000"
"""


def brought_in(page, server, name, table, shot):
    """Upload a table, look through what it would do, take it in."""
    sheet = {"name": f"{name}.xlsx", "mimeType": "application/octet-stream", "buffer": write_xlsx(table[0], table[1:])}
    page.locator("input[type=file]").set_input_files(sheet)
    press(page, "上传，先看一遍")
    shot(page, f"founding-{name}-columns")
    press(page, "逐行核对")
    server.tick()
    page.reload()
    shot(page, f"founding-{name}-checked")
    press(page, "确认录入")
    server.tick()
    page.reload()
    shot(page, f"founding-{name}-done")
    added = page.locator(".figure").filter(has_text="新增")
    assert str(len(table) - 1) in added.inner_text()


def body_added(page, name, kind, place):
    """A unit of the new community."""
    page.goto("/bodies/")
    follow(page, "添一个单位")
    page.get_by_label("名称", exact=True).fill(name)
    page.get_by_label("类别").select_option(label=kind)
    page.get_by_label("负责的地方").fill(place)
    page.get_by_label("工作电话（公开）").fill("0891-6000000")
    press(page, "存下来")


def first_report(neighbour, shot):
    """A neighbour without a poster chooses the place step by step, and says what is wrong."""
    neighbour.goto("/report/")
    for place in ("示范区", "雪山街道", "向阳社区", "向阳里", "1号楼", "东单元"):
        link = neighbour.get_by_role("link", name=place, exact=True)
        if link.count():
            link.click()
            neighbour.wait_for_load_state()
    shot(neighbour, "founding-place")
    neighbour.get_by_role("link", name="就在").click()
    neighbour.get_by_label("说说怎么了").fill("单元门口的灯不亮")
    neighbour.get_by_text("像是这一类").wait_for()
    neighbour.locator("#tiles").get_by_text("楼道灯").click()
    press(neighbour, "送出")
    neighbour.wait_for_url("**/receipt/**")
    shot(neighbour, "founding-receipt")
    assert "已送到向阳社区居委会" in neighbour.locator(".standing").inner_text()


def test_new_community_is_set_up_and_its_first_report_is_filed(as_role, visit, server, shot):
    boss = as_role("administrator", DESK)
    boss.goto("/places/")
    follow(boss, "上传表格")
    brought_in(boss, server, "places", PLACES, shot)
    body_added(boss, "向阳社区居委会", "社区居委会", "向阳社区")
    body_added(boss, "向阳物业", "物业公司", "向阳里")
    boss.goto("/people/")
    follow(boss, "上传表格")
    brought_in(boss, server, "people", PEOPLE, shot)
    boss.goto("/places/?q=向阳社区")
    boss.get_by_role("link", name="向阳社区").first.click()
    follow(boss, "这里的章程")
    follow(boss, "改章程")
    file = {"name": "章程.toml", "mimeType": "application/toml", "buffer": CHARTER.encode()}
    boss.get_by_label("选一个文件").set_input_files(file)
    press(boss, "先检查")
    shot(boss, "founding-charter-checked")
    press(boss, "启用这一版")
    shot(boss, "founding-charter")
    assert "向阳社区章程" in boss.locator("main").inner_text()

    first_report(visit(), shot)
    (first,) = server.rows("SELECT number, state FROM matters_matter ORDER BY id DESC LIMIT 1")
    assert first["state"] == "SUBMITTED"
    assert first["number"].endswith("000001-" + first["number"][-1])
