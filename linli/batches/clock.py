"""The tick: carries files on, step by step, and forgets rows that are no longer needed."""

from __future__ import annotations

import logging
from datetime import datetime
from time import monotonic

from linli.batches.actions import forget_rows, step_batch, stop_batch
from linli.batches.models import Batch
from linli.batches.queries import batches_advancing, batches_to_forget
from linli.batches.states import ADVANCING
from linli.core.actor import Actor, system
from linli.core.errors import Busy, LinliError, LostRace, WrongState

log = logging.getLogger(__name__)
SECONDS = 10.0
"""How long one round may carry batches on, so that the other clocks get their turn."""


def advance_batches(now: datetime, seconds: float = SECONDS) -> int:
    """Carry every waiting batch on by steps; how many steps were done."""
    until = monotonic() + seconds
    return sum(carry_on(system(now), batch, until - monotonic()) for batch in batches_advancing()[:20])


def carry_on(actor: Actor, batch: Batch, seconds: float) -> int:
    """Step ``batch`` until it is through or the seconds are over; how many steps were done.

    A refusal stops it with its words; a breakdown (the database is away) leaves it for the next round.
    """
    until, steps = monotonic() + seconds, 0
    while batch.state in ADVANCING and monotonic() < until:
        try:
            batch = step_batch(actor=actor, batch=batch)
            steps += 1
        except (LostRace, WrongState, Busy):
            break
        except LinliError as error:
            stop_batch(actor=actor, batch=batch, fault=_words(error), is_final=True)
            break
        except Exception as error:
            log.exception("a step of batch %s failed; nothing of it has stayed", batch.uid)
            stop_batch(actor=actor, batch=batch, fault=f"{type(error).__name__}: {error}", is_final=False)
            break
    return steps


def _words(error: LinliError) -> str:
    details = [str(words) for messages in getattr(error, "fields", {}).values() for words in messages]
    return " ".join([str(error.words), *details[:20]])


def forget(now: datetime) -> int:
    """Forget the rows that have had their time."""
    due = list(batches_to_forget(now)[:20])
    for batch in due:
        forget_rows(actor=system(now), batch=batch)
    return len(due)


CLOCK = (advance_batches, forget)
