"""The five minutes by which a stranger judges us (TOUR): from `/` to the end without typing."""

from __future__ import annotations

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004  the browser's own

from tests.journeys.conftest import DESK, PHONE

MOST_CLICKS = 16


class Visitor:
    """Somebody who only presses, and counts."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def press(self, selector):
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def on(self):
        self.press(".band button")

    def path(self):
        return self.page.url.split("/", 3)[3]


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "zh-hans"), (DESK, "zh-hans"), (PHONE, "bo"), (PHONE, "en")],
    ids=["phone", "desk", "bo", "en"],
)  # fmt: skip
def test_tour_leads_from_start_to_end_without_typing(visit, shot, size, language, javascript):
    page = visit(size, language, javascript=javascript)
    page.goto("/")
    shot(page, f"tour-{language}-{size[0]}-start")
    tour = Visitor(page)
    tour.press("main form[action='/tour/0/'] button")
    assert tour.path().startswith("p/")
    tour.press("input[name=sample]")
    tour.press("#tiles label:has(input[value=street_light])")
    tour.press("form[data-draft] button.go")
    if not _arrives(page):
        tour.press("form[data-draft] button.go")  # a second page offered what is known here before sending
    page.wait_for_url("**/receipt/*")
    shot(page, f"tour-{language}-{size[0]}-receipt")
    tour.on()
    assert tour.path().startswith("desk/")
    shot(page, f"tour-{language}-{size[0]}-desk")
    for start in ("work/", "t/", "matters/", "figures/"):
        tour.on()
        assert tour.path().startswith(start)
        shot(page, f"tour-{language}-{size[0]}-{start[:-1]}")
    tour.on()
    assert page.locator("h1").count() == 1
    tour.on()
    assert page.locator("html").get_attribute("lang") == "bo"
    assert "large" in page.locator("html").get_attribute("class")
    tour.on()
    assert tour.path() == "me/looks/"
    shot(page, f"tour-{language}-{size[0]}-looks")
    tour.on()
    assert tour.path() == ""
    assert page.locator("html").get_attribute("lang").lower().startswith(language[:2])
    assert tour.clicks <= MOST_CLICKS


def _arrives(page):
    """Whether the receipt comes at once."""
    try:
        page.wait_for_url("**/receipt/*", timeout=5_000)
    except TimeoutError:
        return False
    return True


def clock_of(server):
    return server.rows("SELECT ahead_days, made_at FROM access_demomark")[0]


def test_three_days_later_more_is_late_and_an_old_demo_begins_anew(visit, server, shot):
    page, first = visit(), clock_of(server)
    opened = server.rows("SELECT count(*) AS n FROM matters_matter")[0]["n"]
    late = "SELECT count(*) AS n FROM matters_matter WHERE phase = 'open' AND due_at < datetime('now', ?)"
    for times in (1, 2, 3):
        page.goto("/")
        page.get_by_text("让时间过得快些").click()
        assert page.get_by_role("button", name="重新来过").count() == 0
        page.get_by_role("button", name="过三天").click()
        page.get_by_text("过了三天。").wait_for()
        shot(page, f"tour-later-{times}")
        assert clock_of(server)["ahead_days"] == 3 * times
    secretary = page.get_by_role("button", name="社区书记")
    assert f"{server.rows(late, '9 days')[0]['n']} 件超时" in secretary.inner_text()
    page.get_by_role("button", name="重新来过").click(timeout=120_000)  # nine days old by now
    page.get_by_text("重新种好了").wait_for(timeout=120_000)
    shot(page, "tour-fresh")
    again = clock_of(server)
    assert again["ahead_days"] == 0
    assert again["made_at"] > first["made_at"]
    assert (
        100 < server.rows("SELECT count(*) AS n FROM matters_matter")[0]["n"] <= opened
    )  # what visitors filed is gone
    page.get_by_role("button", name="72 岁的居民").click()
    page.goto("/mine/")
    assert page.locator("main li").count() >= 1


HERS = "SELECT uid FROM matters_matter WHERE category_code = 'home_repair' ORDER BY id DESC LIMIT 1"


def test_sealed_matter_answers_404_to_the_stranger_of_the_tour(as_role, server):
    (hers,) = server.rows(HERS)
    page = as_role("stranger")
    for address in (f"/matters/{hers['uid']}/", f"/t/{hers['uid']}/", f"/desk/{hers['uid']}/", f"/work/{hers['uid']}/"):
        assert page.goto(address).status == 404


def test_the_look_of_the_desk_stands_in_the_list_of_the_resident(as_role, server):
    desk = as_role("desk", DESK)
    desk.goto("/desk/")
    (hers,) = server.rows(HERS)
    desk.goto(f"/desk/{hers['uid']}/")
    desk.locator("#caller button").first.click()
    desk.wait_for_load_state()
    assert "13900000001" in desk.content().replace(" ", "")
    elder = as_role("elder")
    elder.goto("/me/looks/")
    assert elder.locator("main li").count() >= 1
