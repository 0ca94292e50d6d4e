"""Every module says what it is for. Named check_ until all do; then it becomes test_readmes.py."""

from __future__ import annotations

from tests.architecture.house import complain, modules, near


def test_modules_have_readmes():
    faults = [near(module) for module in modules() if not (module / "README.md").exists()]
    complain(
        faults, "Write README.md: purpose, words zh/en, picture of the states, who may do what, the law behind it."
    )
