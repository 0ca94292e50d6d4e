"""The glossary binds words to code: what it names exists."""

import re
from importlib import import_module

from linli.config.reference import ROOT, modules
from tests.architecture.house import LOOSE, complain

WORDS = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_glossary_names_what_exists():
    faults = []
    for path in re.findall(r"`(\w+\.\w+\.\w+)`", WORDS):
        place, _, name = path.rpartition(".")
        try:
            getattr(import_module(f"linli.{place}"), name)
        except (ImportError, AttributeError):
            faults.append(path)
    complain(faults, "The code has another name by now: change the glossary with it.")


def test_glossary_has_every_module():
    missing = [name for name in modules() if name not in LOOSE and f"| `{name}` |" not in WORDS]
    complain(missing, "Give the module a row in docs/glossary.md.")
