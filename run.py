"""Prepare and run Linli with nothing but Python: ``python run.py run``. ``make`` calls the same."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def call(*command: str | Path, **env: str) -> None:
    """Run a command in the project's folder; its failure is ours."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, env={**os.environ, **env}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def linli(*words: str, **env: str) -> None:
    """Call the `linli` command of the prepared environment."""
    call(PYTHON, "-m", "linli.config.command", *words, **env)


def digest_of(lock: str) -> str:
    """What is installed where ``requirements/<lock>.lock`` was followed with this Python."""
    words = (ROOT / "requirements" / f"{lock}.lock").read_bytes() + f"{sys.version} {ROOT}".encode()
    return hashlib.sha256(words).hexdigest()


def install(lock: str) -> None:
    """Bring the environment to what ``requirements/<lock>.lock`` says; nothing to do where it is already so."""
    mark, wanted = VENV / f"{lock}.installed", digest_of(lock)
    if PYTHON.exists() and mark.exists() and mark.read_text() == wanted:
        return
    check_bundle()
    print("正在准备运行环境(只有第一次需要几分钟)/ preparing the environment ...", flush=True)
    if not PYTHON.exists():
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(VENV)
            sys.exit("Python 缺少 venv / Python has no venv here: apt-get install python3-venv")
    file, wheels = ROOT / "requirements" / f"{lock}.lock", ROOT / "wheels"
    offline = ("--no-index", "--find-links", wheels) if wheels.is_dir() else ()
    words = ("--disable-pip-version-check", "install", "--quiet", "--require-hashes", *offline, "-r", file)
    call(PYTHON, "-m", "pip", *words)
    link()
    mark.write_text(wanted)
    if lock == "dev":
        (VENV / "run.installed").write_text(digest_of("run"))


def check_bundle() -> None:
    """In a bundle: nothing was changed or lost on the way."""
    sums = ROOT / "SHA256SUMS"
    for line in sums.read_text().splitlines() if sums.exists() else ():
        wanted, name = line.split("  ", 1)
        file = ROOT / name
        if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            sys.exit(f"{name} 和打包时不一样，请重新拷一份 / is not what was packed: copy the bundle again")


def link() -> None:
    """Make ``import linli`` and the ``linli`` command work from this folder, without building a package."""
    found = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (Path(found.stdout.strip()) / "linli.pth").write_text(f"{ROOT}\n")
    if os.name == "nt":
        (BIN / "linli.cmd").write_text(f'@"{PYTHON}" -m linli.config.command %*\n')
        return
    (BIN / "linli").write_text(f'#!/bin/sh\nexec "{PYTHON}" -m linli.config.command "$@"\n')
    (BIN / "linli").chmod(0o755)


def setup(*_: str) -> None:
    """Run-time and development tools, messages and assets."""
    install("dev")
    linli("prepare")


def run(*_: str) -> None:
    """Everything a first look needs: environment, database, demo community, server."""
    install("run")
    linli("prepare")
    linli("migrate", "--verbosity", "0")
    linli("demo", "--if-empty")
    serve()


def office(*_: str) -> None:
    """The office's own installation, beside the demo: made empty at the first time, served at the next port."""
    os.environ.setdefault("LINLI_DATA", str(ROOT / "office"))
    os.environ.setdefault("PORT", "8001")
    install("run")
    linli("prepare")
    linli("migrate", "--verbosity", "0")
    serve()


def update(*_: str) -> None:
    """After new code has come (git pull, or a bundle's folder): environment, then the data, or back to what was."""
    install("run")
    linli("prepare")
    linli("update")


def serve() -> None:
    """Become the server, so that whoever started us can stop it."""
    os.chdir(ROOT)
    words = [str(PYTHON), "-m", "linli.config.command", "serve"]
    if os.name == "nt":
        sys.exit(subprocess.run(words, check=False).returncode)
    os.execv(words[0], words)


def test(*words: str) -> None:
    """The whole suite, on SQLite and, where a server answers, on PostgreSQL."""
    setup()
    call(PYTHON, "-m", "tests.suite", *words)


def strict_files() -> list[Path]:
    """The ground floor and the rooms that owe mypy every annotation."""
    rooms = ("rules", "states", "permissions", "queries", "actions")
    files = [*ROOT.glob("linli/core/*.py")]
    for room in rooms:
        files += [*ROOT.glob(f"linli/*/{room}.py"), *ROOT.glob(f"linli/*/{room}/*.py")]
    return sorted(files)


def check(*_: str) -> None:
    """What every commit must pass besides the tests."""
    setup()
    call(PYTHON, "-m", "ruff", "check", ".")
    call(PYTHON, "-m", "ruff", "format", "--check", ".")
    call(BIN / "lint-imports", "--no-logo")
    call(PYTHON, "-m", "mypy", *strict_files())
    linli("makemigrations", "--check", "--dry-run")
    call(PYTHON, "-m", "pytest", "tests/architecture")


def fmt(*_: str) -> None:
    """Put the code in order."""
    install("dev")
    call(PYTHON, "-m", "ruff", "check", "--fix-only", ".")
    call(PYTHON, "-m", "ruff", "format", ".")


def bench(*words: str) -> None:
    """Measure against the baseline in the same run."""
    setup()
    call(PYTHON, "-m", "benchmarks", *words)


def lock(*_: str) -> None:
    """Fix the versions of everything, by hash and without naming an index."""
    install("dev")
    for name, extra in (("run", ()), ("dev", ("--extra", "dev"))):
        call(
            sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-emit-index-url",
            "--no-header", "--universal", "--python-version", "3.11", *extra,
            "-o", f"requirements/{name}.lock", "pyproject.toml",
        )  # fmt: skip


TASKS = {task.__name__: task for task in (setup, run, office, update, test, check, fmt, bench, lock)}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - older Pythons do get here
        sys.exit("需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed")
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        sys.exit(f"usage: python run.py {'|'.join(TASKS)}")
    TASKS[sys.argv[1]](*sys.argv[2:])
