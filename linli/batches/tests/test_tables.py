"""Sheets as offices have them: titles, groups of headings, merged cells, and files that would swell."""

import subprocess

import openpyxl
import pytest

from linli.batches.rules import read_table
from linli.batches.rules.tables import Sheet, table_of
from linli.batches.tests import workbooks
from linli.core.errors import BadInput

KNOWN = ("楼栋", "单元", "姓名", "电话", "面积")
LEDGER = [
    ["雪莲社区房屋登记表", "", "", "", ""],
    ["填报单位：雪莲社区", "", "", "2025年3月", ""],
    ["楼栋", "单元", "联系人", "", "面积"],
    ["", "", "姓名", "电话", ""],
    ["3号楼", 2, "央珍", "１３８", "88.12㎡"],
    ["", 3, "卓玛", "139", ""],
    ["", "", "", "", ""],
    ["楼栋", "单元", "联系人", "", "面积"],
    ["", "", "姓名", "电话", ""],
    ["4号楼", 1, "扎西", "137", 90],
]
MERGED = [(0, 0, 0, 4), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4), (4, 0, 5, 0)]
HEADINGS = ["楼栋", "单元", "联系人/姓名", "联系人/电话", "面积"]


@pytest.mark.parametrize("write", [workbooks.xlsx, workbooks.xls, workbooks.ods])
def test_ledger_is_read_below_its_titles_with_merged_cells_filled(write):
    table = read_table(write(LEDGER, MERGED), KNOWN)
    assert (table.headings, table.line) == (HEADINGS, 4)
    assert table.rows == [
        ["3号楼", "2", "央珍", "１３８", "88.12㎡"],
        ["3号楼", "3", "卓玛", "139", ""],
        ["4号楼", "1", "扎西", "137", "90"],
    ]
    assert table.numbers == [5, 6, 10]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("known", [KNOWN, ()])
def test_ledger_is_read_from_csv_with_its_two_lines_of_headings(encoding, known):
    table = read_table(workbooks.text(LEDGER, encoding), known)
    assert table.headings == HEADINGS
    assert [row[0] for row in table.rows] == ["3号楼", "", "4号楼"]


def test_the_sheet_that_knows_the_headings_is_read():
    sheets = [("填表说明", [["怎么填", "照着填"], ["一", "二"]]), ("房屋", [["楼栋", "单元"], ["3号楼", "2"]])]
    table = read_table(workbooks.xlsx([], sheets=sheets), KNOWN)
    assert (table.sheet, table.rows) == ("房屋", [["3号楼", "2"]])


def test_hidden_sheets_are_not_read():
    book = openpyxl.Workbook()
    book.active.append(["楼栋", "单元", "面积"])
    book.active.append(["秘密", "2", "3"])
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("房屋")
    seen.append(["楼栋", "单元"])
    seen.append(["3号楼", "2"])
    out = workbooks.io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), KNOWN).rows == [["3号楼", "2"]]


def test_the_line_of_the_headings_can_be_said():
    lines = [["甲", "乙"], ["丙", "丁"], ["1", "2"]]
    assert table_of([Sheet("", lines)], line=2).headings == ["丙", "丁"]
    assert table_of([Sheet("", lines)], line=99).headings == ["甲", "乙"]


def test_rows_of_words_alone_are_not_taken_for_headings():
    lines = [["姓名", "岗位", "备注"], ["央珍", "网格员", ""], ["卓玛", "楼长", "", "新来"]]
    assert table_of([Sheet("", lines)], ("姓名", "岗位")).headings == ["姓名", "岗位", "备注"]
    gap = [["姓名", "岗位", ""], ["央珍", "", "新来"]]
    assert table_of([Sheet("", gap)], ("姓名", "岗位")).rows == [["央珍", ""]]


def far_xlsx():
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = "x"
    out = workbooks.io.BytesIO()
    book.save(out)
    return out.getvalue()


def far_xls():
    far = workbooks.xls_cell(65_535, 60_000, "x")
    return workbooks.compound(workbooks._stream([["a", "b"]], ())[:-4] + far + workbooks._record(0x000A))


def far_ods():
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    return workbooks.ods_of(row)


@pytest.mark.parametrize("write", [far_xlsx, far_xls, far_ods])
def test_cells_at_the_far_end_of_the_sheet_do_not_take_the_server_along(write):
    content = write()
    assert len(content) < 20_000
    with pytest.raises(BadInput):
        read_table(content)


def test_cells_merged_to_the_far_end_are_read_all_the_same():
    table = read_table(workbooks.xlsx([["楼栋", "单元"], ["3号楼", "2"]], [(1, 0, 1_000_000, 0)]), KNOWN)
    assert table.rows == [["3号楼", "2"]]


def test_reading_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr("linli.batches.rules.reading.SECONDS", 0.001)
    with pytest.raises(BadInput):
        read_table(workbooks.xlsx([["楼栋"], ["1"]]))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbooks.compound(b"x" * 5000, "EncryptedPackage"), "密码"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (workbooks.xls([["楼栋"], ["1"]])[:700], "打不开"),
        (workbooks.xlsx([["a"], ["b"]])[:-30], "损坏"),
    ],
)
def test_what_cannot_be_opened_says_why(content, words):
    with pytest.raises(BadInput) as refusal:
        read_table(content)
    assert words in str(refusal.value.fields["file"][0])


def test_reader_runs_in_a_process_of_its_own(monkeypatch):
    calls = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **words: calls.append(args) or run(*args, **words))
    read_table(workbooks.xlsx([["a"], ["b"]]))
    read_table(b"a\nb")
    assert len(calls) == 1
