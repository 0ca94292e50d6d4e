from datetime import datetime

import pytest

from linli.core.times import ZONE
from linli.lists.imports.reading import as_given, lines_of, moment_of, plain, verdict_of


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2018-02-08 15:34:40", datetime(2018, 2, 8, 15, 34, 40)),
        ("2020/1/6 9:05", datetime(2020, 1, 6, 9, 5)),
        ("2020年1月6日 9时5分", datetime(2020, 1, 6, 9, 5)),
        ("2020.1.6", datetime(2020, 1, 6)),
        ("43507.5", datetime(2019, 2, 11, 12, 0)),
        ("43507.8333333", datetime(2019, 2, 11, 20, 0)),
    ],
)
def test_moment_of_reads_year_first_and_serial_numbers(cell, moment):
    assert moment_of(cell)[0] == moment.replace(tzinfo=ZONE)


def test_moment_of_says_whether_there_is_an_hour():
    assert [moment_of(cell)[1] for cell in ("2020-1-6", "43507", "2020-1-6 0:00", "43507.5")] == [
        False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["", "-", "3/4/2025", "2025-13-01", "2025-02-30 8:00", "昨天", "123456", "2025-1-1x"])
def test_moment_of_guesses_nothing(cell):
    assert moment_of(cell) == (None, False)


def test_verdict_of_keeps_the_sources_word():
    said = [("1", "0"), ("0", "1"), ("-", "-"), ("", ""), ("是", ""), ("", "否"), ("按时", ""), ("", "超时")]
    expected = ["yes", "no", "unknown", "unknown", "yes", "yes", "yes", "no"]
    assert [verdict_of(*cells) for cells in said] == expected
    assert [verdict_of(*cells) for cells in (("1", "1"), ("0", "0"), ("也许", ""))] == ["", "", ""]


def test_cells_are_read_as_people_mean_them():
    assert as_given(" 城建办（龙田）\u3000 ") == "城建办（龙田）"
    assert plain("路灯&#40;灯光&#41;井盖") == plain("路灯（灯光）井盖") == "路灯(灯光)井盖"
    assert [as_given(cell) for cell in ("-", "无", "NULL", " ")] == [""] * 4
    assert lines_of("\n\t\t 第一句。\n\t\n第二句。\n\t") == "第一句。\n第二句。"
