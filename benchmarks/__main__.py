"""``python -m benchmarks [--quick] [--only NAME] [--database sqlite|postgresql]``: measure, print, keep as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.measures import MEASURES
from benchmarks.table import print_table

RESULTS = Path(__file__).parent / "results"


def machine() -> dict:
    """Where and beside what this ran."""
    return {
        "python": platform.python_version(), "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": [round(each, 2) for each in os.getloadavg()],
    }  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--quick", action="store_true", help="a smaller town, fewer rounds; the JSON is not kept")
    words.add_argument("--only", action="append", choices=MEASURES, metavar="NAME", help=", ".join(MEASURES))
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = words.parse_args()
    result = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "database": asked.database,
              "is_quick": asked.quick, "machine": machine()}  # fmt: skip
    is_kept = not (asked.quick or asked.only)
    with Bench(asked.database, is_quick=asked.quick) as bench:
        for name in asked.only or MEASURES:
            print(f"{name} ...", file=sys.stderr, flush=True)
            result[name] = MEASURES[name](bench)
            result["machine"]["load_after"] = machine()["load"]
            if is_kept:
                keep(result)
    print_table(result)


def keep(result: dict) -> None:
    """Write what is known so far."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{result['at'][:10]}-{result['database']}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
