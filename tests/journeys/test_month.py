"""What the secretary does at the end of a month: what is late, the figures and the matters behind them, a list."""

from __future__ import annotations

import io
import re

import openpyxl

from tests.journeys.conftest import DESK, follow, press

LATE = (
    "SELECT count(*) AS n, count(ticket.supervised_at) AS supervised FROM matters_matter matter"
    " JOIN tickets_ticket ticket ON ticket.matter_id = matter.id"
    " WHERE matter.phase = 'open' AND matter.due_at < datetime('now')"
)
PURPOSE = "逐户打电话，约下周来开灯具验收会"


def test_secretary_sees_what_is_late_and_what_the_figures_count(as_role, server, shot):
    page = as_role("secretary", DESK)
    page.goto("/desk/")
    follow(page, "超时和督办")
    shot(page, "month-overdue")
    (late,) = server.rows(LATE)
    assert page.locator("main tbody tr").count() == late["n"]
    follow(page, "督办的")
    shot(page, "month-supervised")
    assert page.locator("main tbody tr").count() == late["supervised"] >= 1

    page.goto("/figures/")
    page.locator("summary", has_text="这个月").click()
    follow(page, "上个月")
    shot(page, "month-figures")
    rate = page.locator(".figure").filter(has_text="按时办结率")
    part, whole = map(int, re.search(r"(\d+) / (\d+)", rate.inner_text()).groups())
    rate.get_by_role("link").first.click()
    shot(page, "month-rows")
    assert f"{whole} 件" in page.locator("main .lead").inner_text()
    page.get_by_role("navigation", name="看哪些").get_by_role("link").nth(1).click()
    shot(page, "month-short")
    assert f"{whole - part} 件" in page.locator("main .lead").inner_text()
    page.locator("main .rows a").first.click()
    shot(page, "month-matter")
    assert page.locator(".thread").count() >= 1


def test_list_leaves_plainly_by_one_and_with_telephones_by_two(as_role, visit, shot):
    page = as_role("secretary", DESK)
    page.goto("/desk/")
    follow(page, "导出清单")
    shot(page, "month-exports")
    count = int(re.search(r"选到 (\d+) 件", page.locator("main").inner_text())[1])
    with page.expect_download() as plain:
        follow(page, "下载 Excel")
    assert len(cells(plain.value)) == count + 1
    assert "1390001" not in str(cells(plain.value))

    page.get_by_text("要带称呼、电话和原话的？").click()
    page.get_by_label("拿来做什么").fill(PURPOSE)
    press(page, "申请")
    page.get_by_text(PURPOSE).wait_for()
    shot(page, "month-asked")
    assert page.get_by_role("button", name="同意").count() == 0  # nobody agrees with oneself

    officer = as_role("street", DESK)
    officer.goto("/exports/")
    officer.get_by_role("link", name=PURPOSE).click()
    shot(officer, "month-decide")
    press(officer, "同意")
    officer.get_by_text("同意了。").wait_for()

    page.reload()
    shot(page, "month-agreed")
    with page.expect_download() as named:
        press(page, "下载 Excel")
    assert "13900000001" in str(cells(named.value))  # the resident of 72, who has an account
    page.reload()
    assert page.get_by_role("button", name="下载 Excel").count() == 0
    elder = as_role("elder")
    elder.goto("/me/looks/")
    shot(elder, "month-looks")
    assert "反映的话\n" in elder.locator("main").inner_text()
    assert PURPOSE in elder.locator("main").inner_text()


def cells(download):
    """The rows of a downloaded workbook."""
    return list(openpyxl.load_workbook(io.BytesIO(download.path().read_bytes())).active.values)
