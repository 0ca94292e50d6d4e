"""The server dies in the middle of things; nothing that it said it has is lost, and nothing is there twice."""

from __future__ import annotations

import time

import pytest

from linli.config.tests.test_backups import databases  # noqa: F401 - a fixture
from tests.robustness.served import House, Reporter, acknowledged, people_reporting


@pytest.fixture
def house(tmp_path, databases):  # noqa: F811
    house = House(tmp_path / "house", databases()).plant()
    yield house
    house.stop()


@pytest.mark.slow
def test_server_killed_under_load_loses_no_report_and_doubles_none(house):
    house.serve()
    with people_reporting(house) as people:
        for _time in range(3):
            wanted = len(acknowledged(people)) + 8
            while len(acknowledged(people)) < wanted:
                time.sleep(0.01)
            house.kill()
            house.serve()
        time.sleep(1)
    told = acknowledged(people)
    assert len(told) >= 24
    assert dict(house.tickets()) == told
    assert len(house.tickets()) == len(told)
    assert house.linli("audit", "verify").returncode == 0
    assert house.linli("tick", "--once").returncode == 0


@pytest.mark.slow
def test_draft_that_is_sent_twice_is_one_report_with_one_receipt(house):
    house.serve()
    first, again = Reporter(house), Reporter(house, number=1)
    first.insist("THE-SAME-DRAFT-234")
    again.insist("THE-SAME-DRAFT-234")
    assert first.seen == again.seen
    assert len(house.tickets()) == 1
    house.kill()
    house.serve()
    first.seen.clear()
    first.insist("THE-SAME-DRAFT-234")
    assert first.seen == again.seen
    assert len(house.tickets()) == 1
