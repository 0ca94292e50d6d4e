from dataclasses import replace

import pytest

from linli.lists.exports import HEADINGS
from linli.lists.models import ExportRequest
from linli.lists.tests.test_exports import PHONE, filed
from linli.tickets.tests.conftest import TODAY

__all__ = ["filed"]


@pytest.fixture
def browser(client, monkeypatch):
    """A browser whose wearer can be changed: the door is another module's."""

    def wear(actor):
        actor = replace(actor, second_factor=True)

        def enter(self, request):
            request.actor = actor
            return self.answer(request)

        monkeypatch.setattr("linli.config.middleware.ActorMiddleware.__call__", enter)
        return client

    return wear


PERIOD = {"start": TODAY.isoformat(), "end": TODAY.isoformat()}


def test_sheet_holds_no_personal_data(browser, filed):
    answer = browser(filed.who.desk).get("/exports/reports.csv", PERIOD)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[0] == ",".join(map(str, HEADINGS))
    for leak in (PHONE, "卓玛", "我家门口", "resident", "河东"):
        assert leak not in answer.content.decode()


def test_sheet_has_no_formula(browser, filed):
    filed.place.building.__class__.objects.filter(pk=filed.place.other.pk).update(label="=cmd|'/c calc'!A1")
    text = browser(filed.who.desk).get("/exports/reports.csv", PERIOD).content.decode()
    assert ",'=cmd" in text


def test_whole_way_of_a_list_with_personal_data(browser, filed):
    desk = browser(filed.who.desk)
    page = desk.get("/exports/", PERIOD)
    assert "选到 2 件" in page.content.decode()
    place = str(filed.place.community.pk)
    sent = {**PERIOD, "place": place, "state": "", "category": "", "body": "", "purpose": "给两户回电话"}
    answer = desk.post("/exports/ask/", sent)
    uid = ExportRequest.objects.get().uid
    assert answer["Location"] == f"/exports/{uid}/"
    browser(filed.who.secretary).post(f"/exports/{uid}/approve/")
    sheet = browser(filed.who.desk).post(f"/exports/{uid}/take/", {"kind": "csv"})
    assert PHONE in sheet.content.decode()
    assert "给两户回电话" in sheet.content.decode()
    assert browser(filed.who.desk).post(f"/exports/{uid}/take/").status_code == 409


def test_bad_purpose_keeps_the_page_and_what_was_typed(browser, filed):
    sent = {**PERIOD, "place": str(filed.place.community.pk), "purpose": "用"}
    answer = browser(filed.who.desk).post("/exports/ask/", sent)
    assert answer.status_code == 422
    assert 'value="用"' in answer.content.decode()
    assert not ExportRequest.objects.exists()


def test_strangers_find_nothing(browser, filed):
    for actor in (filed.who.resident, filed.who.repairman):
        assert browser(actor).get("/exports/").status_code == 403
    assert browser(filed.who.resident).get("/exports/abc/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sheet_asks_as_often_for_many_rows(browser, filed, django_assert_max_num_queries, kind):
    for number in range(12):
        filed.file(words=f"第{number}盏灯")
    desk = browser(filed.who.desk)
    with django_assert_max_num_queries(16):
        desk.get(f"/exports/reports.{kind}", PERIOD)
