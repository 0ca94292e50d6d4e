"""The bench: towns in databases of their own, servers over them, and what is thrown away afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from benchmarks.server import ROOT, Server, env_of

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
SIZES = {"small": (1, 1000, 400), "large": (20, 100_000, 10_000)}
"""Communities, reports, and how many of them wait at the desks."""
FIRST_PORT = {"sqlite": 8140, "postgresql": 8145}


class Town:
    """A town that was built: its environment and who is there."""

    def __init__(self, env: dict[str, str], cast: dict) -> None:
        from benchmarks.measures import Spent

        self.env, self.cast, self.spent = env, cast, Spent()
        self._waiting: list[str] = cast["waiting"]

    def waiting(self) -> list[str]:
        """Public ids of the reports at the measured desk, to be accepted one after the other."""
        return self._waiting


class Bench:
    """One run on one engine."""

    def __init__(self, engine: str, *, is_quick: bool) -> None:
        self.engine, self.is_quick = engine, is_quick
        self.folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
        self.towns: dict[str, Town] = {}
        self.databases: list[str] = []
        self.ports = iter(range(FIRST_PORT[engine], FIRST_PORT[engine] + 1000))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self.databases:
            self._sql(f'DROP DATABASE IF EXISTS "{name}"')
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sql(self, words: str) -> None:
        import psycopg

        with psycopg.connect(os.environ.get("LINLI_TEST_POSTGRES", POSTGRES), autocommit=True) as line:
            line.execute(words)

    def _url(self, size: str) -> str:
        """A fresh database on the server for one town; "" is SQLite's file in the town's own folder."""
        if self.engine == "sqlite":
            return ""
        name = f"linli_bench_{os.getpid()}_{size}"
        self._sql(f'CREATE DATABASE "{name}"')
        self.databases.append(name)
        parts = urlsplit(os.environ.get("LINLI_TEST_POSTGRES", POSTGRES))
        return parts._replace(path=f"/{name}").geturl()

    def town(self, size: str) -> Town:
        """The town of that size, built at its first use."""
        if size not in self.towns:
            communities, tickets, waiting = SIZES[size]
            if self.is_quick:
                tickets = min(tickets, 5000)
                waiting = min(waiting, tickets // 2)
            data = self.folder / size
            data.mkdir()
            env, out = env_of(data, self._url(size)), data / "cast.json"
            env["LINLI_STATIC"] = str(self.folder / "static")
            print(f"  building a town of {tickets:,} reports ...", file=sys.stderr, flush=True)
            subprocess.run(
                [sys.executable, "-m", "benchmarks.town", "--communities", str(communities), "--tickets", str(tickets),
                 "--waiting", str(waiting), "--out", str(out)], cwd=ROOT, env=env, check=True,
            )  # fmt: skip
            self.towns[size] = Town(env, json.loads(out.read_text()))
        return self.towns[size]

    def server(self, town: Town) -> Server:
        """A server over a town, on a port of its own."""
        return Server(town.env, next(self.ports), self.folder / "server.log")

    def inside(self, what: str, town: Town) -> dict:
        """Measure something in a process of its own, without a server."""
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.inside", what], cwd=ROOT, env=town.env, check=True, text=True,
            stdout=subprocess.PIPE, input=json.dumps(town.cast), timeout=900,
        )  # fmt: skip
        return json.loads(made.stdout.splitlines()[-1])
