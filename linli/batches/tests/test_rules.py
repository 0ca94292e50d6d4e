from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import datetime

import openpyxl
import pytest

from linli.batches.rules import Column, denied, proposed_mapping, read_table, reason_of, write_csv, write_xlsx
from linli.batches.rules.opening import cell_words
from linli.core.errors import BadInput


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_both_encodings(encoding):
    table = read_table('编号,名称\r\n001,雪莲苑\r\n\r\n002,"金桂,苑"'.encode(encoding))
    assert table.headings == ["编号", "名称"]
    assert table.rows == [["001", "雪莲苑"], ["002", "金桂,苑"]]
    assert table.numbers == [2, 4]


def test_xlsx_is_read_below_its_title_and_whole_numbers_stay_whole():
    content = workbook(
        ["某社区房屋表"], ["编号", "面积", "日期", "名称", "名称"], [12, 89.5, datetime(2026, 1, 2), "甲", "乙"]
    )
    table = read_table(content)
    assert table.headings == ["编号", "面积", "日期", "名称", "名称 (2)"]
    assert table.rows == [["12", "89.5", "2026-01-02", "甲", "乙"]]


def test_a_table_of_one_column_keeps_its_heading():
    assert read_table("姓名\n央珍\n卓玛".encode()).rows == [["央珍"], ["卓玛"]]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01binary", b"%PDF-1.7", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04broken", b"<html>", b"\xff\xfe\xff",
     b"only,headings", archive(a="x"), archive(**{"[Content_Types].xml": "x", "xl__workbook.xml": "no"})],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_words(content):
    with pytest.raises(BadInput) as refusal:
        read_table(content)
    assert refusal.value.fields["file"]


def test_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = archive(**{"[Content_Types].xml": "x", "xl__a.xml": b"0" * (401 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(BadInput):
        read_table(bomb)


def test_zip_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(archive(**{"[Content_Types].xml": "x", "xl__a.xml": b"0" * (64 * 1024 * 1024)}))
    place = bomb.rindex(b"PK\x01\x02")
    bomb[place + 24 : place + 28] = struct.pack("<I", 10)
    with pytest.raises(BadInput):
        read_table(bytes(bomb))


def test_too_many_rows_and_columns_and_bytes_are_refused(monkeypatch):
    monkeypatch.setattr("linli.batches.rules.tables.MAX_ROWS", 2)
    with pytest.raises(BadInput):
        read_table(b"a,b\n1,2\n1,2\n1,2")
    with pytest.raises(BadInput):
        read_table(b",".join([b"a"] * 300) + b"\n1")
    monkeypatch.setattr("linli.batches.rules.reading.MAX_BYTES", 3)
    with pytest.raises(BadInput):
        read_table(b"a,b\n1,2")


def test_random_bytes_never_break_the_reader():
    chance = random.Random(7)
    for _round in range(200):
        content = chance.choice([b"", b"PK\x03\x04", b"a,b\n"]) + chance.randbytes(200)
        try:
            read_table(content)
        except BadInput:
            continue


def test_no_cell_becomes_a_formula():
    rows = [["=1+1", "@x", "-2", "001"]]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(["甲", "乙", "丙", "丁"], rows))).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("=1+1", "s"),
        ("@x", "s"),
        ("-2", "s"),
        ("001", "s"),
    ]
    text = write_csv(["甲", "乙", "丙", "丁"], rows).decode("utf-8-sig")
    assert text.splitlines()[1] == "'=1+1,'@x,'-2,001"


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_what_is_written_reads_again_unchanged(write):
    rows = [["=1+1", "001", "藏 བོད", "a,b"], ["x", "", "'", "1\n2"]]
    table = read_table(write(["甲", "乙", "丙", "丁"], rows))
    assert table.rows == rows


def test_cells_are_read_as_people_see_them():
    assert [cell_words(cell) for cell in (True, 3.0, 3.25, float("nan"), datetime(2026, 1, 2, 3, 4), " a\x07 ")] == [
        "1", "3", "3.25", "", "2026-01-02 03:04:00", "a",
    ]  # fmt: skip


def test_mapping_is_proposed_from_headings_and_saved_names():
    columns = (Column("name", "姓名", True, ("名字",)), Column("area", "面积（㎡）"), Column("phone", "电话"))
    assert proposed_mapping(["名 字", "建筑面积", "面积"], columns) == {"name": "名 字", "area": "面积"}
    assert proposed_mapping(["姓名", "来信人"], columns, {"name": "来信人"}) == {"name": "来信人"}


def test_denied_columns_are_named():
    headings = ["姓名", "民 族", "Religion", "政治面貌", "户主/身份证号码", "ＩＤ＿ＮＯ", "grid_no", "电话", ""]
    found = {"民 族": "PRV-040", "Religion": "PRV-040", "政治面貌": "PRV-040"}
    assert denied(headings) == {**found, "户主/身份证号码": "PRV-022", "ＩＤ＿ＮＯ": "PRV-022"}


def test_identity_numbers_are_found_under_any_heading():
    rows = [["11010519491231002X", "202503041234567890"], ["", "202503041234567891"]]
    assert denied(["证件", "编号"], rows) == {"证件": "PRV-022"}
    assert str(reason_of("证件", "PRV-022")) == "不收证件号码"
