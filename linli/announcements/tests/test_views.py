from __future__ import annotations

from datetime import timedelta

import pytest

from linli.announcements.actions import publish_announcement, write_announcement
from linli.announcements.models import Announcement, Telling
from linli.announcements.queries import announced_at
from linli.tickets.tests.conftest import NOW


def test_write_look_publish_and_knock_by_the_pages(town, homes, visit):
    later = NOW + timedelta(hours=20)
    sent = {
        "kind": "water",
        "places": [town.place.building.uid],
        "from_at": f"{later:%Y-%m-%d}T14:00",
        "words": "水箱清洗",
        "words_bo": "ཆུ་མཚམས་འཇོག",
    }
    answer = visit("desk", "/announcements/new/", sent, "post")
    cut = Announcement.objects.get()
    assert answer.url == f"/announcements/{cut.uid}/"
    page = visit("desk", answer.url).content.decode()
    assert "藏文还没人看过" in page
    assert visit("resident", f"/a/{cut.uid}/").status_code == 404
    assert visit("desk", f"{answer.url}publish/", {}, "post").status_code == 302
    page = visit("desk", answer.url).content.decode()
    assert "【停水：雪莲苑 2号楼】" in page
    assert "还有 2 户没人告诉" in page
    assert visit("resident", f"/a/{cut.uid}/").status_code == 200
    page = visit("captain", f"{answer.url}homes/").content.decode()
    assert homes[1].uid in page
    assert homes[0].uid not in page
    visit("captain", f"{answer.url}homes/", {"home": [homes[1].uid, homes[0].uid]}, "post")
    assert [telling.home for telling in Telling.objects.all()] == [homes[1]]


def test_poster_shows_first_what_goes_on_here_now(cut, town, homes, client, monkeypatch):
    monkeypatch.setattr("linli.config.middleware.now", lambda: NOW)
    publish_announcement(actor=town.who.desk, announcement=cut)
    for place in (town.place.building, town.place.compound, homes[0].parent):
        page = client.get(f"/p/{place.tag}/").content.decode()
        assert page.index("停水：") < page.index('id="report"')
    assert f"/a/{cut.uid}/" not in client.get(f"/p/{town.place.far.tag}/").content.decode()


def test_announced_at_from_three_days_before_until_its_end(cut, town):
    publish_announcement(actor=town.who.desk, announcement=cut)
    begins, ends = cut.from_at, cut.to_at
    here = town.place.building
    assert announced_at(here, begins - timedelta(days=4)) == []
    assert announced_at(here, begins - timedelta(days=2)) == [cut]
    assert announced_at(here, ends - timedelta(minutes=1)) == [cut]
    assert announced_at(here, ends) == []


def test_change_of_the_end_and_withdrawal_by_the_pages(cut, town, homes, visit):
    publish_announcement(actor=town.who.desk, announcement=cut)
    at = f"/announcements/{cut.uid}/"
    assert visit("desk", f"{at}prolong/", {"to_at": "2020-01-01T10:00"}, "post").status_code == 422
    assert visit("desk", f"{at}prolong/", {"to_at": "2026-09-24T10:00"}, "post").status_code == 302
    assert visit("desk", f"{at}withdraw/", {"reason": "改期"}, "post").status_code == 302
    assert "改期" in visit("resident", f"/a/{cut.uid}/").content.decode()


def test_staffs_pages_are_not_for_residents_and_strangers(cut, visit):
    assert visit("resident", "/announcements/").status_code == 403
    assert cut.uid not in visit("next_desk", "/announcements/").content.decode()
    for who in ("resident", "next_desk", "manager"):
        assert visit(who, f"/announcements/{cut.uid}/").status_code == 404
        assert visit(who, f"/announcements/{cut.uid}/publish/", {}, "post").status_code == 404
    assert visit("captain", "/announcements/new/").status_code == 403


def test_sheet_has_chinese_first_and_tibetan_only_when_read(cut, town, visit):
    page = visit("desk", f"/papers/announcements/{cut.uid}/").content.decode()
    assert "水箱清洗" in page
    Announcement.objects.update(words_bo="ཆུ་གསོག")
    assert "ཆུ་གསོག" not in visit("desk", f"/papers/announcements/{cut.uid}/").content.decode()
    Announcement.objects.update(is_bo_read=True)
    page = visit("desk", f"/papers/announcements/{cut.uid}/").content.decode()
    assert page.index("水箱清洗") < page.index("ཆུ་གསོག")


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_list_asks_as_often_for_any_number(town, draft, visit, rows, django_assert_max_num_queries):
    for _ in range(rows):
        write_announcement(actor=town.who.desk, body=town.body.office, draft=draft)
    with django_assert_max_num_queries(5):
        assert visit("desk", "/announcements/").status_code == 200
