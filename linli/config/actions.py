"""The installation's own acts."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from linli.audit.actions import record_act
from linli.config.models import TickMark, Upkeep
from linli.config.permissions import may_keep_machine
from linli.config.rules import AGAIN_AFTER
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.core.times import day_of


@action
def mark_tick(*, actor: Actor, faults: Mapping[str, str]) -> TickMark:
    """Note that the clock went round and which clocks failed; it is the machine's pulse, so no audit row is left."""
    if not actor.is_system:
        raise NotAllowed
    mark, _ = TickMark.objects.update_or_create(pk=1, defaults={"ticked_at": actor.now, "faults": dict(faults)})
    return mark


@action
def begin_upkeep(*, actor: Actor, kind: str) -> Upkeep | None:
    """Takes today's turn at a piece of upkeep; None where another has it, it is done, or failed within the hour."""
    if not may_keep_machine(actor):
        raise NotAllowed
    row, is_new = Upkeep.objects.get_or_create(
        kind=kind, day=day_of(actor.now), defaults={"started_at": actor.now, "ended_at": None}
    )
    if is_new:
        return row
    failed = Q(is_good=False, started_at__lte=actor.now - AGAIN_AFTER)
    again = Upkeep.objects.filter(failed, pk=row.pk, started_at=row.started_at)
    return row if again.update(started_at=actor.now, ended_at=None, words="") else None


@action
def end_upkeep(*, actor: Actor, upkeep: Upkeep, is_good: bool, words: str) -> None:
    """Notes how a piece of upkeep ended."""
    if not may_keep_machine(actor):
        raise NotAllowed
    Upkeep.objects.filter(pk=upkeep.pk).update(ended_at=actor.now, is_good=is_good, words=words[:300])
    record_act(actor=actor, verb=f"upkeep.{upkeep.kind}", detail={"is_good": is_good})


@action
def note_upkeep(*, actor: Actor, kind: str, words: str = "") -> None:
    """Notes a piece of upkeep that somebody did by hand today: a backup, a drill, the recovery sheet."""
    if not may_keep_machine(actor):
        raise NotAllowed
    done = {"started_at": actor.now, "ended_at": actor.now, "is_good": True, "words": words[:300]}
    Upkeep.objects.update_or_create(kind=kind, day=day_of(actor.now), defaults=done)
    record_act(actor=actor, verb=f"upkeep.{kind}", detail={"is_good": True})
