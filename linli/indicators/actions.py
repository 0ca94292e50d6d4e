"""The roll-up: read the story on from the mark, count the matters again, sum their cells anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Max, Q, Sum

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.indicators.models import Cell, Counted, Mark
from linli.indicators.permissions import may_refresh_figures
from linli.indicators.queries import contributions_of, is_behind
from linli.indicators.rules import MEASURES
from linli.matters.models import Entry, Matter

STEP_BACK = timedelta(minutes=5)
"""Entries may commit out of order of their numbers: what is younger than this is read again."""
LEASE = timedelta(minutes=10)
CHUNK = 2000
STEP = 500


@action
def refresh_figures(*, actor: Actor) -> int:
    """Bring the daily figures on along the story; returns how many matters were counted again.

    One step reads some hundred entries, so that nobody waits long for a turn. `figures_are_behind` says whether the
    story's end was not reached.
    """
    if not may_refresh_figures(actor):
        raise NotAllowed
    mark, _ = Mark.objects.get_or_create(name="figures")
    start = mark.trail[-1][1] if is_behind(mark) else _settled(mark, actor.now)
    entries = list(Entry.objects.filter(pk__gt=start).order_by("pk").values_list("pk", "matter_id")[:STEP])
    if not entries or not _take(mark, actor.now):
        return 0
    count = sum(_count(ids) for ids in _chunks(dict.fromkeys(matter for _pk, matter in entries)))
    trail = [step for step in mark.trail if datetime.fromisoformat(step[0]) > actor.now - STEP_BACK]
    older = [step for step in mark.trail if step not in trail][-1:]
    reached = [actor.now.isoformat(), entries[-1][0], len(entries) == STEP]
    Mark.objects.filter(pk=mark.pk).update(trail=[*older, *trail, reached], busy_until=None)
    return count


@action
def rebuild_figures(*, actor: Actor) -> int:
    """Count every matter anew from nothing; the same figures come out as those kept day by day."""
    if not may_refresh_figures(actor):
        raise NotAllowed
    Counted.objects.all().delete()
    Cell.objects.all().delete()
    end = Entry.objects.aggregate(end=Max("pk"))["end"] or 0
    count = sum(_count(ids) for ids in _chunks(Matter.objects.order_by("pk").values_list("pk", flat=True)))
    Mark.objects.update_or_create(
        name="figures", defaults={"trail": [[actor.now.isoformat(), end]], "busy_until": None}
    )
    record_act(actor=actor, verb="figures.rebuilt", detail={"matters": count})
    return count


def _settled(mark: Mark, now: datetime) -> int:
    """The last entry that was read long enough ago for everything before it to have been committed."""
    old = [step[1] for step in mark.trail if datetime.fromisoformat(step[0]) <= now - STEP_BACK]
    return max(old, default=0)


def _take(mark: Mark, now: datetime) -> bool:
    """One roll-up at a time; one that died gives its place up after the lease."""
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    return bool(Mark.objects.filter(free, pk=mark.pk).update(busy_until=now + LEASE))


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    for pk in ids:
        chunk.append(pk)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _count(matter_ids: list[int]) -> int:
    """Count these matters again, and sum every cell they were in or are in now."""
    contributions = contributions_of(matter_ids)
    cells = {key: Cell(key=key, **columns) for key, columns in {c.key: c.columns for c in contributions}.items()}
    Cell.objects.bulk_create(cells.values(), ignore_conflicts=True)
    numbers = dict(Cell.objects.filter(key__in=cells).values_list("key", "pk"))
    touched = set(Counted.objects.filter(pk__in=matter_ids).values_list("cell_id", flat=True)) | set(numbers.values())
    Counted.objects.bulk_create(
        [Counted(matter_id=c.matter_id, cell_id=numbers[c.key], **c.measures) for c in contributions],
        update_conflicts=True,
        unique_fields=["matter"],
        update_fields=["cell", *MEASURES],
    )
    _sum(touched)
    return len(contributions)


def _sum(cell_ids: set[int]) -> None:
    """Write the sums of these cells; a cell that nothing is in any more goes."""
    sums = Counted.objects.filter(cell_id__in=cell_ids).order_by().values_list("cell_id")
    found = list(sums.annotate(**{f"sum_{name}": Sum(name) for name in MEASURES}))
    Cell.objects.filter(pk__in=cell_ids - {row[0] for row in found}).delete()
    cells = Cell.objects.in_bulk([row[0] for row in found])
    for pk, *counts in found:
        for name, count in zip(MEASURES, counts, strict=True):
            setattr(cells[pk], name, count)
    Cell.objects.bulk_create(
        cells.values(), update_conflicts=True, unique_fields=["key"], update_fields=MEASURES, batch_size=CHUNK
    )
