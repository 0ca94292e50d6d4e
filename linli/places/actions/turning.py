"""What becomes of a place from a day: another name, merging with another, splitting in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core.actor import LEVELS, Actor
from linli.core.errors import BadInput, LinliError, LostRace, NotAllowed
from linli.core.flow import action
from linli.core.times import day_of
from linli.places.actions._planting import PlaceDraft, plant
from linli.places.actions._rows import below, record, require, settle
from linli.places.models import GridCover, Place, Turn
from linli.places.permissions import may_carry_out, may_edit
from linli.places.rules import tree
from linli.places.rules.places import name_faults
from linli.places.signals import place_moved


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """A turn as typed: ``name`` for renaming and for the new place of a split, ``target`` for merging."""

    kind: str
    from_on: date
    name: str = ""
    name_bo: str = ""
    name_en: str = ""
    target: Place | None = None
    parts: tuple[Place, ...] = ()


@action
def plan_turn(*, actor: Actor, place: Place, draft: TurnDraft) -> Turn:
    """Has a place renamed, merged into another or split from a day on; at once where the day has come."""
    require(actor, place)
    if draft.target is not None and not may_edit(actor, draft.target):
        raise NotAllowed
    faults = _faults(place, draft)
    if faults:
        raise BadInput({"": faults})
    turn = Turn.objects.create(
        place=place, kind=draft.kind, from_on=draft.from_on, name=draft.name.strip(), name_bo=draft.name_bo.strip(),
        name_en=draft.name_en.strip(), target=draft.target,
    )  # fmt: skip
    turn.parts.set(draft.parts)
    record(actor, place, "place.turn_planned", kind=turn.kind, from_on=turn.from_on.isoformat())
    if turn.from_on <= day_of(actor.now):
        _carry_out(actor, turn)
    return turn


def _faults(place: Place, draft: TurnDraft) -> list[Any]:
    if draft.kind == "merge":
        fits = draft.target is not None and draft.target.level == place.level and draft.target.pk != place.pk
        is_open = draft.target is not None and draft.target.closed_on is None
        return [] if fits and is_open and place.level in tree.MERGED else [_("只能并到同一级、还在用的另一个地方。")]
    faults = name_faults(draft.name, draft.name_bo, draft.name_en)
    if draft.kind == "split":
        if place.level not in tree.MERGED:
            faults.append(_("这一级不能拆分。"))
        if not draft.parts or any(not _is_part(part, place) for part in draft.parts):
            faults.append(_("请选这里面要分出去的地方。"))
    return faults


def _is_part(part: Place, place: Place) -> bool:
    if place.level == tree.GRID:
        return GridCover.objects.filter(grid=place, place=part).exists()
    return part.parent_id == place.pk and part.closed_on is None


@action
def drop_turn(*, actor: Actor, turn: Turn) -> None:
    """Takes back what was planned, before its day."""
    if not may_edit(actor, turn.place):
        raise NotAllowed
    if not Turn.objects.filter(pk=turn.pk, done_at=None, dropped_at=None).update(dropped_at=actor.now):
        raise LostRace
    record(actor, turn.place, "place.turn_dropped", kind=turn.kind)


@action
def carry_out_turns(*, actor: Actor, turns: Sequence[Turn]) -> int:
    """Does what was planned for a day that has come; what cannot be done is put aside with the reason."""
    if not may_carry_out(actor):
        raise NotAllowed
    done = 0
    for turn in turns:
        try:
            with transaction.atomic():
                _carry_out(actor, turn)
            done += 1
        except LostRace:
            continue
        except LinliError as error:
            faults = [str(one) for many in getattr(error, "fields", {}).values() for one in many]
            words = "；".join(faults) or str(error.words)
            Turn.objects.filter(pk=turn.pk).update(dropped_at=actor.now, fault=words[:300])
            record(actor, turn.place, "place.turn_failed", kind=turn.kind)
    return done


def _carry_out(actor: Actor, turn: Turn) -> None:
    mine = Turn.objects.filter(pk=turn.pk, done_at=None, dropped_at=None)
    if not mine.update(done_at=actor.now, former_name=turn.place.name):
        raise LostRace
    place = Place.objects.select_related("parent", "community").get(pk=turn.place_id)
    if turn.kind == "rename":
        settle(place, place.parent, turn.name, turn.name_bo, turn.name_en)
    elif turn.kind == "merge" and turn.target is not None:
        _merge(actor, place, turn.target)
    else:
        draft = PlaceDraft(place.level, turn.name, place.parent, name_bo=turn.name_bo, name_en=turn.name_en)
        new = plant(place.level, [draft], {}, {draft: 0})[draft]
        _hand_over(actor, list(turn.parts.all()), place, new)
        Turn.objects.filter(pk=turn.pk).update(target=new)
    record(actor, place, "place.turned", kind=turn.kind, before=turn.place.name, after=turn.name)


def _merge(actor: Actor, place: Place, target: Place) -> None:
    """All that lies in ``place`` lies in ``target`` from now; its codes and posters lead there."""
    inside = list(Place.objects.filter(parent=place, closed_on=None))
    if place.level == tree.GRID:
        inside = [cover.place for cover in place.covers.select_related("place")]
    _hand_over(actor, inside, place, target)
    GridCover.objects.filter(place=place).delete()
    closed = Place.objects.filter(pk=place.pk, closed_on=None)
    if not closed.update(closed_on=day_of(actor.now), successor=target):
        raise LostRace


def _hand_over(actor: Actor, parts: list[Place], place: Place, target: Place) -> None:
    if place.level == tree.GRID:
        GridCover.objects.filter(grid=place, place__in=parts).update(grid=target)
        return
    for part in parts:
        _move(actor, part, target)


def _move(actor: Actor, part: Place, target: Place) -> None:
    """Put a place, with all below it, under another parent: its ancestors' columns, labels and order follow."""
    depth = LEVELS.index(part.level) if part.level in LEVELS else len(LEVELS)
    columns = {f"{level}_id": getattr(target, f"{level}_id") for level in LEVELS[:depth]}
    for name, value in columns.items():
        setattr(part, name, value)
    settle(part, target, part.name, part.name_bo, part.name_en)
    Place.objects.filter(below(part)).update(**columns)
    place_moved.send(sender=Place, actor=actor, place=part, columns=columns)
