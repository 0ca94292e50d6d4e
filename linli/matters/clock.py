"""What the tick does for the spine: alarms that are due, clocks that the calendar moved."""

from __future__ import annotations

import logging
from datetime import datetime

from linli.charters.queries import calendar_changes_after
from linli.core.actor import system
from linli.core.errors import LostRace
from linli.matters.actions import defer_alarm, mark_recount, recount_clocks, sound_alarm
from linli.matters.queries import matters_crossing, matters_with_alarm, recount_mark

log = logging.getLogger(__name__)

BATCH = 200


def tick_matters(now: datetime) -> int:
    """Sound the alarms that are due by ``now``, each in a transaction of its own; returns how many matters had one.

    Many ticks may run side by side: each alarm is taken by compare-and-set. A row that fails is put off, so that it
    stops neither this round nor the next.
    """
    actor = system(now)
    done = 0
    while batch := list(matters_with_alarm(now)[:BATCH]):
        for matter in batch:
            try:
                sound_alarm(actor=actor, matter=matter)
            except LostRace:
                continue
            except Exception:
                log.exception("the alarm of matter %s failed; it is put off", matter.uid)
                defer_alarm(actor=actor, matter=matter)
            done += 1
        if len(batch) < BATCH:
            break
    return done


def tick_calendar(now: datetime) -> int:
    """Count anew the clocks that cross days which became worked or free, a batch each round; returns how many moved.

    Repeating a batch changes nothing, so a tick that dies or a second one beside it does no harm.
    """
    mark = recount_mark()
    change = calendar_changes_after(mark.change_id).first()
    if change is None:
        return 0
    actor = system(now)
    batch = list(matters_crossing(change.layer, change.days, mark.matter_id)[:BATCH])
    moved = 0
    for matter in batch:
        try:
            moved += recount_clocks(actor=actor, matter=matter)
        except Exception:
            log.exception("the clocks of matter %s could not be counted anew", matter.uid)
    if len(batch) < BATCH:
        mark_recount(actor=actor, change_id=change.pk, matter_id=0)
    else:
        mark_recount(actor=actor, change_id=mark.change_id, matter_id=batch[-1].pk)
    return moved


CLOCK = (tick_matters, tick_calendar)
