"""The house as these tests see it: modules, files, syntax trees, floors."""

from __future__ import annotations

import ast
import configparser
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "linli"
LOOSE = ("core", "ui", "config", "demo")
"""Modules with closed lists of their own in place of the rooms."""


def modules() -> list[Path]:
    """Every module's folder."""
    return sorted(path for path in HOUSE.iterdir() if path.is_dir() and (path / "__init__.py").exists())


def source_files(folder: Path, *, tests: bool = False, migrations: bool = False) -> Iterator[Path]:
    """Python files below ``folder``."""
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(ROOT).parts
        if ("tests" in parts and not tests) or ("migrations" in parts and not migrations):
            continue
        yield file


@functools.cache
def tree_of(file: Path) -> ast.Module:
    """The syntax tree of ``file``."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def lines_of(file: Path) -> int:
    """How many lines ``file`` has."""
    return len(file.read_text(encoding="utf-8").splitlines())


def near(file: Path) -> str:
    """``file`` as one names it: from the project's folder."""
    return file.relative_to(ROOT).as_posix()


def floors() -> list[list[str]]:
    """The floors of ``.importlinter``, highest first; modules that do not stand yet are bracketed there."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    rows = contract["importlinter:contract:floors"]["layers"].split("\n")
    return [[name.strip(" ()") for name in row.split("|")] for row in rows if row.strip()]


def floor_of() -> dict[str, int]:
    """Each module's floor; 0 is the ground."""
    rows = floors()
    return {name: len(rows) - 1 - number for number, row in enumerate(rows) for name in row}


def complain(faults: list[str], advice: str) -> None:
    """Fail with every fault on its line, and what to do."""
    assert not faults, "\n".join(["", *faults, "", advice])
