"""The whole suite: ``python -m tests.suite [--need-postgres] [pytest's words]``.

SQLite first, then PostgreSQL where ``LINLI_TEST_POSTGRES`` or the local server answers. Says plainly which ran.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def postgres() -> tuple[str, str]:
    """The address of a server that answers ("" for none) and its version, or what it said instead."""
    url = os.environ.get("LINLI_TEST_POSTGRES") or LOCAL
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        return "", str(error).splitlines()[0]
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]
    return urlsplit(url)._replace(path=f"/linli_{name}").geturl(), f"PostgreSQL {version}"


def effects(folder: str) -> tuple[int, str]:
    """Judge what the acts were seen to do."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.effects", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    print(done.stdout or done.stderr)
    return done.returncode, (done.stdout.strip() or done.stderr.strip()).splitlines()[-1]


def suite(database: str, words: list[str], **more: str) -> tuple[int, str]:
    """Run pytest against ``database``; its exit code and its closing line."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "--create-db", *words]
    last = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "LINLI_TEST_DATABASE_URL": database, **more},
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        for line in run.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    return run.returncode, last


def main() -> int:
    """The suite on each database there is. The worst run's closing line is printed last."""
    words = [word for word in sys.argv[1:] if word != "--need-postgres"]
    address, said = postgres()
    asked = "--need-postgres" in sys.argv or bool(os.environ.get("LINLI_TEST_POSTGRES"))
    if asked and not address:
        print(f"PostgreSQL was asked for and does not answer: {said}")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        runs = [("SQLite", *suite("", words, LINLI_TEST_EFFECTS=folder))]
        if not words:
            runs.insert(0, ("effects of the acts", *effects(folder)))
    if address:
        runs.append((said, *suite(address, words)))
    print()
    for name, code, last in runs:
        print(f"{name}: {'passed' if code == 0 else 'FAILED'} ({last})")
    if not address:
        print(f"PostgreSQL: did not run ({said})")
    worst = max(reversed(runs), key=lambda run: run[1] != 0)
    print(worst[2])
    return worst[1]


if __name__ == "__main__":
    sys.exit(main())
