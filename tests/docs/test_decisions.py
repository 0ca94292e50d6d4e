"""Each decision record has a number of its own, and bears it in its heading."""

from __future__ import annotations

import re

from tests.architecture.house import ROOT, complain


def test_decisions_are_numbered_once_and_say_so():
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [file.name[:4] for file in files]
    faults = [f"{file.name}: this number is taken" for file in files if numbers.count(file.name[:4]) > 1]
    for file in files:
        heading = file.read_text(encoding="utf-8").splitlines()[0]
        if not re.fullmatch(rf"# {file.name[:4]}\. \S.*", heading):
            faults.append(f"{file.name}: begins with {heading!r}")
    complain(faults, "Take the next free number, in the file's name and in its heading: # 0015. What was decided")
