"""The tick survives a bad clock, says which it was, and lets the disk rest."""

from datetime import timedelta

import pytest

from linli.config import clock
from linli.config.actions import mark_tick
from linli.config.models import TickMark
from linli.config.tests.test_backups import Installation
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.times import now

pytestmark = pytest.mark.django_db


def two_done(at):
    return 2


def broken(at):
    raise ValueError("the third row")


def test_tick_goes_on_when_a_clock_fails(monkeypatch):
    monkeypatch.setattr(clock, "clocks", lambda: iter([("a.broken", broken), ("b.two_done", two_done)]))
    at = now()
    assert clock.tick_once(at) == ({"b.two_done": 2}, {"a.broken": "ValueError: the third row"})
    mark = TickMark.objects.get()
    assert (mark.ticked_at, mark.faults) == (at, {"a.broken": "ValueError: the third row"})


def test_tick_mark_is_written_at_most_every_half_minute(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(clock, "clocks", lambda: iter([("b.two_done", two_done)]))
    at = now()
    clock.tick_once(at)
    with django_assert_num_queries(1):
        clock.tick_once(at + timedelta(seconds=29))
    clock.tick_once(at + timedelta(seconds=31))
    assert TickMark.objects.get().ticked_at == at + timedelta(seconds=31)


def test_tick_mark_is_written_at_once_when_a_fault_appears(monkeypatch):
    at = now()
    monkeypatch.setattr(clock, "clocks", lambda: iter([]))
    clock.tick_once(at)
    monkeypatch.setattr(clock, "clocks", lambda: iter([("a.broken", broken)]))
    clock.tick_once(at + timedelta(seconds=5))
    assert list(TickMark.objects.get().faults) == ["a.broken"]


def test_mark_tick_is_refused_to_people():
    with pytest.raises(NotAllowed):
        mark_tick(actor=Actor(now=now()), faults={})


WRITTEN = """
import os; from linli.config import clock; from linli.config.settings import LINLI_DATA
from linli.access.models import DemoMark; from linli.core.times import now
moved = lambda: os.stat(LINLI_DATA / "linli.sqlite3").st_mtime_ns
before = moved(); DemoMark.objects.update_or_create(pk=1, defaults={"made_at": now()}); written = moved()
clock.tick_once(now()); print(written == before, moved() == before)
"""


@pytest.mark.slow
def test_tick_carries_what_was_written_into_the_file(tmp_path):
    house = Installation(tmp_path / "house")
    assert house.linli("migrate", "-v0").returncode == 0
    assert house.python(WRITTEN).split() == ["True", "False"]


def test_server_leaves_what_it_has_loaded_to_no_collector(tmp_path):
    words = "import gc; from linli.config.wsgi import application; print(gc.get_freeze_count() > 50_000)"
    assert Installation(tmp_path / "house").python(words).split() == ["True"]
