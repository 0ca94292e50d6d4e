"""What the acts really do, watched over a whole run of the suite (a pytest plug-in, ``-p tests.effects``).

Every `@action` is wrapped while its module is imported. When the run is over, `faults` tells which act nobody tried
in vain, which never succeeded, and which succeeded without leaving a row in the audit.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import tomllib
from collections import defaultdict
from contextvars import ContextVar
from pathlib import Path

from linli.core import flow
from linli.core.errors import NotAllowed, NotFound

AUDIT = "audit.record_acts"
REASONS = tomllib.loads((Path(__file__).parent / "acts.toml").read_text(encoding="utf-8"))

_under_way: ContextVar[tuple[str, ...]] = ContextVar("acts under way", default=())
seen: dict[str, dict[str, object]] = defaultdict(lambda: {"done": 0, "refused": 0, "audited": False})


def watched(function):
    """The action that ``function`` becomes, with a note taken of how each call ends."""
    run = _action(function)
    name = f"{function.__module__.split('.')[1]}.{function.__name__}"

    @functools.wraps(run)
    def call(*args, **kwargs):
        token = _under_way.set((*_under_way.get(), name))
        try:
            result = run(*args, **kwargs)
        except (NotAllowed, NotFound):
            seen[name]["refused"] += 1
            raise
        finally:
            _under_way.reset(token)
        seen[name]["done"] += 1
        if name == AUDIT:
            for act in _under_way.get():
                seen[act]["audited"] = True
        return result

    return call if function.__module__.startswith("linli.") and ".tests." not in function.__module__ else run


_action = flow.action
flow.action = watched


def pytest_sessionfinish(session):
    """Leave the notes of this process where the suite collects them."""
    folder = os.environ.get("LINLI_TEST_EFFECTS")
    if folder:
        (Path(folder) / f"{os.getpid()}.json").write_text(json.dumps(seen))


def together(folder: Path) -> dict[str, dict[str, int]]:
    """The notes of all processes."""
    total = defaultdict(lambda: {"done": 0, "refused": 0, "audited": 0})
    for file in folder.glob("*.json"):
        for name, notes in json.loads(file.read_text()).items():
            for key, value in notes.items():
                total[name][key] += value
    return total


def faults(folder: Path, acts: list[str]) -> list[str]:
    """What is wrong with which of ``acts``, in words that say what to do."""
    notes = together(folder)
    found = [
        f"{act}: is in tests/acts.toml and in no module"
        for table in REASONS.values()
        for act in table.keys() - set(acts)
    ]
    for act in acts:
        if not notes[act]["done"]:
            found.append(f"{act}: no test sees it succeed")
        if not notes[act]["refused"] and act not in REASONS["open"]:
            found.append(f"{act}: no test sees a stranger refused (NotAllowed or NotFound)")
        if notes[act]["done"] and not notes[act]["audited"] and act not in REASONS["silent"]:
            found.append(f"{act}: leaves nothing in the audit (record_act)")
    return found


def main() -> int:
    """``python -m tests.effects FOLDER``: judge the notes in a folder."""
    import django

    django.setup()
    from tests.architecture.test_actions import actions

    acts = sorted(f"{act.__module__.split('.')[1]}.{act.__name__}" for act in actions() if hasattr(act, "is_action"))
    found = faults(Path(sys.argv[1]), acts)
    print("\n".join(found) or f"{len(acts)} acts: each succeeded, refused a stranger, and left its audit row")
    return bool(found)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    sys.exit(main())
