"""The office's own jobs, done by hand: people, doors, places, rules, and the record of it all."""

from __future__ import annotations

import re

import pyotp

from tests.journeys.conftest import DESK, follow, press

WORDS = "一句很长很好记的话 2026"


def sign_in(page, login, passphrase):
    page.goto("/sign-in/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(passphrase)
    press(page, "登录")


def appointed(boss, shot):
    """Add somebody, give two posts, open the door; the code on the slip."""
    boss.goto("/people/")
    follow(boss, "添一个人")
    boss.get_by_label("姓名", exact=True).fill("卓玛")
    press(boss, "存下来")
    for post in ("grid_worker", "secretary"):
        boss.get_by_label("岗位").select_option(post)
        boss.get_by_label("单位").select_option(label="雪莲社区居委会")
        press(boss, "存下来")
        shot(boss, f"offices-appointed-{post}")
        if post == "grid_worker":
            follow(boss, "给一个岗位")
    follow(boss, "账号和开通单")
    boss.get_by_label("登录名").fill("zhuoma")
    press(boss, "开通，并给开通单")
    shot(boss, "offices-slip")
    code = boss.locator("dd code").inner_text()
    follow(boss, "交给本人了")
    return code


def test_new_clerk_is_appointed_gets_in_and_leaves(as_role, visit, shot):
    boss, clerk = as_role("administrator", DESK), visit(DESK)
    slip = appointed(boss, shot)
    clerk.goto("/sign-in/")
    follow(clerk, "拿到了开通单？在这里设密码")
    for label, words in (("登录名", "zhuoma"), ("开通码", slip), ("新密码", WORDS), ("再写一遍", WORDS)):
        clerk.get_by_label(label).fill(words)
    press(clerk, "设好密码，进来")
    shot(clerk, "offices-first-time-in")
    second_factor(clerk, shot)
    clerk.goto("/hats/")
    shot(clerk, "offices-hats")
    press(clerk, "换成社区书记")
    assert "社区书记" in clerk.locator("header").inner_text()
    clerk.goto("/account/")
    press(clerk, "退出")
    sign_in(clerk, "zhuoma", "不对的密码，试一试看")
    assert "不对" in clerk.locator("main").inner_text()
    sign_in(clerk, "zhuoma", WORDS)
    shot(clerk, "offices-code-asked")
    assert "再确认一步" in clerk.locator("h1").inner_text()
    boss.get_by_role("link", name="结束这个岗位").first.click()
    press(boss, "存下来")
    shot(boss, "offices-ended")
    assert boss.get_by_role("link", name="结束这个岗位").count() == 1


def second_factor(page, shot):
    """Set up the authenticator, with the letters under the picture."""
    page.goto("/account/")
    shot(page, "offices-account")
    follow(page, "设动态码")
    secret = re.search(r"[A-Z2-7]{32}", page.locator("main").inner_text())[0]
    page.get_by_label("动态码").fill(pyotp.TOTP(secret).now())
    press(page, "确认")
    shot(page, "offices-recovery")


def test_look_is_seen_and_wishes_are_kept(as_role, shot):
    desk = as_role("desk", DESK)
    desk.goto("/people/?q=德吉央宗")
    desk.get_by_role("link", name="德吉央宗").click()
    press(desk, "显示号码")
    shot(desk, "offices-no-purpose")
    assert "139****0001" in desk.locator("main").inner_text()
    desk.get_by_text("约上门处理的时间").click()
    press(desk, "显示号码")
    shot(desk, "offices-number")
    assert "13900000001" in desk.locator("main").inner_text()

    elder = as_role("elder")
    elder.goto("/me/")
    elder.get_by_role("link", name="谁看过我的信息").click()
    shot(elder, "offices-looks")
    seen = elder.locator("main").inner_text()
    assert "李文静" in seen
    assert "约上门处理的时间" in seen
    elder.goto("/me/channels/")
    elder.get_by_text("中文", exact=True).click()
    elder.get_by_text("短信", exact=True).click()
    elder.get_by_label("从几点起别打扰").fill("21:00")
    elder.get_by_label("到几点为止").fill("08:00")
    press(elder, "存下来")
    shot(elder, "offices-kept")
    elder.goto("/me/consents/contact/")
    elder.get_by_text("我看明白了，同意").click()
    press(elder, "同意")
    shot(elder, "offices-consented")
    elder.get_by_role("link", name="打电话、发短信告诉我社区的事").click()
    press(elder, "撤回，马上停用")
    shot(elder, "offices-withdrawn")
    assert "已撤回" in elder.locator("main").inner_text()


def test_sheet_with_bad_rows_is_looked_through_first(as_role, server, shot):
    page = as_role("administrator", DESK)
    page.goto("/places/")
    follow(page, "上传表格")
    shot(page, "offices-upload")
    rows = [
        "社区,小区,楼栋,单元,户号,面积",
        "雪莲社区,雪莲苑,7号楼,东单元,101,88.1",
        "雪莲社区,雪莲苑,7号楼,东单元,102,很大",
        "没有的社区,雪莲苑,7号楼,东单元,103,88.1",
    ]
    sheet = {"name": "楼栋.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode("gb18030")}
    page.locator("input[type=file]").set_input_files(sheet)
    press(page, "上传，先看一遍")
    shot(page, "offices-sheet-columns")
    press(page, "逐行核对")
    server.tick()
    page.reload()
    shot(page, "offices-sheet-checked")
    assert "很大" in page.locator("main").inner_text()
    press(page, "确认录入")
    assert "2 行有问题" in page.locator("main").inner_text()
    page.get_by_label("先录没问题的行").click()
    press(page, "确认录入")
    server.tick()
    page.reload()
    shot(page, "offices-sheet-done")
    page.goto("/places/?q=7号楼")
    assert "雪莲苑 7号楼东单元101" in page.locator("main").inner_text()


def test_rules_are_changed_and_nothing_is_forgotten(as_role, shot):
    page = as_role("administrator", DESK)
    page.goto("/charters/990101001001/change/")
    loose = '[charter]\nextends = "cn-default"\ntitle = { zh = "雪莲社区章程" }\n\n[classes.G]\nfinish = "20个工作日"\n'
    page.get_by_label("内容").fill(loose)
    press(page, "先检查")
    shot(page, "offices-charter-refused")
    assert "比国家底线宽松" in page.locator("main").inner_text()
    auditor = as_role("auditor", DESK)
    auditor.goto("/audit/")
    shot(auditor, "offices-audit")
    auditor.get_by_role("link", name="谁看个人信息最多").click()
    shot(auditor, "offices-viewers")
    assert "李文静" in auditor.locator("main").inner_text()
