"""A bundle sets itself up with the network gone, and notices what was changed on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SET_UP = "import run; run.install('run'); run.linli('prepare'); run.linli('migrate', '-v0'); run.linli('doctor')"


def env_in(folder):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "PYTHON", "PIP_"))}
    return env | {"LINLI_DATA": str(folder / "data"), "HOME": str(folder)}


def without_network(folder, code):
    """Run Python in a network namespace of its own, in which there is nothing to reach."""
    words = ["unshare", "--map-root-user", "--net", getattr(sys, "_base_executable", sys.executable), "-c", code]
    return subprocess.run(words, cwd=folder, env=env_in(folder), capture_output=True, text=True, check=False)


@pytest.fixture
def bundle(tmp_path):
    """A bundle as it comes off the stick."""
    if not shutil.which("unshare") or without_network(tmp_path, "").returncode:
        pytest.skip("no network namespaces here")
    env = {**os.environ, "LINLI_DATA": str(tmp_path / "here")}
    command = [sys.executable, "-m", "linli.config.command", "bundle", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if "Not packed" in done.stderr and "No matching distribution" not in done.stderr:
        pytest.skip(f"no wheels to be had: {done.stderr[-200:]}")
    archive = Path(done.stdout.splitlines()[0])
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "there", filter="data")
    return tmp_path / "there" / archive.stem


@pytest.mark.slow
def test_bundle_sets_itself_up_without_a_network(bundle):
    names = {file.name for file in bundle.rglob("*")}
    assert not {".git", ".venv", "data"} & names
    assert not [name for name in names if name.endswith((".sqlite3", ".keys.json"))]
    gone = without_network(bundle, "import socket; socket.create_connection(('192.0.2.1', 80), 2)")
    assert "unreachable" in gone.stderr
    done = without_network(bundle, SET_UP)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (bundle / "data" / "linli.sqlite3").exists()


@pytest.mark.slow
def test_bundle_notices_what_was_changed_on_the_way(bundle):
    (bundle / "linli" / "__init__.py").write_text("evil = True\n")
    done = without_network(bundle, SET_UP)
    assert (done.returncode, "linli/__init__.py" in done.stderr) == (1, True)
    assert not (bundle / ".venv").exists()
