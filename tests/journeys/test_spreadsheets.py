"""An office's own spreadsheets: last year's ledger on the start page, and an unclean house list moving in."""

from __future__ import annotations

import io

import openpyxl
import pytest

from linli.batches.tests import workbooks
from tests.journeys.conftest import DESK, PHONE, follow, press

HOUSES = [
    ["雪莲社区房屋登记表", "", "", "", "", ""],
    ["填报单位：雪莲社区", "", "", "2026年10月", "", ""],
    ["房屋坐落", "小区", "户主", "", "建筑面积", "民族"],
    ["", "", "姓名", "电话", "", ""],
    ["３#-东-901", "雪莲苑", "央珍", "13800138000", "88.12㎡", "藏"],
    ["三号楼东单元902", "", "卓玛", "13900139000", 90, "汉"],
    ["3栋东单元903", "", "扎西", "13700137000", "八十", "汉"],
]
MERGED = [(0, 0, 0, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4), (2, 5, 3, 5), (4, 1, 6, 1)]


def width_of(page):
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_last_year_is_shown_from_the_start_page_without_script(visit, server, shot, size):
    page = visit(size, javascript=False)
    page.goto("/")
    ledger = page.request.get("/last-year/sample.xlsx").body()
    before = server.rows("SELECT count(*) AS n FROM audit_auditrecord")
    shot(page, f"year-start-{size[0]}")
    assert width_of(page) <= size[0]
    page.get_by_label("去年的台账").set_input_files({"name": "台账.xlsx", "mimeType": "x/x", "buffer": ledger})
    press(page, "看一看")
    page.get_by_role("heading", name="反复出问题的地方").wait_for()
    shot(page, f"year-result-{size[0]}")
    assert width_of(page) <= size[0]
    with page.expect_download() as taken:
        press(page, "下载填好的年度表")
    sheet = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    assert "合计" in [row[0] for row in sheet.iter_rows(values_only=True)]
    assert server.rows("SELECT count(*) AS n FROM audit_auditrecord") == before


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_unclean_house_list_is_looked_through(as_role, server, shot, size):
    page = as_role("secretary", size)
    page.goto("/batches/")
    shot(page, f"sheets-list-{size[0]}")
    page.goto("/batches/new/places/")
    shot(page, f"sheets-new-{size[0]}")
    file = {"name": "房屋.xls", "mimeType": "application/vnd.ms-excel", "buffer": workbooks.xls(HOUSES, MERGED)}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "上传，先看一遍")
    page.get_by_text("不记民族和宗教").wait_for()
    shot(page, f"sheets-columns-{size[0]}")
    assert width_of(page) <= size[0]
    page.get_by_label("给这套对应起个名，下次直接用").fill("房屋表")
    press(page, "逐行核对")
    server.tick()
    page.reload()
    shot(page, f"sheets-preview-{size[0]}")
    assert "系统里有、这份文件里没有" in page.locator("main").inner_text()
    assert "面积“八十”读不出来" in page.locator("main").inner_text()
    page.goto("/batches/mappings/places/")
    shot(page, f"sheets-mappings-{size[0]}")
    with page.expect_download():
        follow(page, "下载对应")
    assert server.rows("SELECT name FROM batches_savedmapping") == [{"name": "房屋表"}]
