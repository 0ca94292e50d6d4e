"""A server to be measured: `linli serve --no-tick` with the settings of the benchmarks, and what it costs."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
HELD = "x" * 32
"""The token of the form, the same in cookie and body."""


class Server:
    """One process on one port of 127.0.0.1."""

    def __init__(self, env: dict[str, str], port: int, log: Path) -> None:
        self.env, self.port, self.log = env, port, log
        self.start_seconds = self.start_cpu_seconds = 0.0

    def __enter__(self) -> Self:
        words = [sys.executable, "-m", "linli.config.command", "serve", "--no-tick", "--port", str(self.port)]
        began = time.perf_counter()
        self.process = subprocess.Popen(words, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL,
                                        stderr=self.log.open("ab"))  # fmt: skip
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > 60:
                self.__exit__()
                raise SystemExit(f"the server did not start; see {self.log}:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.02)
        self.start_seconds = round(time.perf_counter() - began, 2)
        self.start_cpu_seconds = round(self.cpu_ms() / 1000, 2)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def _answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.get("/bench/turns/")[0] == 200
        return False

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """One plain request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET", path, headers=headers or {})
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, content, {name.lower(): value for name, value in answer.getheaders()}

    def cpu_ms(self) -> float:
        """The processor time the process has used, the kernel's for it too: each thread's, to the nanosecond."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1_000_000

    def memory_mb(self) -> dict[str, float]:
        """What the process holds in memory now, and the most it held."""
        words = Path(f"/proc/{self.process.pid}/status").read_text().split("\n")
        known = dict(line.split(":", 1) for line in words if ":" in line)
        return {
            name: round(int(known[key].split()[0]) / 1024, 1) for name, key in (("now", "VmRSS"), ("most", "VmHWM"))
        }

    def turns(self) -> dict[str, list[float]]:
        """Waits and holds at the writer's lock since the last call."""
        return json.loads(self.get("/bench/turns/")[1])


def env_of(data: Path, url: str = "") -> dict[str, str]:
    """The environment of a process that uses this database."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    env |= {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "LINLI_DATA": str(data), "LINLI_LOG": "ERROR",
            "PYTHONPATH": str(ROOT)}  # fmt: skip
    return env | ({"LINLI_DATABASE_URL": url} if url else {})


def load(server: Server, **asked: object) -> dict:
    """Let the load maker ask this server, and add what it cost the server."""
    before = server.cpu_ms()
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"], cwd=ROOT, text=True, capture_output=True, check=True,
        input=json.dumps({"port": server.port, **asked}), timeout=120,
    )  # fmt: skip
    result = json.loads(made.stdout)
    result["cpu_ms"] = round((server.cpu_ms() - before) / max(1, result["requests"]), 2)
    if result["wrong"]:
        raise SystemExit(f"answers that were not expected: {result['wrong']}")
    return result
