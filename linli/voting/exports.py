"""What a tally says, as JSON or in lines, and the words of ``linli tally``. Stands without Django."""

from __future__ import annotations

import argparse
import gc
import json as json_lines
import sys
from pathlib import Path
from typing import Any

from linli.voting.imports import OPTIONS, Faults, count_json, count_sheets
from linli.voting.rules.tallies import CLASSES, Options, Tally

HELP = "Count an owners' vote from a JSON file, or from a roll and its returns as csv. Needs no database."
REFUSED = 2


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("files", nargs="+", type=Path, help="one JSON file, or two csv sheets: the roll, the returns")
    parser.add_argument("--motion", action="append", default=[], metavar="NO=CLASS", help="for csv: a motion's class")
    parser.add_argument("--option", action="append", default=[], choices=OPTIONS, help="for csv: what by-laws settle")
    parser.add_argument("--json", action="store_true", help="for programs")


def main(words: list[str]) -> int:
    """``linli tally``; the exit code."""
    gc.disable()  # a short life with millions of small rows and no rings among them
    parser = argparse.ArgumentParser(prog="linli tally", description=HELP)
    add_words(parser)
    return print_tally(**vars(parser.parse_args(words)))


def print_tally(*, files: list[Path], motion: list[str], option: list[str], json: bool) -> int:
    """Count and print. 2 and a line for each fault where the files cannot be counted."""
    try:
        found = counted(files, motion, option)
    except Faults as faults:
        sys.stderr.write("\n".join([*faults.lines, ""]))
        return REFUSED
    as_json = json_lines.dumps({"motions": [tally_out(one) for one in found]}, ensure_ascii=False)
    sys.stdout.write((as_json if json else "\n".join(map(tally_line, found))) + "\n")
    return 0


def counted(files: list[Path], motion: list[str], option: list[str]) -> list[Tally]:
    """The results of what was named on the command line. Raises `Faults`."""
    if len(files) == 1:
        return count_json(files[0])
    faults, motions = Faults(), {}
    for words in motion:
        no, _, kind = words.partition("=")
        if not no.isdecimal() or kind not in CLASSES or int(no) in motions:
            faults.note(f"--motion {words}", f"must be NO=CLASS, once, with a class of {', '.join(CLASSES)}")
        else:
            motions[int(no)] = kind
    if len(files) != 2 or not motion:
        faults.note("tally", "give one JSON file, or the roll and the returns as csv with a --motion for each motion")
    faults.stop_if_any()
    roll, returns = files
    return count_sheets(roll, returns, motions, Options(**dict.fromkeys(option, True)))


def area_out(centi: int) -> str:
    """``810.00`` from an area in 0.01 m²."""
    return f"{centi // 100}.{centi % 100:02d}"


def tally_out(tally: Tally) -> dict[str, Any]:
    """One motion's figures; ``clause`` has the same fields or is null."""
    return {
        "no": tally.no,
        "total_area": area_out(tally.total_area),
        "total_heads": tally.total_heads,
        "part_area": area_out(tally.part_area),
        "part_heads": tally.part_heads,
        "yes_area": area_out(tally.yes_area),
        "yes_heads": tally.yes_heads,
        "quorum": tally.quorum,
        "result": tally.result,
        "clause": tally_out(tally.clause) if tally.clause else None,
    }


def tally_line(tally: Tally) -> str:
    """One motion for a person to read."""
    took = f"{area_out(tally.part_area)}/{area_out(tally.total_area)} m², {tally.part_heads}/{tally.total_heads}"
    return f"{tally.no}: {tally.result} ({took}; yes {area_out(tally.yes_area)} m², {tally.yes_heads})"
