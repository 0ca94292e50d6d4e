"""The reference pages say what the code says; every setting is documented; links lead somewhere."""

import ast
import re

import pytest

from linli.config.reference import ROOT, commands, floors, pages
from tests.architecture.house import complain, near, source_files, tree_of

DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("linli/*/README.md")])


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_reference_is_what_the_code_says(page):
    assert page.exists(), "run linli docs"
    assert page.read_text(encoding="utf-8") == pages()[page], "run linli docs"


def test_map_has_the_linters_floors():
    drawn = (ROOT / "docs" / "map.md").read_text(encoding="utf-8").split("```")[1].strip().splitlines()
    assert drawn == floors(), "run linli docs"


def test_commands_say_what_they_do():
    faults = [name for name, command in commands() if not command.help]
    complain(faults, "Give the command a help text: one sentence for the operator.")


def settings_read():
    """Every environment variable that the house reads, and where."""
    files = [*source_files(ROOT / "linli"), ROOT / "run.py", *(ROOT / "linli").glob("*/tests/conftest.py")]
    files += [file for file in source_files(ROOT / "tests", tests=True) if not file.name.startswith("test_")]
    for file in files:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Constant) and re.fullmatch(r"LINLI_[A-Z_]+[A-Z]|PORT", str(node.value)):
                yield node.value, f"{near(file)}:{node.lineno}"


def settings_documented():
    return set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_settings_are_documented():
    faults = [f"{name} ({where})" for name, where in settings_read() if name not in settings_documented()]
    complain(faults, "Give it a row in docs/settings.md.")


def test_documented_settings_exist():
    complain(sorted(settings_documented() - dict(settings_read()).keys()), "docs/settings.md names what nothing reads.")


def anchors(words):
    """The anchors that a page's headings make."""
    for heading in re.findall(r"^#+ (.+)$", words, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_links_lead_somewhere():
    faults = []
    for page in DOCS:
        words = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", words):
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            known = anchors(target.read_text(encoding="utf-8")) if anchor and target.suffix == ".md" else [anchor]
            if not target.exists() or anchor not in known:
                faults.append(f"{near(page)}: {link}")
    complain(faults, "Mend the link.")
