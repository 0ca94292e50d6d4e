"""Entries without a move, what a matter is found by, and the blanking of old notes."""

from __future__ import annotations

from collections.abc import Sequence

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.matters.actions._columns import free_columns
from linli.matters.actions._story import entry_of, write
from linli.matters.actions.drafts import Telling
from linli.matters.models import Entry, Matter, Note, SearchText
from linli.matters.permissions import may_blank, may_move, may_tell
from linli.matters.rules.words import number_words, tokens_of


@action
def tell_matter(*, actor: Actor, matter: Matter, telling: Telling) -> Entry:
    """Add a line to a matter's story without moving it: an urge, a promise, a note.

    Raises `NotAllowed`.
    """
    if not may_tell(actor, matter):
        raise NotAllowed
    columns = free_columns(telling.fields)
    if columns:
        Matter.objects.filter(pk=matter.pk).update(**columns)
        for name, value in columns.items():
            if hasattr(value, "resolve_expression"):
                matter.__dict__.pop(name, None)
            else:
                setattr(matter, name, value)
    verb = telling.verb if "." in telling.verb else f"{matter.kind}.{telling.verb}"
    entry = entry_of(actor, matter, verb, audience=telling.audience, figures=telling.figures, files=telling.files)
    return write(actor, matter, entry, telling.note, telling.note_audience)


@action
def index_matter(*, actor: Actor, matter: Matter, words: str, public_words: str = "") -> None:
    """Make a matter found by other words: after a correction, or when its description is released.

    Raises `NotAllowed`.
    """
    if not may_move(actor, matter):
        raise NotAllowed
    public = f"{number_words(matter.number)} {matter.title} {public_words}"
    SearchText.objects.filter(matter=matter).update(tokens=tokens_of(public), inner_tokens=tokens_of(words))


@action
def blank_notes(*, actor: Actor, matters: Sequence[Matter]) -> int:
    """Blank the notes of old matters (PRV-020); the entries keep their hashes.

    The salt goes too, so that nobody can try words against the hash. Retention alone does this.
    Raises `NotAllowed`.
    """
    if not may_blank(actor):
        raise NotAllowed
    return Note.objects.filter(entry__matter__in=matters, blanked_at=None).update(
        words="", salt="", blanked_at=actor.now
    )
