"""An old ledger: what its year tells, and that nothing of it stays."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.actions import mark_demo
from linli.batches.tests import workbooks
from linli.charters.queries import charter_of
from linli.core.errors import BadInput
from linli.core.times import ZONE
from linli.lists.imports.study import read_ledger
from linli.lists.rules import ledgers, sample, year
from linli.lists.rules.year import Old
from linli.lists.tests.test_views import browser
from linli.tickets.tests.conftest import NOW, root

__all__ = ["browser"]
LIFT, LAMP = "电梯", "路灯"
HEADINGS = ["反映时间", "地点", "问题描述", "办结时间", "是否按时", "满意度"]
ROWS = [
    ["2025-03-01 09:00", "雪莲苑3#-2-501", "电梯停了", "2025-03-01 15:00", "是", "满意"],
    ["2025-03-20", "雪莲苑三号楼", "电梯又停了", "2025-03-30", "否", "不满意"],
    ["2025年4月20日", "雪莲苑3栋1单元", "电梯坏了", "", "", ""],
    ["春天", "雪莲苑3栋", "电梯坏了", "", "", ""],
    ["2025/4/21", "", "有人吵", "2025/4/22", "按时", ""],
]


def old(day, spot="甲苑 1号楼", what=LIFT, **words):
    return Old(datetime(2025, *day, 9, tzinfo=ZONE), spot.partition(" ")[0], spot, what, **words)


def read(rows=ROWS, headings=HEADINGS, said=()):
    return read_ledger(workbooks.xlsx([headings, *rows]), charter_of(None), NOW, {}, dict(said))


@pytest.mark.django_db
def test_ledger_is_read_down_to_the_building_and_never_to_a_home():
    ledger = read()
    assert {each.spot for each in ledger.reports} == {"雪莲苑 3号楼", ""}
    assert [each.on_time for each in ledger.reports] == ["yes", "no", "unknown", "yes"]
    assert [each.days for each in ledger.reports] == [0, 10, None, 1]
    assert [each.is_good for each in ledger.reports] == [True, False, None, None]
    assert ledger.reports[0].ours == "yes"
    assert (ledger.unread, ledger.has_guessed) == ([5], True)


@pytest.mark.django_db
def test_ledger_with_strange_headings_is_read_once_they_are_pointed_out():
    strange = ["何时", "何地", "何事", "b", "c", "d"]
    assert not read(headings=strange).is_read
    said = {"opened_at": "何时", "address": "何地", "words": "何事"}
    assert [each.spot for each in read(headings=strange, said=said).reports][:3] == ["雪莲苑 3号楼"] * 3


@pytest.mark.django_db
def test_ledger_drops_what_we_must_not_read():
    rows = [[*row, "11010519491231002X", "x"] for row in ROWS]
    ledger = read(rows, [*HEADINGS, "证件", "民族"])
    assert ledger.dropped == {"证件": "PRV-022", "民族": "PRV-040"}


def test_rates_count_what_is_said_and_the_caveats_say_the_rest():
    reports = [old((3, 1), on_time="yes", is_closed=True, is_good=True)] * 20
    reports += [old((3, 2), on_time="no"), old((3, 3)), Old(datetime(2025, 3, 4, tzinfo=ZONE))]
    sums = year.sums_of(reports)
    assert {name: str(rate) for name, rate in sums.rates().items()} == {
        "on_time": "95.24 %", "ours": "—", "closing": "86.96 %", "resolution": "—", "satisfaction": "100.00 %",
    }  # fmt: skip
    said = [str(words) for words in ledgers.caveats_of(sums, 2, has_guessed=True)]
    assert "2 件没有写按时还是超时" in said[0]
    assert "只有 86.96 %；全当按时，是 95.65 %" in said[0]
    assert len(said) == 8
    nothing = [str(words) for words in ledgers.caveats_of(year.sums_of([old((3, 1))]), 0, has_guessed=False)]
    assert nothing[0].startswith("台账里没有写哪件按时")


def test_what_comes_again_is_counted_by_times_and_not_by_calls():
    often = [old((3, day)) for day in (1, 2, 3, 20)] + [old((5, 1), on_time="no")]
    once = [old((3, day), "甲苑 2号楼") for day in (1, 2, 3, 4, 5)]
    (found,) = year.came_again([*once, *often, old((3, 1), ""), old((6, 1), "")], 7)
    assert (found.spot, found.times, found.reports, found.late) == ("甲苑 1号楼", 3, 5, 1)
    assert found.days == [date(2025, 3, 1), date(2025, 3, 20), date(2025, 5, 1)]


def test_agenda_holds_what_the_charter_calls_big():
    reports = [old((2, 1)), old((3, 1)), old((4, 10))]
    reports += [old((4, 12), f"甲苑 {number}号楼", LAMP) for number in (1, 2, 2)]
    reports += [old((4, 13), f"乙苑 {number}号楼", LAMP) for number in (1, 2)]
    reports += [old((4, 13), "甲苑 5号楼", "噪声"), old((1, 1), "丙苑 1号楼", LAMP)]
    found = year.agenda_of(reports, date(2025, 4, 15), {"big_failures": 2, "big_days": 30})
    assert [(point.what, point.reasons, point.unfinished) for point in found] == [
        (LAMP, ("many_buildings",), 3),
        (LIFT, ("failed_twice",), 1),
    ]


def test_months_and_pace():
    reports = [old((3, 1), days=1), old((3, 9), days=2), old((4, 1), days=30), old((4, 2))]
    assert [(month.month, sums["all"]) for month, sums in year.by_month(reports)] == [(3, 2), (4, 2)]
    assert year.median_days(reports) == (2, 30)
    assert year.median_days([old((3, 1))]) is None


def posted(client, content, **words):
    return client.post("/last-year/", {"file": SimpleUploadedFile("台账.xlsx", content), **words})


def everything():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_year_is_shown_and_nothing_of_it_stays(browser, town):
    client, before = browser(town.who.desk), everything()
    answer = posted(client, workbooks.xlsx(sample.rows(date(2026, 8, 1))))
    page = answer.content.decode()
    for words in ("反复出问题的地方", "3号楼", "的议事会，桌上该有", "响应率算不出来", "/batches/new/tickets/"):
        assert words in page
    filled = page.split('name="filled" value="')[1].split('"')[0]
    sheet = openpyxl.load_workbook(io.BytesIO(client.post("/last-year/form.xlsx", {"filled": filled}).content)).active
    assert (sheet["A1"].value, sheet["B1"].value) == ("月份", "收到")
    total = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")
    assert total[1] == str(sample.COUNT)
    assert everything() == before


def test_columns_are_pointed_out_where_the_time_is_not_found(browser, town):
    client = browser(town.who.desk)
    content = workbooks.xlsx([["何时", "何地"], *(row[:2] for row in ROWS)])
    answer = posted(client, content)
    assert answer.status_code == 422
    assert '<option value="何时">' in answer.content.decode()
    assert posted(client, content, column_opened_at="何时", column_address="何地").status_code == 200


@pytest.mark.parametrize("content", [b"\x00", b"<html>", workbooks.xlsx([["a"], ["b"]])])
def test_what_is_no_ledger_says_so(browser, town, content):
    assert posted(browser(town.who.desk), content).status_code == 422
    with pytest.raises(BadInput):
        read_ledger(b"", charter_of(None), NOW, {}, {})


def test_form_that_was_not_ours_is_not_filled(browser, town):
    assert browser(town.who.desk).post("/last-year/form.xlsx", {"filled": "[[1]]"}).status_code == 404


def test_strangers_find_nothing_but_in_a_demo(browser, town):
    client = browser(replace(town.who.resident, grants=()))
    for url in ("/last-year/", "/last-year/sample.xlsx"):
        assert client.get(url).status_code == 404
    mark_demo(actor=root())
    for url in ("/last-year/", "/last-year/sample.xlsx"):
        assert client.get(url).status_code == 200
