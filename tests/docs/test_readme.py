"""The README is short and its commands exist."""

import re

from linli.config.reference import ROOT, commands
from tests.architecture.house import complain


def test_readme_is_under_150_lines():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_pages_name_commands_that_exist():
    known = {name for name, _ in commands()} | {"migrate", "makemigrations", "shell", "check"}
    faults = []
    for page in [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]:
        named = re.findall(r"`linli ([a-z]+)", page.read_text(encoding="utf-8"))
        faults += [f"{page.name}: linli {name}" for name in named if name not in known]
    complain(faults, "There is no such command.")


def test_changelog_is_grouped_by_reader():
    words = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^### (.+)$", words, re.MULTILINE)
    assert set(heads) <= {"Residents", "Staff", "Operators", "Developers"}
    assert heads
