"""Three real processes accept, claim, rate, merge and file the same at the same instant, on the database at hand."""

from __future__ import annotations

import pytest

from linli.tickets.tests.race import PROCESSES, ROUNDS


@pytest.mark.slow
def test_processes_race_and_one_wins_each(raced):
    lost = ROUNDS * (PROCESSES - 1)
    assert raced("linli.tickets.tests.race") == {
        **dict.fromkeys(("accept", "claim", "rate", "merge", "filed", "ratings", "merges", "same drafts"), ROUNDS),
        **dict.fromkeys(("accept lost", "claim lost", "rate lost", "merge lost"), lost),
    }
