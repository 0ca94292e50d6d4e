"""A backup of a living installation, put into an empty one, is the same; what does not fit is refused in words."""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[3]


class Installation:
    """An installation in a folder of its own, driven through the `linli` command as an operator does."""

    def __init__(self, folder, database=""):
        folder.mkdir()
        self.data, self.keys = folder / "data", folder / "keys.json"
        self.env = {**os.environ, "LINLI_DATA": str(self.data), "LINLI_KEY_FILE": str(self.keys)}
        self.env["LINLI_DATABASE_URL"] = database

    def linli(self, *words):
        command = [sys.executable, "-m", "linli.config.command", *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)

    def stand(self):
        """Migrated, with one picture and one row that can be told again."""
        assert self.linli("migrate", "-v0").returncode == 0
        assert self.linli("tick", "--once").returncode == 0
        (self.data / "files" / "ab").mkdir(parents=True)
        (self.data / "files" / "ab" / "picture").write_bytes(b"\x89PNG")
        return self

    def python(self, code):
        words = f"import django; django.setup(); {code}"
        env = {**self.env, "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
        command = [sys.executable, "-c", words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout

    def marks(self):
        """The row: when the clock last went round."""
        return self.python("from linli.config.queries import last_tick; print(last_tick().ticked_at.isoformat())")

    def use(self):
        """Leave one act."""
        self.python(
            "from linli.audit.actions import record_act; from linli.core.actor import system; "
            "from linli.core.times import now; record_act(actor=system(now()), verb='clock.wound')"
        )


@pytest.fixture
def databases():
    """Addresses of new databases on the engine under test."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield lambda: ""
        return
    server, made = os.environ["LINLI_TEST_DATABASE_URL"].rpartition("/")[0], []

    def database():
        made.append(f"linli_backup_{uuid.uuid4().hex[:8]}")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as here:
            here.execute(f"CREATE DATABASE {made[-1]}")
        return f"{server}/{made[-1]}"

    yield database
    with psycopg.connect(f"{server}/postgres", autocommit=True) as here:
        for name in made:
            here.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def old(tmp_path, databases):
    return Installation(tmp_path / "old", databases()).stand()


@pytest.mark.slow
def test_backup_restores_the_same_rows_files_and_audit_head(tmp_path, old, databases):
    saved = old.linli("backup", tmp_path, "--with-keys", tmp_path / "keys.copy")
    archive = Path(saved.stdout.splitlines()[0])
    new = Installation(tmp_path / "new", databases())
    restored = new.linli("restore", archive, "--keys", tmp_path / "keys.copy")
    assert restored.stderr == ""
    assert restored.stdout.splitlines()[0] == f"{saved.stdout.splitlines()[1]}: the same"
    assert (new.data / "files" / "ab" / "picture").read_bytes() == b"\x89PNG"
    assert new.keys.read_text() == old.keys.read_text()
    assert new.marks() == old.marks() != ""
    assert new.linli("migrate", "--check").returncode == 0
    assert archive.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_restore_refuses_other_keys_and_touches_nothing(tmp_path, old, databases):
    old.linli("backup", tmp_path / "b.tar.gz")
    new = Installation(tmp_path / "new", databases())
    refused = new.linli("restore", tmp_path / "b.tar.gz")
    assert refused.returncode == 1
    assert "--keys FILE, or --without-keys" in refused.stderr
    assert not (new.data / "files").exists()
    assert new.linli("restore", tmp_path / "b.tar.gz", "--without-keys").returncode == 0


@pytest.mark.slow
def test_restore_refuses_what_is_not_empty_or_not_whole(tmp_path, old):
    old.linli("backup", tmp_path / "b.tar.gz")
    half = tmp_path / "half.tar.gz"
    half.write_bytes((tmp_path / "b.tar.gz").read_bytes()[:2000])
    assert "is not a whole backup" in old.linli("restore", half).stderr
    old.use()
    assert "found {'audit_auditrecord': 2}" in old.linli("restore", tmp_path / "b.tar.gz").stderr


@pytest.mark.slow
def test_backup_writes_over_nothing(tmp_path, old):
    old.linli("backup", tmp_path / "b.tar.gz")
    assert "已经存在" in old.linli("backup", tmp_path / "b.tar.gz").stderr
    assert "没有文件夹" in old.linli("backup", tmp_path / "nowhere" / "b.tar.gz").stderr


@pytest.mark.slow
def test_restore_notices_a_row_that_was_taken_out_of_the_backup(tmp_path, old):
    if old.env["LINLI_DATABASE_URL"]:
        return
    old.linli("backup", tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        archive.extractall(tmp_path / "x", filter="data")
    with closing(sqlite3.connect(tmp_path / "x" / "database", isolation_level=None)) as database:
        database.execute("DELETE FROM config_tickmark")
    assert json.loads((tmp_path / "x" / "manifest.json").read_text())["tables"]["config_tickmark"] == 1
    with tarfile.open(tmp_path / "c.tar.gz", "w:gz") as archive:
        for name in ("database", "manifest.json", "files"):
            archive.add(tmp_path / "x" / name, name)
    new = Installation(tmp_path / "new")
    assert "is not what was saved" in new.linli("restore", tmp_path / "c.tar.gz", "--without-keys").stderr
    assert not (new.data / "files").exists()


@pytest.mark.slow
def test_drill_restores_beside_and_leaves_nothing_behind(tmp_path, old, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    old.env["TMPDIR"] = str(tmp_path / "scratch")
    drilled = old.linli("drill")
    assert drilled.stderr == ""
    assert "the same" in drilled.stdout.splitlines()[1]
    assert drilled.stdout.splitlines()[2] == "1 files under their own hash"
    assert list((tmp_path / "scratch").iterdir()) == []
    words = old.python("from linli.config.queries import last_good; print(last_good('drill').words)")
    assert "the same" in words


@pytest.mark.slow
def test_drill_takes_the_newest_of_the_second_place_and_sees_a_damaged_one(tmp_path, old):
    place = tmp_path / "second"
    place.mkdir()
    old.env["LINLI_BACKUP_TO"] = str(place)
    old.linli("backup", place)
    (archive,) = place.iterdir()
    assert str(archive) in old.linli("drill").stdout
    (place / "linli-29990101-020000.tar.gz").write_bytes(archive.read_bytes()[:3000])
    failed = old.linli("drill")
    assert (failed.returncode, "is not a whole backup" in failed.stderr) == (1, True)
