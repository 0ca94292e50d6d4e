"""What the tick does for paper: the next part of each pile, and forgetting what was fetched."""

from __future__ import annotations

import logging
from datetime import datetime

from linli.core.actor import system
from linli.core.errors import LostRace
from linli.papers.actions import TRIES, forget_runs, give_up_run, step_run
from linli.papers.queries import runs_due, runs_to_forget

log = logging.getLogger(__name__)


def make_papers(now: datetime) -> int:
    """One part of each run that waits, at most two in a round, so that the other clocks get their turn."""
    done = 0
    for run in runs_due(now)[:2]:
        if run.tries >= TRIES:
            give_up_run(actor=system(now), run=run)
            continue
        try:
            step_run(actor=system(now), run=run)
        except LostRace:
            continue
        except Exception:  # one spoiled pile must not hold up the others; it is tried again when its lease ends
            log.exception("a part of print run %s failed", run.uid)
            continue
        done += 1
    return done


def forget_papers(now: datetime) -> int:
    """Forget runs whose files have gone."""
    return forget_runs(actor=system(now)) if runs_to_forget(now).exists() else 0


CLOCK = (make_papers, forget_papers)
