from datetime import time, timedelta

import pytest

from linli.core.times import day_of, moment
from linli.notices.rules import QUIET, WAITS, Reach, Way, goes_at, next_try, quiet_until, ways_of

from .test_actions import NOW

TODAY = day_of(NOW)
NIGHT = (time(21, 30), time(7, 30))
NOON = (time(12, 0), time(14, 0))


@pytest.mark.parametrize(
    ("at", "quiet", "until"),
    [
        (time(12, 0), NIGHT, None),
        (time(21, 29), NIGHT, None),
        (time(21, 30), NIGHT, moment(TODAY + timedelta(days=1), time(7, 30))),
        (time(3, 0), NIGHT, moment(TODAY, time(7, 30))),
        (time(7, 30), NIGHT, None),
        (time(13, 0), NOON, moment(TODAY, time(14, 0))),
        (time(14, 0), NOON, None),
    ],
)
def test_quiet_hours_end(at, quiet, until):
    assert quiet_until(moment(TODAY, at), quiet) == until


def test_urgent_message_waits_for_nothing():
    night = moment(TODAY, time(23, 0))
    assert goes_at(night, QUIET, is_urgent=True) == night
    assert goes_at(night, QUIET, is_urgent=False) == moment(TODAY + timedelta(days=1), time(7, 30))


def test_ways_are_what_the_person_chose_and_the_house_has():
    dolma = Reach("13800138000", "", ("inbox", "sms", "mail"))
    assert ways_of(dolma, ("sms", "mail")) == [Way("sms", "13800138000")]
    assert ways_of(dolma, ("mail",)) == []
    assert ways_of(Reach("13800138000", "a@b.cn", ("inbox",)), ("sms", "mail")) == []


def test_tries_wait_longer_and_end():
    assert [next_try(NOW, tries) for tries in (1, 2)] == [NOW + timedelta(minutes=1), NOW + timedelta(minutes=5)]
    assert next_try(NOW, len(WAITS) + 1) is None
