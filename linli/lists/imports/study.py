"""An old ledger read only to be looked at: nothing of it is written anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linli.batches.rules import Column, denied, proposed_mapping, read_table, recognised
from linli.charters.rules import Charter
from linli.charters.rules.suggest import suggest_categories
from linli.core.times import day_of
from linli.lists.imports.columns import COLUMNS, category_of
from linli.lists.imports.reading import as_given, moment_of, plain, verdict_of
from linli.lists.rules.year import Old
from linli.places.rules.names import read_address

LEFT_OUT = {"number", "nature", "via", "unit_no", "unit", "likes", "dislikes"}
YEAR_COLUMNS = (
    *(column for column in COLUMNS if column.name not in LEFT_OUT),
    Column("compound", _("小区"), aliases=("小区名称", "院落", "所属小区")),
    Column("building", _("楼栋"), aliases=("楼号", "栋", "幢", "栋号", "楼栋号")),
    Column("due_at", _("办理期限"), aliases=("期限", "截止时间", "到期时间", "要求办结时间", "办结期限")),
    Column("state", _("状态"), aliases=("办理状态", "办理情况", "进度", "办理进度", "是否办结")),
    Column("solved", _("是否解决"), aliases=("解决情况", "是否已解决", "回访是否解决")),
    Column("stars", _("满意度"), aliases=("是否满意", "回访满意度", "评价", "满意情况", "回访结果")),
)
CLOSED = re.compile(r"^(?:已|已经)?(?:办结|办完|完成|结案|处理完|解决|是|关闭)")
GOOD = frozenset({"满意", "非常满意", "很满意", "十分满意", "好评", "是", "5", "4"})
NOT_GOOD = frozenset({"一般", "基本满意", "3", "不满意", "很不满意", "非常不满意", "差评", "否", "1", "2"})
"""Four stars and more are good; 基本满意 is three."""
SOLVED = {
    **dict.fromkeys(("是", "已解决", "解决"), "yes"),
    **dict.fromkeys(("部分解决", "部分"), "partly"),
    **dict.fromkeys(("否", "未解决"), "no"),
}
HOME = re.compile(r"\d{3,4}(?:室|户|号|房)?$")
LONGEST_SPOT = 24


@dataclass(slots=True)
class Ledger:
    """What was read: the reports, the lines whose time could not be read, and which heading was taken for what."""

    headings: list[str]
    mapping: dict[str, str]
    dropped: dict[str, str]
    reports: list[Old] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    has_guessed: bool = False
    """Whether kinds were taken from the words, because no column says them."""

    @property
    def is_read(self) -> bool:
        """Whether the one column without which there is no year was found, and something in it could be read."""
        return bool(self.reports)


def read_ledger(
    content: bytes, charter: Charter, now: datetime, mappings: Mapping[str, Mapping[str, str]], said: Mapping[str, str]
) -> Ledger:
    """The reports of a ledger; ``said`` are the columns that the reader pointed out. Raises `BadInput`."""
    own = [str(name) for column in YEAR_COLUMNS for name in (column.words, column.name, *column.aliases)]
    shipped = [heading for mapping in mappings.values() for heading in mapping.values()]
    table = read_table(content, [*own, *shipped, *said.values()])
    dropped = denied(table.headings, table.rows)
    headings = [heading for heading in table.headings if heading and heading not in dropped]
    mapping = proposed_mapping(
        headings, YEAR_COLUMNS, dict(mappings.get(recognised(headings, mappings), {})) | dict(said)
    )
    ledger = Ledger(headings, mapping, dropped)
    places = {column: table.headings.index(heading) for column, heading in mapping.items()}
    reader = _Reader(charter, now)
    for line, cells in zip(table.numbers, table.rows, strict=True):
        report = reader.report({column: cells[at] for column, at in places.items()})
        if report is None:
            ledger.unread.append(line)
        else:
            ledger.reports.append(report)
    ledger.has_guessed = reader.has_guessed
    return ledger


class _Reader:
    """Rows as reports, by the charter's categories and deadlines."""

    def __init__(self, charter: Charter, now: datetime) -> None:
        self.charter, self.now, self.has_guessed = charter, now, False

    def report(self, row: Mapping[str, str]) -> Old | None:
        """A row; None where nobody can tell when it was reported."""
        opened_at, _has_hour = moment_of(row.get("opened_at", ""))
        if opened_at is None or opened_at > self.now:
            return None
        closed_at, _has_hour = moment_of(row.get("closed_at", ""))
        if closed_at is not None and closed_at < opened_at:
            closed_at = opened_at if closed_at.date() == opened_at.date() else None
        code, what = self._what(row)
        area, spot = _where(row)
        return Old(
            opened_at=opened_at,
            area=area,
            spot=spot,
            what=what,
            is_closed=closed_at is not None or bool(CLOSED.match(plain(row.get("state", "")))),
            days=(day_of(closed_at) - day_of(opened_at)).days if closed_at else None,
            on_time=_on_time(row, closed_at),
            ours=self._ours(code, opened_at, closed_at),
            solved=SOLVED.get(plain(row.get("solved", "")), ""),
            is_good=_is_good(plain(row.get("stars", ""))),
        )

    def _what(self, row: Mapping[str, str]) -> tuple[str, str]:
        """Our category and its words; the ledger's own kind where it is none of ours, else what the words speak of."""
        types = tuple(plain(row.get(name, "")) for name in ("type", "main_type", "sub_type"))
        code = category_of(types, dict(self.charter.categories))
        own = next(filter(None, reversed(types)), "")
        if not code and not own:
            found = suggest_categories(f"{row.get('title', '')} {row.get('words', '')}", self.charter)
            code = found[0][0] if found else ""
            self.has_guessed = self.has_guessed or bool(code)
        return code, str(self.charter.categories[code].words) if code else own

    def _ours(self, code: str, opened_at: datetime, closed_at: datetime | None) -> str:
        if not code or closed_at is None:
            return "unknown"
        due_at = self.charter.finish_due_at(self.charter.categories[code].class_code, opened_at)
        return "unknown" if due_at is None else "yes" if closed_at <= due_at else "no"


def _on_time(row: Mapping[str, str], closed_at: datetime | None) -> str:
    """The ledger's own verdict; where it has none, its own deadline against its own end."""
    said = verdict_of(row.get("in_time", ""), row.get("overdue", "")) or "unknown"
    due_at, has_hour = moment_of(row.get("due_at", ""))
    if said != "unknown" or due_at is None or closed_at is None:
        return said
    return "yes" if closed_at <= due_at or (not has_hour and closed_at.date() <= due_at.date()) else "no"


def _is_good(words: str) -> bool | None:
    return True if words in GOOD else False if words in NOT_GOOD else None


def _where(row: Mapping[str, str]) -> tuple[str, str]:
    """The area and the spot in it, down to the building; never a home."""
    given = {name: as_given(row.get(name, "")) for name in ("compound", "community", "street", "district")}
    address = as_given(row.get("address", ""))
    read = read_address(address)
    area = given["compound"] or read.compound or given["community"] or given["street"] or given["district"]
    building = read_address(f"{as_given(row.get('building', ''))}-1").building or read.building
    if building:
        return area, f"{area} {building}号楼".strip()
    rest = HOME.sub("", as_given(row.get("building", "")) or address).removeprefix(area).strip()
    spot = f"{area} {rest}".strip() if rest and len(rest) <= LONGEST_SPOT else area
    return area or spot, spot
