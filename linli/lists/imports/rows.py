"""Old reports: looked through, then taken in by one act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.batches.imports import Checked, Options, Outcome, Values
from linli.batches.states import ALREADY, NEW, REFUSED
from linli.core.actor import Actor
from linli.lists.imports.ground import Ground, Unit, chain_of
from linli.lists.imports.reading import as_given, lines_of, moment_of, verdict_of
from linli.people.actions import BodyDraft, add_bodies
from linli.people.models import Body
from linli.places.actions import PlaceDraft, add_places
from linli.places.models import Place
from linli.tickets.actions import OldTicket, import_tickets
from linli.tickets.models import Ticket
from linli.tickets.rules.guard import LONGEST, findings_in

AT_ONCE = 5_000
LONGEST_NUMBER, LONGEST_TITLE = 80, 120


@dataclass(slots=True)
class Line:
    """One row on its way."""

    row: Values
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    status: str = NEW
    number: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    on_time: str = "unknown"
    types: tuple[str, ...] = ()
    category: str = ""
    words: str = ""
    place: Place | PlaceDraft | None = None
    body: Body | Unit | None = None

    def get(self, column: str) -> str:
        """A cell, "" where the file has no such column or the cell stands for nothing."""
        return as_given(self.row.get(column, ""))

    @property
    def given(self) -> str:
        """The type as the file writes it."""
        return " / ".join(filter(None, self.types))


def source_of(options: Options) -> str:
    """The name under which a source's numbers are unique: that of the mapping."""
    return str(options.get("mapping") or "table")[:40]


def check(actor: Actor, rows: list[Values], options: Options) -> list[Checked]:
    """What each row would become, what is wrong with it, and what is taken otherwise than one might think."""
    ground = Ground(actor, options, source_of(options))
    lines = [_line(actor, ground, row) for row in rows]
    _mark_known(lines, source_of(options))
    return [Checked(line, line.faults, REFUSED if line.faults else line.status, line.notes) for line in lines]


def _line(actor: Actor, ground: Ground, row: Values) -> Line:
    line = Line(row)
    line.number = line.get("number")
    if not line.number or len(line.number) > LONGEST_NUMBER:
        line.faults.append(_("没有编号。编号用来认出同一件事，不能空。"))
    _read_times(actor, line)
    _read_words(line)
    _read_verdict(line)
    _read_type(ground, line)
    place = ground.place_of(row)
    body = ground.body_of(row, place.what)
    line.place, line.body = place.what, body.what
    for found in (place, body):
        line.faults += found.faults
        line.notes += found.notes
    return line


def _read_times(actor: Actor, line: Line) -> None:
    written = line.get("opened_at")
    line.opened_at, has_hour = moment_of(written)
    if line.opened_at is None:
        line.faults.append(_("时间“%(words)s”读不出来。请写成 2025-03-04 09:30。") % {"words": written})
    elif line.opened_at > actor.now:
        line.faults.append(_("时间“%(words)s”还没到。") % {"words": written})
    elif not has_hour:
        line.notes.append(_("只写了日期，按当天 0 点记"))
    written = line.get("closed_at")
    line.closed_at, _has_hour = moment_of(written)
    if written and (line.closed_at is None or (line.opened_at and line.closed_at < line.opened_at)):
        line.closed_at = None
        line.notes.append(_("办结时间读不出来，或早于反映的时间，没有记"))


def _read_words(line: Line) -> None:
    line.words = lines_of(line.row.get("words", ""))
    if len(line.words) > LONGEST:
        line.notes.append(_("内容超过 %(most)d 个字，后面的没有录") % {"most": LONGEST})
    if findings_in(line.words):
        line.notes.append(_("内容里的电话、证件号、银行卡号已经遮住"))


def _read_verdict(line: Line) -> None:
    line.on_time = verdict_of(line.row.get("in_time", ""), line.row.get("overdue", ""))
    if line.on_time == "unknown" and ("in_time" in line.row or "overdue" in line.row):
        line.notes.append(_("没有写按时还是超时，不算进按时率"))
    if not line.on_time:
        line.on_time = "unknown"
        line.notes.append(_("按时和超时写得不一致，不算进按时率"))


def _read_type(ground: Ground, line: Line) -> None:
    line.types, line.category = ground.type_of(line.row)
    if line.given and not line.category:
        line.notes.append(_("类别没有对应，照原样记：%(given)s") % {"given": line.given})


def _mark_known(lines: list[Line], source: str) -> None:
    """Which numbers are there already, and which stand twice in the file."""
    numbers = [line.number for line in lines]
    there: set[str] = set()
    for start in range(0, len(numbers), AT_ONCE):
        known = Ticket.objects.filter(external_source=source, external_no__in=numbers[start : start + AT_ONCE])
        there.update(known.values_list("external_no", flat=True))
    seen: set[str] = set()
    for line in lines:
        if line.number in there:
            line.status = ALREADY
        elif line.number in seen and not line.faults:
            line.status = ALREADY
            line.notes.append(_("编号在文件里出现两次，只录第一次：%(number)s") % {"number": line.number})
        elif not line.faults:
            seen.add(line.number)
        if line.status == ALREADY:
            line.faults = []


def commit(actor: Actor, rows: list[Checked], options: Options) -> list[Outcome]:
    """Adds what places and bodies are missing, then takes the reports in."""
    lines: list[Line] = [row.values for row in rows]
    places = _add_places(actor, lines)
    bodies = _add_bodies(actor, lines, places)
    drafts = [_draft(line, places, bodies, source_of(options)) for line in lines]
    already = set(import_tickets(actor=actor, drafts=drafts).already)
    return [Outcome(ALREADY if at in already else NEW) for at in range(len(drafts))]


def _add_places(actor: Actor, lines: Sequence[Line]) -> dict[PlaceDraft, Place]:
    wanted = {draft: None for line in lines for draft in _drafts_of(line)}
    drafts = list(wanted)
    return dict(zip(drafts, add_places(actor=actor, drafts=drafts), strict=True)) if drafts else {}


def _drafts_of(line: Line) -> Iterator[PlaceDraft]:
    yield from chain_of(line.place)
    if isinstance(line.body, Unit):
        yield from chain_of(line.body.district)


def _add_bodies(actor: Actor, lines: Sequence[Line], places: dict[PlaceDraft, Place]) -> dict[Unit, Body]:
    units = list({line.body: None for line in lines if isinstance(line.body, Unit)})
    drafts = [BodyDraft(unit.name, "unit", _stored(unit.district, places), aliases=unit.aliases) for unit in units]
    return dict(zip(units, add_bodies(actor=actor, drafts=drafts), strict=True)) if units else {}


def _stored(place: Any, places: dict[PlaceDraft, Place]) -> Any:
    return places[place] if isinstance(place, PlaceDraft) else place


def _draft(line: Line, places: dict[PlaceDraft, Place], bodies: dict[Unit, Body], source: str) -> OldTicket:
    figures = {name: line.get(name) for name in ("nature", "via", "unit", "likes", "dislikes") if line.get(name)}
    return OldTicket(
        source=source,
        number=line.number,
        place=_stored(line.place, places),
        opened_at=line.opened_at,  # type: ignore[arg-type]
        closed_at=line.closed_at,
        title=(line.get("title") or next(filter(None, reversed(line.types)), "") or _("以前的事"))[:LONGEST_TITLE],
        words=line.words,
        category_code=line.category,
        category_given=line.given,
        body=bodies[line.body] if isinstance(line.body, Unit) else line.body,
        on_time=line.on_time,
        figures=figures,
    )
