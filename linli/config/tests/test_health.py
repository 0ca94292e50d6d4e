"""The watchman's probe."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from linli.config.actions import mark_tick
from linli.config.health import health_of
from linli.config.machine.standing import installation_mark
from linli.core.actor import system
from linli.core.times import now
from linli.notices.actions import queue_notices
from linli.notices.rules import Message

pytestmark = pytest.mark.django_db


def test_healthz_is_well_when_the_clock_has_just_gone_round(client):
    mark_tick(actor=system(now() + timedelta(minutes=1)), faults={})  # a slow machine ages nothing
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True, "database": "ok", "migrations": "ok", "tick_age_seconds": 0, "outbox_age_seconds": None,
        "installation": installation_mark(), "faults": [],
    }  # fmt: skip


def test_healthz_answers_503_when_nothing_ever_ticked(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["faults"] == ["no tick for five minutes: is `linli serve` or `linli tick` running?"]


def test_health_names_a_late_tick_and_failing_clocks():
    at = now()
    mark_tick(actor=system(at), faults={"notices.deliver": "OSError: no route"})
    assert health_of(at + timedelta(minutes=5)).faults == ["these clocks fail, see the log: notices.deliver"]
    assert len(health_of(at + timedelta(minutes=5, seconds=1)).faults) == 2


def test_health_says_that_the_outbox_stands_still():
    at = now()
    queue_notices(
        actor=system(at), messages=[Message("ticket.accepted", "已接单", "今天有人上门", phone="13800138000")]
    )
    late = at + timedelta(minutes=31)
    mark_tick(actor=system(late), faults={})
    found = health_of(late)
    assert (found.outbox_age_seconds, len(found.faults)) == (31 * 60, 1)


def test_healthz_answers_503_when_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("linli.config.health.last_tick", away)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "away")
    assert answer.json()["faults"] == ["the database does not answer: OperationalError"]
