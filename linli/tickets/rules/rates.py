"""The three rates and the others of SRQ-080..083, exact, each with its numerator and denominator (GEN-010)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from linli.core.numbers import percent

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that can show what it was computed from. Nothing over nothing is a dash, never 0 % or 100 %."""

    part: Fraction
    whole: int

    @property
    def share(self) -> Fraction | None:
        """The exact share, or None where the denominator is zero."""
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return percent(self.part, self.whole)


def _rate(part: int | Fraction, whole: int) -> Rate:
    return Rate(Fraction(part), whole)


def response_rate(contacted_in_time: int, due: int) -> Rate:
    """响应率: contacted in time, of all whose time fell in the period."""
    return _rate(contacted_in_time, due)


def resolution_rate(yes: int, partly: int, no: int, weight: Fraction = HALF) -> Rate:
    """解决率: a yes counts whole, a partly by ``weight``, of those who answered."""
    return _rate(yes + weight * partly, yes + partly + no)


def satisfaction_rate(good: int, rated: int) -> Rate:
    """满意率: four stars and more, of those who rated."""
    return _rate(good, rated)


def on_time_rate(in_time: int, owed: int, deferred: int = 0) -> Rate:
    """按期结案率: closed in time, of those that were to be closed and not deferred (SRQ-042, SRQ-081)."""
    return _rate(in_time, owed - deferred)


def closing_rate(closed: int, owed: int, deferred: int = 0) -> Rate:
    """结案率: closed, of those that were to be closed and not deferred."""
    return _rate(closed, owed - deferred)


def acceptance_rate(accepted: int, reported: int) -> Rate:
    """立案率: taken up, of those reported."""
    return _rate(accepted, reported)


def dispatch_accuracy(dispatched: int, wrong: int) -> Rate:
    """派遣准确率: sent to the right unit, of those sent."""
    return _rate(dispatched - wrong, dispatched)


def handling_rate(handled: int, owed: int) -> Rate:
    """处置率 (按期处置率 with those handled in time): handled, of those to be handled."""
    return _rate(handled, owed)


def check_rate(checked: int, owed: int) -> Rate:
    """核查率 (按时核查率 with those checked in time): checked, of those to be checked."""
    return _rate(checked, owed)


def rework_rate(reworks: int, handled: int) -> Rate:
    """返工率: reworks, over those handled."""
    return _rate(reworks, handled)


def reopen_rate(reopened: int, closed: int) -> Rate:
    """Reopened within the days allowed, of those closed."""
    return _rate(reopened, closed)


def fall_rate(last: int, this: int) -> Rate:
    """By how much a count fell: (last - this) / last; negative where it rose (SRQ-083)."""
    return _rate(last - this, last)
