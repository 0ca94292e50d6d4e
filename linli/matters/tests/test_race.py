"""Four real processes at the same rows, in the same instant, on the database at hand."""

from __future__ import annotations

import pytest

from linli.matters.tests.race import COUNT, PROCESSES


@pytest.mark.slow
def test_processes_race_and_one_wins(raced):
    assert raced("linli.matters.tests.race") == {
        "won": COUNT // 2,
        "lost": COUNT // 2 * (PROCESSES - 1),
        "numbers": 10 * PROCESSES,
        "accepted": COUNT // 2,
        "reminded": COUNT // 2,
        "told": COUNT // 2,
        "waiting": 0,
    }
