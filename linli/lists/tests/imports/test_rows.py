"""Small invented files in the shape of the real ones."""

import csv
import io
from datetime import date

import pytest

from linli.batches.actions import confirm_batch, map_columns, receive_file
from linli.batches.clock import carry_on
from linli.batches.models import Batch
from linli.batches.queries import result_of
from linli.core.actor import Actor, Grant
from linli.lists.imports import TICKETS
from linli.matters.models import Matter
from linli.notices.models import Notice
from linli.people.models import Body
from linli.places.models import Place
from linli.tickets.models import Ticket
from linli.tickets.tests.conftest import NOW, root

HEADINGS = [
    "REC_ID", "CREATE_TIME", "EVENT_PROPERTY_NAME", "EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME",
    "EVENT_SRC_NAME", "DISTRICT_NAME", "STREET_NAME", "COMMUNITY_NAME", "DISPOSE_UNIT_ID", "DISPOSE_UNIT_NAME",
    "INTIME_ARCHIVE_NUM", "OVERTIME_ARCHIVE_NUM",
]  # fmt: skip
LAMP = ["投诉", "市政设施", "公用部件", "路灯"]
ODD = ["咨询", "环保水务", "核安全", "核安全"]
HERE = ["青石区", "东门街道", "竹林社区"]
ROWS = [
    ["1", "2025-03-04 09:30:00", *LAMP, "热线", *HERE, "77", "城建办", "1", "0"],
    ["2", "2025-03-31 23:30:00", *LAMP, "热线", *HERE, "77", "城建办（东门街道办事处）", "0", "1"],
    ["3", "2025-04-01 00:30:00", *ODD, "信箱", *HERE, "78", "城建办", "-", "-"],
    ["4", "2025-04-02 10:00:00", *ODD, "信箱", "-", "-", "-", "-", "-", "1", "0"],
]


def sheet(rows, headings=HEADINGS):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode()


def take_in(content, actor=None, confirm=True, mapping="hotline", **options):
    """Receive, check and confirm a file; what the command would print."""
    actor = actor or root()
    batch = receive_file(actor=actor, importer=TICKETS, name="old.csv", content=content)
    options = {"create_places": False, "place": "", "mapping": mapping} | options
    batch = map_columns(actor=actor, batch=batch, mapping=batch.mapping, options=options)
    carry_on(actor, batch, 600)
    if confirm:
        batch = confirm_batch(actor=actor, batch=Batch.objects.get(pk=batch.pk), without_bad=True)
        carry_on(actor, batch, 600)
    return result_of(Batch.objects.get(pk=batch.pk))


def noted(result):
    return {each["note"]: each["count"] for each in result["noted"]}


@pytest.mark.django_db
def test_hotline_creates_what_is_missing_and_says_so():
    result = take_in(sheet(ROWS), create_places=True)
    assert (result["created"], result["refused"]) == (4, [])
    assert list(Place.objects.order_by("pk").values_list("name", "is_provisional")) == [
        ("青石区", True), ("东门街道", True), ("竹林社区", True),
    ]  # fmt: skip
    assert noted(result) == {
        "补建区县：青石区": 4,
        "补建街道（乡镇）：东门街道": 3,
        "补建社区（村）：竹林社区": 3,
        "补建承办单位：城建办（东门街道办事处）": 1,
        "承办单位也写作：城建办（东门街道办事处）（77）= 城建办": 1,
        "补建承办单位：城建办 78": 1,
        "承办单位也写作：城建办 78（78）= 城建办": 1,
        "类别没有对应，照原样记：环保水务 / 核安全 / 核安全": 2,
        "没有写街道（乡镇），记在：青石区": 1,
        "没有写承办单位": 1,
        "没有写按时还是超时，不算进按时率": 1,
    }


@pytest.mark.django_db
def test_hotline_rows_are_closed_silent_and_keep_the_sources_word():
    take_in(sheet(ROWS), create_places=True)
    found = {ticket.external_no: ticket for ticket in Ticket.objects.select_related("matter__place")}
    assert [found[no].matter.on_time for no in "1234"] == ["yes", "no", "unknown", "yes"]
    assert {ticket.matter.state for ticket in found.values()} == {"CLOSED"}
    assert [found[no].matter.category_code for no in "1234"] == ["street_light", "street_light", "", ""]
    assert found["3"].category_given == "环保水务 / 核安全 / 核安全"
    assert found["4"].matter.place.name == "青石区"
    assert found["1"].matter.holder_body_id == found["2"].matter.holder_body_id != found["3"].matter.holder_body_id
    assert Body.objects.count() == 2
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_hotline_a_second_time_adds_nothing():
    take_in(sheet(ROWS), create_places=True)
    before = (Matter.objects.count(), Place.objects.count(), Body.objects.count())
    again = take_in(sheet(ROWS), create_places=True)
    assert (again["created"], again["already_there"]) == (0, 4)
    assert (Matter.objects.count(), Place.objects.count(), Body.objects.count()) == before


@pytest.mark.django_db
def test_hotline_finds_bodies_of_an_earlier_file_by_their_number():
    take_in(sheet(ROWS[:2]), create_places=True)
    later = [["9", "2025-05-01 08:00:00", *LAMP, "热线", *HERE, "77", "建设办公室", "1", "0"]]
    result = take_in(sheet(later), create_places=True)
    assert Body.objects.count() == 1
    assert "承办单位也写作：城建办（77）= 建设办公室" in noted(result)


@pytest.mark.django_db
def test_hotline_without_create_places_refuses_unknown_places_and_writes_nothing(town):
    result = take_in(sheet(ROWS))
    assert result["created"] == 0
    reason = "区县“青石区”还没有登记。请先录入它，或勾选“补建”。"
    assert [row["reasons"] for row in result["refused"][:3]] == [[reason]] * 3
    assert not Ticket.objects.exists()
    assert not Place.objects.filter(name="青石区").exists()


@pytest.mark.django_db
def test_preview_changes_nothing():
    result = take_in(sheet(ROWS), confirm=False, create_places=True)
    assert result["state"] == "CHECKED"
    assert not Place.objects.exists()
    assert not Ticket.objects.exists()


@pytest.mark.django_db
def test_bad_numbers_times_and_contradictions_are_listed():
    rows = [
        ["", "2025-03-04 09:30:00", *LAMP, "热线", *HERE, "77", "城建办", "1", "0"],
        ["6", "3/4/2025", *LAMP, "热线", *HERE, "77", "城建办", "1", "0"],
        ["7", "2099-03-04 09:30:00", *LAMP, "热线", *HERE, "77", "城建办", "1", "0"],
        ["8", "2025-03-04 09:30:00", *LAMP, "热线", *HERE, "77", "城建办", "1", "1"],
        ["8", "2025-03-04 09:30:00", *LAMP, "热线", *HERE, "77", "城建办", "1", "0"],
    ]
    result = take_in(sheet(rows), create_places=True)
    assert [row["row"] for row in result["refused"]] == [2, 3, 4]
    assert (result["created"], result["already_there"]) == (1, 1)
    assert noted(result)["按时和超时写得不一致，不算进按时率"] == 1
    assert noted(result)["编号在文件里出现两次，只录第一次：8"] == 1


MESSAGES = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "一级分类"]
LETTERS = [
    ["11", "U1", "A市路灯不亮", "2020/1/6 12:09:38", "\n\t\t三号路的灯，打13812345678找我。\n\t", "城乡建设"],
    ["12", "U2", "公交绕路", "43507.5", "早晚高峰等半小时。", "交通运输"],
]


def test_messages_stand_where_the_sender_says(town):
    result = take_in(sheet(LETTERS, MESSAGES), mapping="messages", place="雪莲社区")
    assert result["created"] == 2
    tickets = list(Ticket.objects.order_by("pk").select_related("matter"))
    assert [ticket.matter.community_id for ticket in tickets] == [town.place.community.pk] * 2
    assert tickets[0].words == "三号路的灯，打138******78找我。"
    assert [ticket.category_given for ticket in tickets] == ["城乡建设", "交通运输"]
    assert tickets[1].matter.opened_at.date() == date(2019, 2, 11)
    assert noted(result)["内容里的电话、证件号、银行卡号已经遮住"] == 1


def test_addresses_stand_at_their_building_and_never_at_a_home(town):
    desk, building = town.who.desk, town.place.building
    rows = [
        ["1", "2025-03-04", f"{building.name}-1-101"],
        ["2", "2025-03-05", "77#-1-101"],
        ["3", "2025-03-06", "路口"],
    ]
    result = take_in(sheet(rows, ["编号", "时间", "地址"]), actor=desk, mapping="")
    assert result["created"] == 3
    places = Matter.objects.order_by("opened_at").values_list("place__level", "place_id")
    assert list(places) == [("building", building.pk), *[("community", town.place.community.pk)] * 2]
    assert noted(result)[f"地址“77#-1-101”对不上哪一栋楼，记在：{town.place.community.name}"] == 1


def test_messages_of_a_desk_stand_in_its_own_community(town):
    desk = town.who.desk
    take_in(sheet(LETTERS, MESSAGES), actor=desk, mapping="messages")
    assert set(Matter.objects.values_list("community_id", flat=True)) == {town.place.community.pk}
    other = take_in(sheet(LETTERS, MESSAGES), actor=desk, mapping="messages", place="河东社区", confirm=False)
    assert other["refused"] == []


def test_nobody_brings_reports_into_anothers_area(town):
    desk = town.who.desk
    result = take_in(sheet(LETTERS, MESSAGES), actor=desk, mapping="messages", place="河东社区", confirm=False)
    assert [row["reasons"] for row in result["refused"]] == [["这不是您负责的地方，不能往这里录。"]] * 2


def test_a_desk_cannot_add_places_by_the_way(town):
    result = take_in(sheet(ROWS), actor=town.who.desk, confirm=False, create_places=True)
    assert result["refused"][0]["reasons"] == ["区县“青石区”还没有登记，要请系统管理员来补建。"]


@pytest.mark.django_db
def test_auditor_imports_nothing():
    auditor = Actor(now=NOW, account_uid="a", grants=(Grant("auditor", "everywhere"),))
    assert not TICKETS.may(auditor)
    assert TICKETS.may(root())
