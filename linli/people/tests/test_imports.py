"""People from a spreadsheet and back."""

from __future__ import annotations

from datetime import date

import pytest

from linli.batches.actions import receive_file
from linli.batches.imports import IMPORTERS
from linli.people.actions import end_appointment
from linli.people.imports import COLUMNS, check, commit, day_from, export, gone
from linli.people.models import Appointment, Person
from linli.people.queries import appointments_of
from linli.people.tests.conftest import TODAY, actor_for, root

NEW = {
    "name": "次仁拉姆", "phone": "139 0000 0001", "language": "藏文", "post": "网格员", "body": "雪莲社区",
    "place": "雪莲苑 2号楼", "from_on": "2026年3月1日",
}  # fmt: skip


def take(actor, rows):
    checked = check(actor, rows, {})
    good = [row for row in checked if row.is_good]
    return checked, commit(actor, good, {})


def test_people_are_taken_in_once_with_all_their_posts(town):
    secretary = actor_for(town.people["secretary"], "secretary")
    rows = [NEW, {**NEW, "post": "楼长", "body": ""}]
    _checked, outcomes = take(secretary, rows)
    assert [outcome.status for outcome in outcomes] == ["new", "new"]
    person = Person.objects.get(display_name="次仁拉姆")
    assert (person.phone, person.language) == ("13900000001", "bo")
    assert {each.post for each in appointments_of(person.pk, TODAY)} == {"grid_worker", "captain"}
    assert [row.status for row in check(secretary, rows, {})] == ["already", "already"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "名字"),
        ({"phone": "12"}, "电话"),
        ({"post": "管家"}, "没有“管家”"),
        ({"body": "没有的单位"}, "还没有建"),
        ({"place": "月球"}, "找不到范围"),
        ({"from_on": "春天"}, "看不懂"),
        ({"body": "安和物业"}, "要属于"),
        ({"post": "系统管理员", "body": "", "place": ""}, "不能在这里任命"),
        ({"place": "河东苑 1号楼"}, "不能在这里任命"),
        ({"to_on": "2026-02-01"}, "早于"),
    ],
)
def test_row_is_refused_with_its_reason(town, change, words):
    (row,) = check(actor_for(town.people["secretary"], "secretary"), [{**NEW, **change}], {})
    assert (row.status, row.is_good) == ("refused", False)
    assert words in "".join(row.faults)


def test_export_imports_again_unchanged_and_holds_no_contact_data(town):
    secretary = actor_for(town.people["secretary"], "secretary")
    take(secretary, [NEW])
    names = [column.name for column in COLUMNS]
    rows = [dict(zip(names, line, strict=True)) for line in export(secretary, {})]
    assert len(rows) == 6
    assert {row["phone"] + row["email"] for row in rows} == {""}
    checked = check(root(), rows, {})
    assert {row.status for row in checked} == {"already"}
    assert Appointment.objects.count() == 7


def test_post_ends_when_the_exported_row_comes_back_with_a_last_day(town):
    secretary = actor_for(town.people["secretary"], "secretary")
    names = [column.name for column in COLUMNS]
    rows = [dict(zip(names, line, strict=True)) for line in export(secretary, {})]
    (desk,) = (row for row in rows if row["name"] == "赵强")
    _checked, outcomes = take(secretary, [{**desk, "to_on": "2026/10/31"}])
    assert outcomes[0].status == "changed"
    assert Appointment.objects.get(uid=desk["ref"]).to_on == date(2026, 10, 31)


def test_the_same_row_twice_is_one_post(town):
    rows = [NEW, NEW, {**NEW, "post": "楼长", "body": ""}]
    assert [row.status for row in check(root(), rows, {})] == ["new", "already", "new"]


def test_next_months_file_names_who_is_missing_from_it(town):
    secretary = actor_for(town.people["secretary"], "secretary")
    names = [column.name for column in COLUMNS]
    rows = [dict(zip(names, line, strict=True)) for line in export(secretary, {})]
    assert gone(secretary, check(secretary, rows, {}), {}) == []
    new = check(secretary, [NEW], {})
    assert gone(secretary, new, {}) == ["旦增央珍 · 网格员"]
    assert gone(actor_for(town.people["stranger"], "secretary"), new, {}) == []
    assert [str(words) for words in check(secretary, [{**rows[0], "to_on": "2026-10-31"}], {})[0].changes] == [
        "结束日期：2026-10-31"
    ]


def test_namesakes_are_not_taken_for_one(town):
    take(root(), [NEW, {**NEW, "phone": "13900000002"}])
    assert Person.objects.filter(display_name="次仁拉姆").count() == 2
    held = Appointment.objects.filter(person__display_name="次仁拉姆").first()
    end_appointment(actor=root(), appointment=held, on=TODAY)
    (row,) = check(root(), [{**NEW, "phone": ""}], {})
    assert row.status == "new"


def test_import_asks_a_constant_number_of_questions(town, django_assert_max_num_queries):
    rows = [{**NEW, "name": f"人{number}", "phone": f"1390000{number:04d}"} for number in range(300)]
    with django_assert_max_num_queries(45):
        take(root(), rows)
    assert Person.objects.filter(display_name__startswith="人").count() == 300


def test_importer_is_for_those_who_appoint(town):
    importer = IMPORTERS.get("people")
    assert importer.may(actor_for(town.people["secretary"], "secretary"))
    assert not importer.may(actor_for(town.people["desk"], "desk"))
    assert not importer.may(actor_for(town.people["manager"], "property_manager"))


def test_columns_we_must_not_keep_are_dropped_by_name(town):
    content = "姓名,民族,岗位,范围\n次仁拉姆,x,楼长,雪莲苑 2号楼\n".encode()
    batch = receive_file(actor=root(), importer=IMPORTERS.get("people"), name="人员.csv", content=content)
    assert batch.dropped == {"民族": "PRV-040"}


@pytest.mark.parametrize("typed", ["2026-1-5", "2026/01/05", "2026.1.5", "２０２６年１月５日", "2026-01-05 00:00:00"])
def test_day_is_read_as_people_write_it(typed):
    assert day_from(typed) == date(2026, 1, 5)
