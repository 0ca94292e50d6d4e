"""A report's whole way, as those press it who walk it: on phones, and at the desk by keyboard alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.journeys.conftest import DESK, follow, photo, press

PHONE_NUMBER = "13900019999"
DOOR = (
    "SELECT door.tag FROM places_place door JOIN places_place house ON house.id = door.parent_id"
    " WHERE house.name = ? AND door.name = ?"
)
UID = "SELECT uid FROM matters_matter ORDER BY id DESC LIMIT 1"


@pytest.fixture
def matter(server):
    """``matter(uid)``: what the register says of it."""
    return lambda uid: server.rows("SELECT * FROM matters_matter WHERE uid = ?", uid)[0]


@pytest.fixture
def report(server, shot):
    """``report(page, house, door, words, tile)``: scan the poster of a stairwell, say what is wrong, send; its id."""

    def report(page, house, door, words, tile, *, picture=None):
        (place,) = server.rows(DOOR, house, door)
        page.goto(f"/p/{place['tag']}/")
        shot(page, f"reports-{tile}-poster")
        if picture:
            page.locator("input[data-picked]").set_input_files(picture)
        page.get_by_label("说说怎么了").fill(words)
        page.get_by_text("像是这一类").wait_for()  # the words brought their category to the front by themselves
        page.locator("#tiles").get_by_text(tile).click()
        page.get_by_text("留个电话、说得更细").click()
        page.locator("input[name=reporter_phone]").fill(PHONE_NUMBER)
        shot(page, f"reports-{tile}-written")
        press(page, "送出")
        page.wait_for_url("**/receipt/**")
        shot(page, f"reports-{tile}-receipt")
        return server.rows(UID)[0]["uid"]

    return report


def standing(page):
    """What a resident reads of where it stands."""
    return page.locator(".standing").inner_text()


def handed_out(page, uid):
    """The desk gives it to the body whose duty it is: one key; the next of the list follows."""
    page.goto(f"/desk/{uid}/")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: uid not in url)


def finished(page, uid, words, *, pictures=(), shot=None):
    """Somebody who has it photographs before and after, says what was done, and is done."""
    page.goto(f"/work/{uid}/")
    follow(page, "办好了")
    page.get_by_label("怎么办好的").fill(words)
    for number, picture in enumerate(pictures):
        page.locator("input[data-picked]").nth(number).set_input_files(picture)
        page.locator("[data-previews] img").nth(number).wait_for()
    if shot:
        shot(page, "reports-finish")
    press(page, "办好了")
    page.wait_for_url("**/work/")


def checked(page, uid):
    """Somebody else looks at it on the spot."""
    page.goto(f"/work/{uid}/")
    press(page, "核对过，好了")
    page.wait_for_url("**/work/")


def rated(page, uid, solved, stars, words=""):
    """The reporter answers, in three presses."""
    page.goto(f"/t/{uid}/")
    page.locator(f"input[name=solved][value={solved}] + span").click()
    page.locator(f"input[name=stars][value='{stars}'] + span").click()
    if words:
        page.get_by_label("想说的话").fill(words)
    press(page, "送出")
    page.wait_for_load_state()


def test_poster_is_scanned_and_the_report_goes_its_whole_way(as_role, visit, matter, report, shot):
    neighbour = visit()
    uid = report(neighbour, "4号楼", "西单元", "楼道灯不亮，老人下楼看不见", "楼道灯", picture=photo("楼道", "#20242c"))
    assert "雪莲社区居委会" in standing(neighbour)
    desk = as_role("desk", DESK)
    desk.goto(f"/desk/{uid}/")
    shot(desk, "reports-desk")
    handed_out(desk, uid)
    assert matter(uid)["state"] == "DISPATCHED"
    repairman = as_role("repairman")
    repairman.goto("/work/?show=pool")
    shot(repairman, "reports-pool")
    repairman.goto(f"/work/{uid}/")
    press(repairman, "我来办")
    repairman.get_by_role("link", name="办好了", exact=True).wait_for()
    shot(repairman, "reports-claimed")
    pictures = (photo("灯坏", "#20242c"), photo("灯亮", "#f2e6b8"))
    finished(repairman, uid, "换了声控灯头，试过三次都亮", pictures=pictures, shot=shot)
    grid = as_role("grid")
    grid.goto(f"/work/{uid}/")
    shot(grid, "reports-check")
    checked(grid, uid)
    neighbour.goto(f"/t/{uid}/")
    assert neighbour.locator("main img").count() == 3  # the reporter's own, before, after
    shot(neighbour, "reports-rate")
    rated(neighbour, uid, "yes", 5)
    shot(neighbour, "reports-closed")
    found = matter(uid)
    assert (found["state"], found["solved"], found["stars"]) == ("CLOSED", "yes", 5)


def test_captain_puts_a_small_matter_right_the_same_day(as_role, visit, matter, report, shot):
    """The desk works by keyboard alone: each key swaps its form in beside the list, nothing loads anew."""
    uid = report(visit(), "2号楼", "西单元", "单元门关不严，风一吹就响", "单元门")
    desk = as_role("desk", DESK)
    desk.goto(f"/desk/{uid}/")
    desk.keyboard.press("a")
    desk.locator("#act form").wait_for()
    shot(desk, "reports-keyboard")
    assert desk.url.endswith(f"/desk/{uid}/")
    desk.get_by_role("radio", name="楼栋长").press("Space")
    desk.get_by_role("radio", name="楼栋长").press("Enter")
    desk.get_by_role("heading", name="小事").wait_for()
    shot(desk, "reports-small")
    assert matter(uid)["class_code"] == "S"
    desk.keyboard.press("d")
    desk.get_by_role("radio", name="小事池").press("Space")
    shot(desk, "reports-dispatch")
    desk.get_by_role("radio", name="小事池").press("Enter")
    desk.wait_for_url(lambda url: uid not in url)

    captain = as_role("captain")
    captain.goto("/work/?show=pool")
    shot(captain, "reports-captain-pool")
    captain.goto(f"/work/{uid}/")
    press(captain, "我来办")
    captain.get_by_role("link", name="办好了", exact=True).wait_for()
    shot(captain, "reports-captain")
    finished(captain, uid, "合页上紧了，关门不响了", pictures=[photo("门", "#8a6d4b")])
    found = matter(uid)
    opened, due = (datetime.fromisoformat(found[name]) for name in ("opened_at", "due_at"))
    assert found["state"] == "RESOLVED"
    assert due - opened <= timedelta(days=1)  # 24:00 of the same day, a day where it was told in the evening


def test_captain_writes_down_what_a_neighbour_without_telephone_says(as_role, visit, server, shot):
    captain = as_role("captain")
    captain.goto("/work/")
    follow(captain, "替人反映")
    captain.get_by_role("link", name="中单元").click()
    captain.get_by_role("link", name="就在这里").click()
    captain.get_by_label("原话").fill("三楼扶手晃得厉害，不敢扶")
    captain.get_by_label("怎么称呼").fill("王奶奶")
    shot(captain, "reports-filing")
    press(captain, "送出")
    captain.get_by_text("收到了，这是凭条").wait_for()
    shot(captain, "reports-slip")
    slip = dict(zip(*(captain.locator(f"dl.facts {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True))
    captain.locator("main").get_by_role("link", name="我的活").click()
    her = visit()
    her.goto("/find/")
    her.get_by_label("编号").fill(slip["编号"])
    her.get_by_label("查询码").fill(slip["查询码"])
    press(her, "查")
    her.locator(".standing").wait_for()
    assert "三楼扶手晃得厉害，不敢扶" in her.locator("main").inner_text()


def test_urged_and_badly_rated_report_is_done_again(as_role, visit, matter, report, server, shot):
    neighbour, desk, repairman, grid = visit(), as_role("desk", DESK), as_role("repairman"), as_role("grid")
    uid = report(neighbour, "6号楼", "西单元", "一楼扶手松了，扶着晃", "扶手")
    handed_out(desk, uid)
    neighbour.goto(f"/t/{uid}/")
    shot(neighbour, "reports-urge")
    press(neighbour, "催一下")
    neighbour.wait_for_load_state()
    shot(neighbour, "reports-urged")
    neighbour.goto(f"/t/{uid}/")
    press(neighbour, "催一下")
    neighbour.wait_for_load_state()
    shot(neighbour, "reports-urged-again")
    assert "刚刚催过" in neighbour.locator("body").inner_text()
    repairman.goto("/work/?show=pool")
    assert "催过 1 次" in repairman.locator("main").inner_text()
    repairman.goto(f"/work/{uid}/")
    press(repairman, "我来办")
    repairman.get_by_role("link", name="办好了", exact=True).wait_for()
    finished(repairman, uid, "拧紧了")
    checked(grid, uid)
    rated(neighbour, uid, "no", 1, "扶着还是晃")
    shot(neighbour, "reports-unhappy")
    assert matter(uid)["state"] == "IN_PROGRESS"
    repairman.goto(f"/work/{uid}/")
    shot(repairman, "reports-rework")
    finished(repairman, uid, "换了膨胀螺栓，三个人一起拽不动")
    checked(grid, uid)
    rated(neighbour, uid, "yes", 5)
    shot(neighbour, "reports-happy")
    found = matter(uid)
    assert (found["state"], found["solved"], found["stars"]) == ("CLOSED", "yes", 5)
    assert server.rows("SELECT reworks, urges FROM tickets_ticket WHERE matter_id = ?", found["id"]) == [
        {"reworks": 1, "urges": 1}
    ]


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_second_of_two_at_the_desk_is_told_kindly(as_role, visit, matter, report, shot, javascript):
    """Both open the form; one is quicker. What the other wrote is not lost, and where things stand is said."""
    door = {True: "东单元", False: "中单元"}[javascript]
    uid = report(visit(), "6号楼", door, "楼道里堆了旧沙发，轮椅过不去", "楼道堆物")
    first, second = as_role("desk", DESK), as_role("secretary", DESK, javascript=javascript)
    for page in (first, second):
        page.goto(f"/desk/{uid}/accept/")
        page.get_by_label("告诉反映的人").fill("明天上午去看")
    press(first, "接下")
    first.wait_for_url(f"**/desk/{uid}/")
    press(second, "接下")
    notice = second.locator("#act .notice")
    notice.wait_for()
    shot(second, f"reports-second-{'js' if javascript else 'plain'}")
    assert "现在：社区接下了" in notice.inner_text()
    assert second.get_by_label("告诉反映的人").input_value() == "明天上午去看"
    notice.get_by_role("link", name="看最新情况").click()
    second.wait_for_url(f"**/desk/{uid}/")


def test_second_of_two_who_claim_is_told_kindly(as_role, visit, matter, report, shot):
    uid = report(visit(), "1号楼", "西单元", "楼道灯一闪一闪", "楼道灯")
    handed_out(as_role("desk", DESK), uid)
    first, second = as_role("repairman"), as_role("manager")
    for page in (first, second):
        page.goto(f"/work/{uid}/")
    press(first, "我来办")
    first.get_by_role("link", name="办好了", exact=True).wait_for()
    with second.expect_navigation() as gone:
        press(second, "我来办")
    shot(second, "reports-claimed-by-another")
    assert gone.value.status == 409
    assert "看最新情况" in second.locator("main").inner_text()
    assert matter(uid)["holder_person_id"] is not None
