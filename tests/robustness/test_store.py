"""The store is full, read-only or away: a page that says so, nothing lost, and all well again without a restart."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from linli.config.tests.test_backups import databases  # noqa: F401 - a fixture
from linli.core.numbers import random_code
from tests.robustness.served import House, Reporter, acknowledged, free_port, people_reporting

pytestmark = pytest.mark.slow
BUSY = {
    "zh-hans": "系统暂时存不进去",
    "en": "Nothing can be stored at the moment",
    "bo": "མ་ལག",
}
"""Words of the page, by the reader's language."""
MEGABYTE = 1024 * 1024


@contextmanager
def small_disk(folder):
    """A file system of 24 MB; None where this user may not mount one (then a limit on file sizes stands in)."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(words, capture_output=True, check=False).returncode == 0
    try:
        yield bool(mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(house, folder, *, is_mounted):
    """Nothing more can be stored within the block."""
    if is_mounted:
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as file:
            size = MEGABYTE
            while size:
                try:
                    file.write(b"\0" * size)
                except OSError:
                    size //= 2
        yield
        ballast.unlink()
        return
    import resource

    pid, free = house.server.pid, resource.prlimit(house.server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, free[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, free)


def says_so(answer, language="zh-hans"):
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Content-Type"].startswith("text/html")
    assert BUSY[language] in answer.text, answer.text
    assert "Traceback" not in answer.text


def nothing_can_be_stored(house, key):
    """What people see while it lasts: pages as always, and for what would be stored a page in their language."""
    person = Reporter(house)
    assert person.open().status_code == 200
    says_so(person.send(key))
    says_so(person.send(key, with_photo=True))
    for language in BUSY:
        reader = Reporter(house, language=language)
        reader.open()
        says_so(reader.send(key), language)
    return person


def well_again(house, person, key):
    """The same draft is taken by the same server, once."""
    pid = house.server.pid
    assert person.send(key).status_code == 302
    person.insist(random_code(16), with_photo=True)
    assert (house.server.poll(), house.server.pid) == (None, pid)
    assert dict(house.tickets())[key] == person.seen[key]
    assert house.linli("audit", "verify").returncode == 0


def test_full_disk_is_said_and_passes(tmp_path):
    with small_disk(tmp_path / "disk") as is_mounted:
        house = House(tmp_path / "house", data=tmp_path / "disk" / "data").plant().serve()
        try:
            before = Reporter(house)
            before.insist(key := random_code(16), with_photo=True)
            with full(house, tmp_path / "disk", is_mounted=is_mounted):
                person = nothing_can_be_stored(house, "A-DRAFT-KEPT-ON-ITS-PHONE")
            well_again(house, person, "A-DRAFT-KEPT-ON-ITS-PHONE")
            assert key in dict(house.tickets())
        finally:
            house.stop()


@contextmanager
def read_only(house, database):
    """The store can be read and not written within the block."""
    if database:
        name = database.rpartition("/")[2]
        server = database.rpartition("/")[0] + "/postgres"
        with psycopg.connect(server, autocommit=True) as here:
            for words in ("SET default_transaction_read_only = on", "RESET default_transaction_read_only"):
                here.execute(f'ALTER DATABASE "{name}" {words}')
                here.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
                if words.startswith("SET"):
                    yield
        return
    files = [house.data, *house.data.glob("linli.sqlite3*")]
    modes = [file.stat().st_mode for file in files]
    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    yield
    for file, mode in zip(files, modes, strict=True):
        file.chmod(mode)


def as_anybody():
    """Even root is bound by file modes without this right."""
    return () if os.geteuid() else ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")


def test_read_only_database_is_said_and_passes(tmp_path, databases):  # noqa: F811
    database = databases()
    house = House(tmp_path / "house", database).plant()
    house.serve("--no-tick", before=() if database else as_anybody())
    try:
        with read_only(house, database):
            person = nothing_can_be_stored(house, "A-DRAFT-KEPT-ON-ITS-PHONE")
        well_again(house, person, "A-DRAFT-KEPT-ON-ITS-PHONE")
    finally:
        house.stop()


class Cluster:
    """A PostgreSQL of our own, to be stopped and started."""

    def __init__(self):
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="linli-pg-")), free_port()
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not os.geteuid():
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8")
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, program, *words):
        as_postgres = () if os.geteuid() else ("runuser", "-u", "postgres", "--")
        command = [*as_postgres, str(self.bin / program), "-D", str(self.folder / "cluster"), *words]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        told = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", told, "start")
        return self

    def stop(self):
        self.run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture
def cluster():
    """Only where the suite runs on PostgreSQL, which has its programs beside it."""
    if connection.vendor == "sqlite":
        yield None
        return
    cluster = Cluster().start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.folder)


def test_postgres_that_goes_and_comes_back_is_said_and_passes(tmp_path, cluster):
    if cluster is None:
        return
    house = House(tmp_path / "house", cluster.url).plant().serve()
    try:
        with people_reporting(house, 2) as people:
            Reporter(house).insist(random_code(16))
            person = Reporter(house)
            person.open()
            cluster.stop()
            for language in BUSY:
                reader = Reporter(house, language=language)
                says_so(reader.browser.get(reader.path), language)
            says_so(person.send("A-DRAFT-KEPT-ON-ITS-PHONE"))
            health = person.browser.get("/healthz")
            assert (health.status_code, health.json()["database"]) == (503, "away")
            cluster.start()
            well_again(house, person, "A-DRAFT-KEPT-ON-ITS-PHONE")
        kept = dict(house.tickets())
        assert acknowledged(people).items() <= kept.items()
        assert person.browser.get("/healthz").json()["database"] == "ok"
    finally:
        house.stop()
