"""The clock sounds: taken by compare-and-set, so that of many ticks one does it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.matters.actions._columns import Office, clocks_of
from linli.matters.actions._step import swap
from linli.matters.actions._story import entry_of, write
from linli.matters.actions.pause import resume_matter
from linli.matters.models import Matter
from linli.matters.permissions import may_sound
from linli.matters.rules.clocks import alarms, sounding
from linli.matters.states import KINDS, Audience, Level

PUT_OFF = timedelta(minutes=15)


@action
def sound_alarm(*, actor: Actor, matter: Matter) -> list[Level]:
    """Sound what is due on a matter: reminders at 50, 80 and 100 percent, the step's end, supervision, resumption.

    The capability's own act follows in the same transaction (SRQ-010, SRQ-041). Raises `NotAllowed`, `LostRace`.
    """
    if not may_sound(actor):
        raise NotAllowed
    kind = KINDS.get(matter.kind)
    office = Office(matter)
    levels = sounding(alarms(clocks_of(matter), kind.reminders, office.charter), actor.now)
    if levels == [Level.RESUMED]:
        resume_matter(actor=actor, matter=matter)
    else:
        _mark(matter, levels, office)
        for level in levels:
            entry = entry_of(actor, matter, "matter.reminded", audience=Audience.STAFF, figures={"level": int(level)})
            write(actor, matter, entry, "", "")
    for level in levels:
        if kind.on_alarm:
            kind.on_alarm(matter, level, actor)
    return levels


@action
def defer_alarm(*, actor: Actor, matter: Matter) -> None:
    """Put off an alarm that failed, so that the others sound.

    Raises `NotAllowed`.
    """
    if not may_sound(actor):
        raise NotAllowed
    Matter.objects.filter(pk=matter.pk, next_alarm_at__lte=actor.now).update(next_alarm_at=actor.now + PUT_OFF)


def _mark(matter: Matter, levels: list[Level], office: Office) -> None:
    """Note what has sounded; `LostRace` if another tick was first."""
    shares = [level for level in levels if level >= Level.HALF]
    columns: dict[str, Any] = {"is_step_told": True} if Level.STEP in levels else {}
    if shares:
        columns["alarm_no"] = int(max(shares))
    swap(matter, columns, office)
