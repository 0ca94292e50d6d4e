"""Whatever was acknowledged is there after the power was cut, at whatever moment; with less care it would not be."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from linli.config.settings import database
from linli.config.tests.power import Disk

OURS = database("")["OPTIONS"]["init_command"]
ROWS = 120


@pytest.fixture
def disk():
    disk = Disk()
    yield disk
    disk.close()


def work(disk, folder, pragmas):
    """Reports come in one by one, each acknowledged once it is committed; the log is folded in now and then."""
    with closing(sqlite3.connect(f"file:{folder}/linli.sqlite3?vfs=cut", uri=True, isolation_level=None)) as store:
        store.executescript(pragmas)
        store.execute("PRAGMA wal_autocheckpoint=20")
        store.execute("CREATE TABLE report (number INTEGER PRIMARY KEY, words TEXT)")
        for number in range(ROWS):
            store.execute("BEGIN IMMEDIATE")
            store.execute("INSERT INTO report VALUES (?, ?)", (number, f"{number} 电梯坏了 " * 60))
            store.execute("COMMIT")
            disk.note(number)


def found_after(disk, moment, folder, chance=None):
    """The reports on the disk after a cut; the database must be whole."""
    folder.mkdir()
    disk.after_cut(moment, folder, chance)
    with closing(sqlite3.connect(folder / "linli.sqlite3")) as store:
        (sound,) = store.execute("PRAGMA integrity_check").fetchone()
        assert sound == "ok"
        if not store.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return set()
        rows = store.execute("SELECT number, words FROM report").fetchall()
    assert all(words == f"{number} 电梯坏了 " * 60 for number, words in rows)
    return {number for number, _words in rows}


def moments(disk, count):
    chance = random.Random(20261121)
    return sorted(chance.sample(range(1, len(disk.record) + 1), count))


def test_every_acknowledged_report_survives_a_cut_at_any_moment(disk, tmp_path):
    work(disk, tmp_path, OURS)
    assert {name for name, what, *_ in disk.record if what == "sync"} >= {"linli.sqlite3", "linli.sqlite3-wal"}
    for moment in moments(disk, 150):
        told = set(disk.told(moment))
        assert told <= found_after(disk, moment, tmp_path / f"{moment}")
        assert told <= found_after(disk, moment, tmp_path / f"{moment}-torn", random.Random(moment))


def test_with_less_care_acknowledged_reports_are_lost(disk, tmp_path):
    work(disk, tmp_path, OURS.replace("synchronous=FULL", "synchronous=NORMAL"))
    lost = [
        moment
        for moment in moments(disk, 60)
        if not set(disk.told(moment)) <= found_after(disk, moment, tmp_path / f"{moment}")
    ]
    assert lost
