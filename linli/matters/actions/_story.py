"""How a line of the story is made. Used by the other acts; not an act itself."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from linli.core.actor import Actor
from linli.core.flow import Move
from linli.core.turn import insert_rows
from linli.matters.models import Entry, Matter, Note
from linli.matters.signals import matter_moved
from linli.matters.states import KINDS


def entry_of(
    actor: Actor,
    matter: Matter,
    verb: str,
    *,
    audience: str,
    figures: Mapping[str, Any],
    files: Sequence[str] = (),
    step: tuple[str, str, Move | None] | None = None,
) -> Entry:
    """An entry, not yet stored. ``step`` is from where, to where and by which move."""
    source, target, move = step or ("", "", None)
    stations = KINDS.get(matter.kind).stations
    return Entry(
        matter=matter,
        at=actor.now,
        verb=verb,
        move=move.name if move else "",
        from_state=source,
        to_state=target,
        station=target if target in stations and target != source else "",
        audience=audience,
        person_uid=actor.person_uid,
        hat=actor.hat,
        body_id=actor.body_id,
        channel=actor.channel,
        figures=dict(figures),
        files=list(files),
    )


def note_of(entry: Entry, words: str, audience: str) -> Note:
    """The note of ``entry``, which from now on carries its hash; neither is stored yet."""
    salt = secrets.token_hex(16)
    entry.note_hash = note_hash(salt, words)
    entry.note_audience = audience
    return Note(entry=entry, words=words, salt=salt)


def note_hash(salt: str, words: str) -> str:
    """The salted hash that an entry keeps of its note."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


def write(actor: Actor, matter: Matter, entry: Entry, note: str, note_audience: str) -> Entry:
    """Store an entry and its note: one insert, or two."""
    words = note_of(entry, note, note_audience) if note else None
    insert_rows([entry])
    if words:
        insert_rows([words])
    matter_moved.send(sender=Matter, matter=matter, entry=entry, actor=actor)
    return entry
