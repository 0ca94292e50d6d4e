"""A hundred spoiled workbooks: each ends in words about the file or its rows, never in a breakdown or by halves."""

import random

import pytest

from linli.batches.actions import confirm_batch, map_columns, receive_file
from linli.batches.clock import carry_on
from linli.batches.imports import IMPORTERS
from linli.batches.models import Batch
from linli.batches.queries import result_of
from linli.batches.tests import workbooks
from linli.core.errors import BadInput
from linli.people.models import Appointment
from linli.places.models import Place
from linli.tickets.models import Ticket
from linli.tickets.tests.conftest import root

pytestmark = pytest.mark.django_db
COUNTED = {"places": Place, "people": Appointment, "tickets": Ticket}
SOUND = {
    "places": [["社区", "小区", "房屋坐落", "建筑面积"]]
    + [["雪莲社区", "雪莲苑", f"{at % 4 + 5}#-{at % 2 + 1}-{at}01", 80.25 + at] for at in range(1, 9)],
    "people": [["姓名", "电话", "岗位", "单位", "范围", "开始日期"]]
    + [[f"次仁{at}", f"1380013800{at}", "楼长", "", "雪莲苑 2号楼", "2026-01-05"] for at in range(1, 9)],
    "tickets": [["编号", "时间", "标题", "内容", "社区", "按时", "办结时间"]]
    + [[f"2025-{at}", f"2025-03-0{at} 09:30", "灯不亮", "二楼灯不亮", "雪莲社区", "是", ""] for at in range(1, 9)],
}


def below(change):
    """Changes every cell below the headings by chance."""
    return lambda rows, chance: [rows[0], *([change(cell, chance) for cell in row] for row in rows[1:])]


def column(heading, words):
    """One more column."""
    return lambda rows, chance: [[*row, words if at else heading] for at, row in enumerate(rows)]


def scattered(cell, chance):
    """Now and then something else in a cell than one would think."""
    odd = ["", "#REF!", "=1+1", "无", "—", "八十", -1, 1e300, "0", "'", "<b>x</b>", "'; DROP TABLE x; --", "二〇二五年"]
    return chance.choice(odd) if chance.random() < 0.3 else cell


def widened(cell, chance):
    """Full-width figures and odd blanks."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in f"　{cell} \u00a0")


SHEETS = {
    "headings gone": lambda rows, chance: rows[1:],
    "headings twice": lambda rows, chance: [rows[0], *rows],
    "headings of strangers": lambda rows, chance: [[f"列{at}" for at in range(len(rows[0]))], *rows[1:]],
    "headings far below": lambda rows, chance: [["说明"]] * 40 + rows,
    "headings alike": lambda rows, chance: [[rows[0][0]] * len(rows[0]), *rows[1:]],
    "only a title": lambda rows, chance: [["某某社区台账"]],
    "titles and totals": lambda rows, chance: [
        ["台账"],
        ["单位：某", "2025年"],
        *rows,
        ["合计", "8"],
        ["制表人：某某"],
    ],
    "rows twice": lambda rows, chance: [*rows, *rows[1:]],
    "rows with gaps": lambda rows, chance: [line for row in rows for line in (row, [], ["", ""])],
    "rows too long": lambda rows, chance: [rows[0], *([*row, "多", "出"] for row in rows[1:])],
    "rows too short": lambda rows, chance: [rows[0], *(row[: chance.randrange(1, len(row))] for row in rows[1:])],
    "columns shuffled": lambda rows, chance: [[*row[2:], *row[:2]] for row in rows],
    "columns without end": lambda rows, chance: [[*row, *["x"] * 230] for row in rows],
    "cells scattered": below(scattered),
    "cells widened": below(widened),
    "cells endless": below(lambda cell, chance: f"{cell}" * 3000),
    "cells with strange signs": below(lambda cell, chance: f"{cell}\u202e\u200b\ufffd\U0001f600ཀྵ"),
    "cells in broken lines": below(lambda cell, chance: f'"{cell}\n\r\t,;"'),
    "identity numbers": column("备注", "11010519491231002X"),
    "denied columns": column("民 族", "秘密"),
}


def half(content, chance):
    return content[: len(content) // 2]


def flipped(content, chance):
    spoiled = bytearray(content)
    for _time in range(40):
        spoiled[chance.randrange(len(spoiled))] ^= chance.randrange(1, 256)
    return bytes(spoiled)


FILES = {
    "half a file": half,
    "bytes flipped": flipped,
    "zeros inside": lambda content, chance: content[:300] + b"\0" * 200 + content[500:],
    "garbage before": lambda content, chance: chance.randbytes(7) + content,
    "garbage behind": lambda content, chance: content + chance.randbytes(3000),
}
WRITERS = {
    "xlsx": workbooks.xlsx,
    "xls": workbooks.xls,
    "ods": workbooks.ods,
    "csv": lambda rows: workbooks.text(rows, "gb18030"),
}


def books():
    """Every way of spoiling in every kind of file; the registers take turns."""
    for number, (name, spoil) in enumerate([*SHEETS.items(), *FILES.items()]):
        for turn, (kind, write) in enumerate(WRITERS.items()):
            importer = list(SOUND)[(number + turn) % 3]
            yield pytest.param(
                importer, spoil, write, name in SHEETS, number * 10 + turn, id=f"{name}, {importer}.{kind}"
            )


def signs(cell):
    """A cell as its kind of file can hold it: none of them knows control characters or 40,000 signs."""
    return (
        cell if isinstance(cell, int | float) else "".join(sign for sign in cell if sign >= " " or sign == "\n")[:9000]
    )


def spoiled(importer, spoil, write, is_sheet, seed):
    chance = random.Random(seed)
    rows = spoil(SOUND[importer], chance) if is_sheet else SOUND[importer]
    content = write([[signs(cell) for cell in row] for row in rows])
    return content if is_sheet else spoil(content, chance)


def test_there_are_a_hundred_of_them():
    assert len(list(books())) == 100


@pytest.mark.parametrize(("importer", "spoil", "write", "is_sheet", "seed"), list(books()))
def test_spoiled_workbook_ends_in_words(town, importer, spoil, write, is_sheet, seed):
    kind, before = IMPORTERS.get(importer), COUNTED[importer].objects.count()
    options = {"create_places": True, "place": "雪莲社区", "mapping": ""}
    said = []
    try:
        content = spoiled(importer, spoil, write, is_sheet, seed)
        batch = receive_file(actor=root(), importer=kind, name="台账", content=content)
        batch = map_columns(actor=root(), batch=batch, mapping=batch.mapping, options=options)
        _all_or_nothing(Batch.objects.get(pk=batch.pk))
    except BadInput as refusal:
        said = [str(words[0]) for words in refusal.fields.values()]
    done = Batch.objects.first()
    assert bool(said) == (done is None or done.state == "UPLOADED")
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in words) for words in said)
    assert COUNTED[importer].objects.count() - before >= (done.created if done else 0)
    assert "秘密" not in str(list(Batch.objects.values()))


def _all_or_nothing(batch):
    """Look through, confirm, take in: every row ends in one of four ways, the refused ones with reasons."""
    carry_on(root(), batch, 60)
    batch = Batch.objects.get(pk=batch.pk)
    assert (batch.state, batch.fault) == ("CHECKED", "")
    assert all(row["reasons"] and all(row["reasons"]) for row in result_of(batch)["refused"])
    carry_on(root(), confirm_batch(actor=root(), batch=batch, without_bad=True), 60)
    done = Batch.objects.get(pk=batch.pk)
    assert (done.state, done.fault, done.done) == ("DONE", "", done.total)
    assert done.created + done.changed + done.already + done.refused == done.total
