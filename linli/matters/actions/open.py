"""Opening matters: many at once, in at most five inserts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import Phase, action, preparation
from linli.core.numbers import short_uid
from linli.core.times import local
from linli.core.turn import insert_rows, turn
from linli.matters.actions._columns import Office, alarm_columns, free_columns, place_columns
from linli.matters.actions._story import entry_of, note_of
from linli.matters.actions.drafts import Opening
from linli.matters.models import Entry, Follower, Matter, Note, SearchText, Serial
from linli.matters.permissions import may_open
from linli.matters.rules.numbers import number_of, random_number
from linli.matters.rules.words import number_words, tokens_of
from linli.matters.signals import matter_moved
from linli.matters.states import KINDS, Audience

NOWHERE = "000000000000"


@preparation
def draw_numbers(*, actor: Actor, openings: Sequence[Opening]) -> list[Opening]:
    """Give each opening its number, in a short transaction of its own before the one that opens the matters.

    Whoever draws and then opens nothing leaves a gap, and nobody waits for anybody's transaction.
    """
    if not all(may_open(actor, opening) for opening in openings):
        raise NotAllowed
    wanted = Counter(_row(actor, opening) for opening in openings if _is_numbered(opening))
    last = {row: _draw(*row, count) for row, count in wanted.items()}
    serials = {row: iter(range(last[row] - count + 1, last[row] + 1)) for row, count in wanted.items()}
    numbered = []
    for opening in openings:
        number = opening.number or random_number()
        if _is_numbered(opening):
            row = _row(actor, opening)
            number = number_of(*row, next(serials[row]))
        numbered.append(replace(opening, number=number))
    return numbered


def _is_numbered(opening: Opening) -> bool:
    return not opening.number and not KINDS.get(opening.kind).is_sealed


def _row(actor: Actor, opening: Opening) -> tuple[str, int]:
    """The row of `Serial` an opening draws from: the first twelve figures of its place's code, and the year."""
    code = opening.place.code.split("-")[0] if opening.place else NOWHERE
    return code.ljust(12, "0")[:12], local(opening.opened_at or actor.now).year


def _draw(community_code: str, year: int, count: int) -> int:
    """The last of ``count`` fresh serials, in one statement."""
    table = Serial._meta.db_table
    with turn(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (community_code, year, last) VALUES (%s, %s, %s) "  # noqa: S608 - our own table
            f"ON CONFLICT (community_code, year) DO UPDATE SET last = {table}.last + excluded.last RETURNING last",
            [community_code, year, count],
        )
        return int(cursor.fetchone()[0])


@action
def open_matters(*, actor: Actor, openings: Sequence[Opening]) -> list[Matter]:
    """Open matters: rows, first lines of their stories, search, followers; each in one insert for all.

    Raises `NotAllowed` where the actor may not open one of them.
    """
    if not all(may_open(actor, opening) for opening in openings):
        raise NotAllowed
    openings = draw_numbers(actor=actor, openings=openings)
    matters = insert_rows([_matter_of(actor, opening) for opening in openings])
    entries, notes = _story(actor, matters, openings)
    insert_rows(entries)
    insert_rows(notes)
    insert_rows(list(map(_search_text, matters, openings)))
    followers = [
        Follower(matter=matter, person_id=who.person_id, body_id=who.body_id, receipt_digest=who.receipt_digest,
                 role=who.role, at=actor.now)
        for matter, opening in zip(matters, openings, strict=True)
        for who in opening.followers
    ]  # fmt: skip
    insert_rows(followers)
    if matter_moved.receivers:
        for matter, entry in zip(matters, entries, strict=True):
            matter_moved.send(sender=Matter, matter=matter, entry=entry, actor=actor)
    return matters


def _matter_of(actor: Actor, opening: Opening) -> Matter:
    """The row of an opening, with its alarms."""
    kind = KINDS.get(opening.kind)
    state = kind.flow.states[opening.state or kind.flow.start]
    opened_at = opening.opened_at or actor.now
    matter = Matter(
        uid=opening.uid or short_uid(),
        number=opening.number,
        kind=kind.name,
        title=opening.title,
        subject=opening.subject,
        state=state.name,
        phase=state.phase,
        audience=Audience.SEALED if kind.is_sealed else opening.audience,
        holder_body_id=opening.holder_body_id,
        holder_person_id=opening.holder_person_id,
        category_code=opening.category_code,
        class_code=opening.class_code,
        charter_version_id=opening.charter.version_id if opening.charter else None,
        opened_at=opened_at,
        closed_at=opening.closed_at or (opened_at if state.phase == Phase.DONE else None),
        step_from_at=opened_at,
        step_due_at=opening.step_due_at,
        due_from_at=opened_at if opening.due_at else None,
        due_set_at=opened_at if opening.due_at else None,
        due_at=opening.due_at,
        **place_columns(opening.place) | free_columns(opening.fields),
    )
    office = Office(matter, opening.charter)
    if opening.step_due_at and opening.is_step_working:
        matter.step_minutes = office.minutes(opened_at, opening.step_due_at)
    if opening.due_at and not matter.is_done and office.counts_case(matter.class_code):
        matter.case_minutes = office.minutes(opened_at, opening.due_at)
    for name, value in alarm_columns(matter, office).items():
        setattr(matter, name, value)
    return matter


def _story(actor: Actor, matters: list[Matter], openings: Sequence[Opening]) -> tuple[list[Entry], list[Note]]:
    """The first entries and their notes, at the moment each matter was opened."""
    entries, notes = [], []
    for matter, opening in zip(matters, openings, strict=True):
        entry = entry_of(
            actor.at(matter.opened_at),
            matter,
            opening.verb if "." in opening.verb else f"{matter.kind}.{opening.verb}",
            audience=Audience.PUBLIC,
            figures=opening.figures,
            files=opening.files,
            step=("", matter.state, None),
        )
        if opening.note:
            notes.append(note_of(entry, opening.note, opening.note_audience))
        entries.append(entry)
    return entries, notes


def _search_text(matter: Matter, opening: Opening) -> SearchText:
    """What the matter is found by. A sealed kind is found by those concerned alone."""
    public = f"{number_words(matter.number)} {matter.title} {opening.public_words}"
    if matter.audience == Audience.SEALED:
        return SearchText(matter=matter, tokens="", inner_tokens=tokens_of(f"{public} {opening.words}"))
    return SearchText(matter=matter, tokens=tokens_of(public), inner_tokens=tokens_of(opening.words))
