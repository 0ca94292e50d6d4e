"""Every module has the same rooms, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.house import HOUSE, ROOT, complain, lines_of, modules, near, source_files, tree_of

ROOMS = {
    *("states", "rules", "models", "permissions", "queries", "actions", "forms", "views", "urls", "clock"),
    *("exports", "imports", "prints", "held", "signals", "receivers"),
}
DJANGO_OWN = {"__init__.py", "apps.py", "management", "templatetags", "static", "locale", "templates", "migrations"}
COMMON = {*DJANGO_OWN, "README.md", "tests", "__pycache__"}
OWN = {
    "core": {"actor", "errors", "flow", "times", "numbers", "declare", "secret", "turn", "asked"},
    "ui": {"rules", "forms", "views", "urls", "prints", "middleware", "formats"},
    "config": {"settings", "urls", "wsgi", "command", "keys", "middleware", "navigation", "views", "models", "queries"}
    | {"actions", "clock", "health", "doctor", "reference", "messages", "backups", "machine"}
    | {"rules", "forms", "permissions"},
    "demo": {"cast", "stories", "views", "urls"},
    "charters": {*ROOMS, "profiles"},
    "notices": {*ROOMS, "channels"},
    "files": {*ROOMS, "scanner"},
}
"""Closed lists: modules whose rooms are others, and the one that has a room more."""
VAGUE = {
    "common",
    "utils",
    "util",
    "services",
    "service",
    "helpers",
    "helper",
    "misc",
    "base",
    "lib",
    "shared",
    "tools",
}


def rooms_of(module: Path) -> set[str]:
    """What may stand in ``module``."""
    rooms = OWN.get(module.name, ROOMS)
    return {*COMMON, *rooms, *(f"{room}.py" for room in rooms)}


def test_rooms_are_the_ones_of_the_house():
    faults = [
        near(entry)
        for module in modules()
        for entry in module.iterdir()
        if entry.name not in rooms_of(module) and entry.suffix != ".toml"
    ]
    complain(faults, "HOUSE 3 lists the rooms. Put it into one of them; a room that outgrows becomes a folder.")


def test_rooms_are_a_file_or_a_folder_not_both():
    faults = [near(entry) for module in modules() for entry in module.glob("*.py") if entry.with_suffix("").is_dir()]
    complain(faults, "A room that outgrew its file is a folder of the same name; take the file away.")


def test_core_stays_small():
    lines = sum(lines_of(file) for file in source_files(HOUSE / "core"))
    assert lines < 900, f"core has {lines} lines and stays under 900: move what knows the domain upstairs."


def test_templates_stay_home():
    faults = [
        near(entry)
        for module in modules()
        if (module / "templates").is_dir()
        for entry in (module / "templates").iterdir()
        if entry.name != module.name
    ]
    complain(faults, "A module's templates stand in templates/<module>/.")


def test_templates_are_used_at_home():
    faults = []
    for module in modules():
        mine = {module.name, "ui"} if module.name != "demo" else {"demo", "ui", "config"}
        for file in source_files(module):
            for node in ast.walk(tree_of(file)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found = re.fullmatch(r"(\w+)/[\w/-]+\.(?:html|txt|svg)(?:#[\w-]+)?", node.value)
                    if found and found[1] not in mine and (HOUSE / found[1]).is_dir():
                        faults.append(f"{near(file)}:{node.lineno} {node.value}")
        for file in module.rglob("templates/**/*.html"):
            used = re.findall(r'{% *(?:extends|include) +"(\w+)/', file.read_text(encoding="utf-8"))
            faults += [f"{near(file)} {name}/" for name in used if name not in mine]
    complain(faults, "A page is drawn from its own module's templates and ui's. Make it a component on ui's shelf.")


def test_names_say_what_a_thing_is():
    entries = [
        entry for folder in (HOUSE, ROOT / "tests") for entry in folder.rglob("*") if entry.suffix in ("", ".py")
    ]
    entries = [entry for entry in entries if entry.parent.name != "commands"]  # named in the operator's words
    faults = [near(entry) for entry in entries if entry.stem in VAGUE and "__pycache__" not in entry.parts]
    complain(faults, "There is no common, utils, services: name the file for what it holds.")
