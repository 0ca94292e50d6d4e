"""Many tickers at once, and a backup of a house that is being used."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from linli.config.tests.test_backups import ROOT, databases  # noqa: F401 - a fixture
from tests.robustness.served import House, acknowledged, people_reporting

pytestmark = pytest.mark.slow
TICKERS = 4
ROUNDS = 3
TOLD = (
    "from linli.matters.models import Entry; "
    "print(json.dumps([[str(value) for value in row] for row in Entry.objects.filter(channel='clock')"
    ".values_list('matter__number', 'verb', 'move', 'to_state', 'figures')]))"
)


def tick(house, count):
    """So many tickers, started together; each must end well."""
    words = [sys.executable, "-m", "linli.config.command", "tick", "--once"]
    crew = [subprocess.Popen(words, cwd=ROOT, env=house.env, stdout=subprocess.PIPE, text=True) for _no in range(count)]
    return [json.loads(one.communicate(timeout=120)[0]) for one in crew]


def test_many_tickers_do_what_one_does(tmp_path, databases):  # noqa: F811
    crowd = House(tmp_path / "crowd", databases()).plant(4)
    for _round in range(ROUNDS):
        assert [said["faults"] for said in tick(crowd, TICKERS)] == [{}] * TICKERS
    done = Counter(map(tuple, crowd.ask(TOLD)))
    assert done
    assert {line: times for line, times in done.items() if times > 1} == {}
    sent = (crowd.data / "outbox.jsonl").read_text().splitlines() if (crowd.data / "outbox.jsonl").exists() else []
    assert len(sent) == len(set(sent))


def test_backup_of_a_house_in_use_is_whole(tmp_path, databases):  # noqa: F811
    house = House(tmp_path / "house", databases()).plant().serve()
    archives, known = [], []
    try:
        with people_reporting(house) as people:
            for number in range(2):
                while len(acknowledged(people)) < 8 * (number + 1):
                    assert house.server.poll() is None
                known.append(acknowledged(people))
                saved = house.linli("backup", tmp_path / f"{number}.tar.gz")
                assert saved.returncode == 0, saved.stderr
                archives.append((Path(tmp_path / f"{number}.tar.gz"), saved.stdout.splitlines()[1]))
    finally:
        house.stop()
    for number, (archive, head) in enumerate(archives):
        new = House(tmp_path / f"new{number}", databases())
        restored = new.linli("restore", archive, "--keys", house.keys)
        assert restored.stdout.splitlines()[0] == f"{head}: the same", restored.stderr
        assert known[number].items() <= dict(new.tickets()).items()
        assert new.linli("audit", "verify").returncode == 0
        assert photos_missing(new) == []


def photos_missing(house):
    """Pictures that a restored report names and the archive did not bring."""
    code = (
        "from linli.files.models import StoredFile; from linli.files.queries import path_of; "
        "print(json.dumps([one.uid for one in StoredFile.objects.all() if not path_of(one.sha256).exists()]))"
    )
    return house.ask(code)
