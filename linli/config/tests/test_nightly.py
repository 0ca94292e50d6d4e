"""Once a night a backup in a second place, once a morning a letter; what fails is tried again and seen."""

from __future__ import annotations

import tarfile
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from linli.audit.actions import record_act, seal_records
from linli.audit.queries import chain_heads
from linli.config.actions import begin_upkeep, end_upkeep, note_upkeep
from linli.config.health import health_of
from linli.config.machine.nightly import back_up, back_up_tonight, mail_the_seal
from linli.config.models import Upkeep
from linli.config.queries import backup_is_late, last_good
from linli.config.rules import is_red, is_time_for, old_copies
from linli.core.actor import Actor, Grant, at_machine, system
from linli.core.errors import NotAllowed
from linli.core.times import ZONE
from linli.notices.models import Notice

NIGHT = datetime(2026, 11, 21, 2, 10, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def wait_for_backup():
    for thread in threading.enumerate():
        if thread.name == "backup":
            thread.join()


@pytest.mark.django_db(transaction=True)
def test_backup_is_made_once_a_night_in_the_second_place(settings, tmp_path):
    settings.LINLI_BACKUP_TO = str(tmp_path)
    assert back_up_tonight(NIGHT - HOUR) == 0
    assert back_up_tonight(NIGHT) == 1
    assert back_up_tonight(NIGHT) == 0
    wait_for_backup()
    (archive,) = tmp_path.glob("linli-*.tar.gz")
    with tarfile.open(archive) as opened:
        assert {"database", "manifest.json"} <= set(opened.getnames())
    assert str(tmp_path) in last_good("backup").words
    assert back_up_tonight(NIGHT + 2 * HOUR) == 0


@pytest.mark.django_db
def test_backup_that_fails_is_seen_and_tried_again_in_an_hour(settings, tmp_path):
    settings.LINLI_BACKUP_TO = str(tmp_path / "unplugged")
    upkeep = begin_upkeep(actor=system(NIGHT), kind="backup")
    back_up(upkeep, lambda: NIGHT)
    kept = Upkeep.objects.get()
    assert (kept.is_good, "unplugged" in kept.words) == (False, True)
    assert begin_upkeep(actor=system(NIGHT + HOUR / 2), kind="backup") is None
    assert begin_upkeep(actor=system(NIGHT + HOUR), kind="backup") == kept
    assert begin_upkeep(actor=system(NIGHT + HOUR), kind="backup") is None


@pytest.mark.django_db
def test_backup_lets_the_oldest_archives_go_and_nothing_else(settings, tmp_path, monkeypatch):
    settings.LINLI_BACKUP_TO = str(tmp_path)
    for name in ("linli-20260101-020000.tar.gz", "linli-20260102-020000.tar.gz", "holiday.jpg"):
        (tmp_path / name).write_text("x")
    monkeypatch.setattr("linli.config.machine.nightly.write_backup", written)
    monkeypatch.setattr("linli.config.machine.nightly.old_copies", lambda names: old_copies(names, 2))
    back_up(begin_upkeep(actor=system(NIGHT), kind="backup"), lambda: NIGHT)
    assert {file.name for file in tmp_path.iterdir()} == {
        "linli-20260102-020000.tar.gz", "linli-20261121-021000.tar.gz", "holiday.jpg",
    }  # fmt: skip


def written(target, at):
    Path(target).write_text("archive")
    return {"tables": {}, "files": 0}


@pytest.mark.django_db
def test_letter_carries_each_chains_last_seal_once_a_day(settings):
    settings.LINLI_SEAL_MAIL = "street@example.cn"
    record_act(actor=system(NIGHT), verb="clock.wound", community="530199001001")
    seal_records(actor=system(NIGHT), is_all=True)
    assert mail_the_seal(NIGHT) == 0
    assert mail_the_seal(NIGHT + 6 * HOUR) == 1
    assert mail_the_seal(NIGHT + 7 * HOUR) == 0
    letter = Notice.objects.get(kind="seal")
    number, head = chain_heads()["530199001001"]
    assert letter.email == "street@example.cn"
    assert f"530199001001 #{number} {head}" in letter.words


@pytest.mark.django_db
def test_health_and_the_page_turn_red_after_two_days(settings):
    settings.LINLI_BACKUP_TO = "/mnt"
    late = "no good backup in the second place for two days: see /machine/ and the log"
    assert late not in health_of(NIGHT).faults
    note_upkeep(actor=at_machine(NIGHT), kind="backup")
    assert not backup_is_late(NIGHT + 48 * HOUR)
    assert late not in health_of(NIGHT + 48 * HOUR).faults
    assert late in health_of(NIGHT + 72 * HOUR).faults


@pytest.mark.django_db
def test_upkeep_is_for_the_clock_and_the_machine():
    upkeep = begin_upkeep(actor=system(NIGHT), kind="backup")
    administrator = Actor(now=NIGHT, hat="administrator", grants=(Grant("administrator", "everywhere"),))
    for actor in (administrator, Actor(now=NIGHT, channel="command")):
        with pytest.raises(NotAllowed):
            begin_upkeep(actor=actor, kind="backup")
        with pytest.raises(NotAllowed):
            end_upkeep(actor=actor, upkeep=upkeep, is_good=True, words="")
        with pytest.raises(NotAllowed):
            note_upkeep(actor=actor, kind="sheet")


def test_hour_and_age_are_counted_in_local_days():
    assert not is_time_for(NIGHT.time(), NIGHT - HOUR, None)
    assert is_time_for(NIGHT.time(), NIGHT, None)
    assert not is_time_for(NIGHT.time(), NIGHT, NIGHT.date())
    assert is_red(None, NIGHT)
    assert [is_red(NIGHT.date() - timedelta(days=days), NIGHT) for days in (0, 2, 3)] == [False, False, True]
