"""Reads: what a community has recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.files.queries import address_of
from linli.places.models import Place
from linli.places.queries import open_places
from linli.voices.models import Recording
from linli.voices.permissions import RECORDERS
from linli.voices.rules import SENTENCES, TONGUES


@dataclass(frozen=True, slots=True)
class Sound:
    """A sentence to be played: its words, its tongue, and the address of the moment."""

    words: Any
    tongue: Any
    code: str
    language: str
    src: str


def sounds_at(actor: Actor, community_id: int | None, sentences: Iterable[str]) -> list[Sound]:
    """The recordings of these sentences in a community, in the order of the sentences; one read."""
    wanted = list(sentences)
    if community_id is None or not wanted:
        return []
    found = Recording.objects.filter(community_id=community_id, sentence__in=wanted).select_related("file")
    rows = sorted(found, key=lambda row: (wanted.index(row.sentence), row.tongue))
    return [_sound(row, actor) for row in rows]


def _sound(row: Recording, actor: Actor) -> Sound:
    return Sound(SENTENCES[row.sentence], TONGUES[row.tongue], row.sentence, row.tongue, address_of(row.file, actor))


def communities_recorded_by(actor: Actor) -> QuerySet[Place]:
    """The communities whose voice the actor may record."""
    inside = Q(pk__in=())
    for grant in actor.grants_of(RECORDERS):
        if grant.place_id is not None:
            inside |= Q(**{f"{grant.level}_id": grant.place_id})
    return open_places().filter(inside, level="community")
