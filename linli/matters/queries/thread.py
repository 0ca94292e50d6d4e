"""The thread: the matters of one way, its beads, and the story as its reader may know it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.core.asked import Question, Told
from linli.matters.models import Entry, Follower, Link, Matter, Seen
from linli.matters.queries.sight import sight_of
from linli.matters.queries.visible import matters_visible_to
from linli.matters.states import KINDS, LEVEL_WORDS, OWN_WORDS, Audience

READABLE: dict[str, tuple[Audience, ...]] = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.PARTIES: (Audience.PUBLIC, Audience.PARTIES),
    Audience.STAFF: (Audience.PUBLIC, Audience.PARTIES, Audience.STAFF),
}


def _with_words() -> QuerySet[Entry]:
    """Entries with what is told of them, in the order in which they were written."""
    return Entry.objects.select_related("note", "body").order_by("id")


STORY = Question(lambda: _with_words().filter(matter_id=Told("matter")))


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as its reader may know it: the sentence, the note's words if they are for this reader."""

    entry: Entry
    words: Any
    note: str = ""


@dataclass(slots=True)
class Bead:
    """A station of the thread: its words, when it was reached, whether it is done, now or next, what is told there."""

    words: Any
    state: str
    matter: Matter
    at: datetime | None = None
    lines: list[Line] = field(default_factory=list)


def thread_of(matter: Matter, actor: Actor) -> list[Matter]:
    """The matters on the thread of ``matter`` that the actor may know of, oldest first."""
    found = matters_visible_to(actor).filter(Q(thread=matter.root_id) | Q(pk=matter.root_id))
    return list(found.select_related("place", "holder_body").order_by("opened_at", "id"))


def stations_of(matters: Sequence[Matter]) -> list[Bead]:
    """The beads of a thread, drawn from its entries in one read: where it has been, where it is, what comes next."""
    entries = _entries_of(matters)
    return [bead for matter in matters for bead in _beads_of(matter, entries[matter.pk])]


def way_of(matters: Sequence[Matter], actor: Actor, followed: Collection[int] | None = None) -> list[Bead]:
    """The beads of a thread with what the actor may read at each; one read for all of it, one for who follows.

    ``followed`` are the keys of those the actor follows, where the caller knows.
    """
    sights = _sights_of(matters, actor, followed)
    entries = _entries_of(matters, told=True)
    way: list[Bead] = []
    for matter in matters:
        beads = _beads_of(matter, entries[matter.pk])
        reached = [bead for bead in beads if bead.at]
        if sights[matter.pk] is not None and reached:
            for line in lines_of(matter, entries[matter.pk], READABLE[sights[matter.pk]]):
                here = [bead for bead in reached if bead.at and bead.at <= line.entry.at]
                (here or reached)[-1 if here else 0].lines.append(line)
        way += beads
    return way


def _entries_of(matters: Sequence[Matter], *, told: bool = False) -> dict[int, list[Entry]]:
    """Each matter's entries in the order in which they were written; ``told``: all, with what is told of them."""
    entries: dict[int, list[Entry]] = {matter.pk: [] for matter in matters}
    found: Iterable[Entry]
    if not told:
        found = Entry.objects.filter(matter__in=entries).exclude(station="").order_by("id")
    elif len(matters) == 1:
        found = STORY.rows(matter=matters[0].pk)
    else:
        found = _with_words().filter(matter__in=entries)
    for entry in found:
        entries[entry.matter_id].append(entry)
    return entries


def _sights_of(matters: Sequence[Matter], actor: Actor, followed: Collection[int] | None) -> dict[int, Any]:
    """As what the actor reads each matter; who follows is asked once for all."""
    if followed is None and actor.person_id is not None:
        mine = Follower.objects.filter(person_id=actor.person_id, matter__in=matters)
        followed = set(mine.values_list("matter_id", flat=True))
    return {matter.pk: sight_of(actor, matter, is_follower=matter.pk in (followed or ())) for matter in matters}


def _beads_of(matter: Matter, entries: list[Entry]) -> list[Bead]:
    """One matter's beads. A way taken again (a rework) goes back to its bead; what was beyond it is ahead once more."""
    stations = KINDS.get(matter.kind).stations
    order = list(dict.fromkeys(str(words) for words in stations.values()))
    reached: dict[str, Entry] = {}
    for entry in entries:
        if entry.station not in stations:
            continue
        here = str(stations[entry.station])
        before = {words: at for words, at in reached.items() if order.index(words) < order.index(here)}
        reached = before | {here: reached.get(here, entry)}
    done = [Bead(words, "done", matter, entry.at) for words, entry in reached.items()]
    if matter.is_done:
        return done
    if done:
        done[-1].state = "now"
    last = order.index(done[-1].words) if done else -1
    return done + [Bead(words, "next", matter) for words in order[last + 1 :]]


def story_of(matter: Matter, actor: Actor) -> list[Line]:
    """The story of ``matter``, oldest first, as far as the actor may read it; one read."""
    sight = sight_of(actor, matter)
    if sight is None:
        return []
    return lines_of(matter, STORY.rows(matter=matter.pk), READABLE[sight])


def lines_of(matter: Matter, entries: Iterable[Entry], readable: tuple[Audience, ...]) -> list[Line]:
    """The entries that may be read, with their sentences, and the notes that may be."""
    kind = KINDS.get(matter.kind)
    lines = []
    for entry in entries:
        if entry.audience not in readable:
            continue
        words = kind.say(entry) if kind.say else ""
        note = entry.note.words if entry.note_hash and entry.note_audience in readable else ""
        lines.append(Line(entry, words or words_of(entry, matter), note))
    return lines


def words_of(entry: Entry, matter: Matter) -> Any:
    """What an entry says where its kind has no sentence of its own: the move's words, or those of the state."""
    flow = KINDS.get(matter.kind).flow
    if entry.move in flow.moves:
        return flow.moves[entry.move].words
    if entry.to_state in flow.states:
        return flow.states[entry.to_state].words
    return OWN_WORDS.get(entry.verb) or LEVEL_WORDS.get(entry.figures.get("level"), "")


def duplicates_of(matter: Matter, actor: Actor) -> list[Matter]:
    """The matters that are the same matter, as far as the actor may know of them."""
    pairs = Link.objects.filter(Q(source=matter) | Q(target=matter), kind="duplicates")
    ids = {other for pair in pairs.values_list("source_id", "target_id") for other in pair} - {matter.pk}
    return list(matters_visible_to(actor).filter(pk__in=ids).order_by("id")) if ids else []


def looks_of(matter: Matter) -> list[Seen]:
    """Who of those concerned has opened the matter."""
    return list(Seen.objects.filter(matter=matter).select_related("person", "body").order_by("first_at"))
