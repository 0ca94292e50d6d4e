"""How long writers wait for their turn, hold it, and work in it: the fair lock, with a stop-watch."""

from __future__ import annotations

import time

from linli.core import turn

MOST = 50_000


class WatchedLock(turn.FairLock):
    """The same lock; at its outermost level it notes waits, holds, and the processor time within, in milliseconds."""

    def __init__(self):
        super().__init__()
        self.waits: list[float] = []
        self.holds: list[float] = []
        self.works: list[float] = []
        self._since = self._worked = 0.0

    def acquire(self):
        began = time.perf_counter()
        super().acquire()
        if self._depth == 1:
            self._since = time.perf_counter()
            self.waits.append((self._since - began) * 1000)
            self._worked = time.thread_time()

    def release(self):
        if self._depth == 1 and len(self.holds) < MOST:
            self.holds.append((time.perf_counter() - self._since) * 1000)
            self.works.append((time.thread_time() - self._worked) * 1000)
        super().release()

    def taken(self) -> dict[str, list[float]]:
        """What was noted since the last call."""
        noted = {"waits": self.waits, "holds": self.holds, "works": self.works}
        self.waits, self.holds, self.works = [], [], []
        return noted


def watch_turns() -> None:
    """Put the watched lock in the place of the plain one, before the server serves."""
    if not isinstance(turn._lock, WatchedLock):
        turn._lock = WatchedLock()
