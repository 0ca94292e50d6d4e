"""A tally file from the command line: what cannot be counted is refused line by line, and nothing needs Django."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

from linli.voting.tests.test_rules import VECTORS, YES, homes, vote


def linli(*words):
    """``linli tally`` in a process of its own."""
    command = [sys.executable, "-m", "linli.config.command", "tally", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def written(tmp_path):
    """Write a tally file, return its path."""

    def write(told):
        file = tmp_path / "vote.json"
        file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
        return file

    return write


def as_sheets(told, folder):
    """The same vote as two csv sheets."""
    roll, returns = folder / "roll.csv", folder / "returns.csv"
    with roll.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["unit", "use", "owners", "area"])
        sheet.writerows([row["unit"], row["use"], ";".join(row["owners"]), row["area"]] for row in told["roll"])
    with returns.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["unit", "motion", "choice"])
        sheet.writerows([row["unit"], row["motion"], row["choice"]] for row in told["returns"])
    return roll, returns


def test_tally_prints_the_figures(written):
    done = linli(written(VECTORS["V03"][0]), "--json")
    (motion,) = json.loads(done.stdout)["motions"]
    assert (done.returncode, motion["yes_area"], motion["result"]) == (0, "360.00", "passed")
    assert linli(written(VECTORS["V03"][0])).stdout == "1: passed (540.00/810.00 m², 6/9; yes 360.00 m², 4)\n"


def test_tally_does_not_load_django(written):
    code = (
        "import sys; sys.argv = ['linli', 'tally', sys.argv[1]]\n"
        "from linli.config.command import main\n"
        "try: main()\nexcept SystemExit: print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(written(VECTORS["V03"][0]))], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("name", ["V05c", "V06", "V09", "V13a", "V18"])
def test_sheets_count_like_the_file(name, written, tmp_path):
    told, _ = VECTORS[name]
    options = [word for option in told["options"] for word in ("--option", option)]
    pair = linli(*as_sheets(told, tmp_path), "--motion", "1=ordinary", *options, "--json")
    assert json.loads(pair.stdout) == json.loads(linli(written(told), "--json").stdout)


def test_faults_are_told_line_by_line(written):
    told = vote(homes((3, 100, YES)))
    told["roll"][1]["area"] = "88.123"
    told["roll"][2]["owners"] = []
    told["roll"].append({"unit": "1-1", "use": "barn", "owners": ["Z"], "area": "-1"})
    told["returns"] += [{"unit": "9-9", "motion": 1, "choice": YES}, {"unit": "1-1", "motion": 1, "choice": YES}]
    told["returns"] += [{"unit": "1-1", "motion": 2, "choice": YES}, {"unit": "1-2", "motion": 1, "choice": "maybe"}]
    done = linli(written(told), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        "roll[1]", "roll[2]", "roll[3]", "roll[3]", "roll[3]", "returns[3]", "returns[4]", "returns[5]", "returns[6]"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda told: told.update(ruleset="cn-property-2007"), "ruleset"),
        (lambda told: told.update(options={"follow_clause": "yes"}), "options.follow_clause"),
        (lambda told: told.update(options=[]), "options"),
        (lambda told: told.update(motions=[]), "motions"),
        (lambda told: told["motions"].append({"no": 1, "class": "ordinary"}), "motions[1]"),
        (lambda told: told["motions"].append({"no": 2, "class": "royal"}), "motions[1]"),
        (lambda told: told.update(roll={}), "roll"),
        (lambda told: told["returns"].append("1-1 yes"), "returns[1]"),
        (lambda told: told["roll"][0].update(area=88.123), "roll[0]"),
        (lambda told: told["roll"][0].update(unit=None), "roll[0]"),
        (lambda told: told["roll"][0].update(owners=[3]), "roll[0]"),
        (lambda told: told["returns"][0].update(motion=[]), "returns[0]"),
    ],
)
def test_file_that_cannot_be_counted_is_refused(spoil, place, written):
    told = vote(homes((1, 100, YES)))
    spoil(told)
    done = linli(written(told))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{place}: ")


@pytest.mark.parametrize("words", ["", "[]", "{", '{"roll": 1}'])
def test_file_that_is_none_is_refused(words, written):
    done = linli(written(words))
    assert (done.returncode, "Traceback" in done.stderr, bool(done.stderr)) == (2, False, True)


def test_sheets_that_cannot_be_counted_are_refused(tmp_path):
    roll, returns = as_sheets(vote(homes((2, 100, YES))), tmp_path)
    assert linli(roll, returns).returncode == 2
    returns.write_text("unit,motion,choice\n1-1,1\n1-9,1,approve\n1-2,one,approve\n", encoding="utf-8")
    done = linli(roll, returns, "--motion", "1=ordinary")
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [
        "returns.csv:2", "returns.csv:3", "returns.csv:4"
    ]  # fmt: skip
    roll.write_bytes(b"unit,use\n\xff")
    assert linli(roll, returns, "--motion", "1=ordinary").returncode == 2
    assert linli(tmp_path / "nowhere.json").returncode == 2
