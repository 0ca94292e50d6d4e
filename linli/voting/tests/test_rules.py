"""The vectors of DOMAIN B.1.9, each said as homes and returns, and counted by the product and by the oracle."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.voting.exports import tally_out
from linli.voting.imports import count_json
from linli.voting.tests import oracle


def vote(homes, *, kind="ordinary", **options):
    """A tally file out of (owners, area, choice or None, use) rows."""
    roll, returns = [], []
    for number, (owners, area, choice, *use) in enumerate(homes, 1):
        unit = f"1-{number}"
        roll.append({"unit": unit, "use": use[0] if use else "flat", "owners": list(owners), "area": str(area)})
        if choice:
            returns.append({"unit": unit, "motion": 1, "choice": choice})
    motions = [{"no": 1, "class": kind}]
    head = {"ruleset": "cn-civilcode-2021", "options": options, "motions": motions}
    return {**head, "roll": roll, "returns": returns}


def homes(*groups, start=0):
    """``(how many, area, choice)`` groups as homes of different owners."""
    found = []
    for many, area, choice in groups:
        found += [((f"P{start + len(found) + one}",), area, choice) for one in range(many)]
    return found


def counted(told, folder):
    file = folder / "vote.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return {"motions": [tally_out(one) for one in count_json(file)]}


def of_a(three, area=100):
    """Three flats of the same owner A, who says ``three``."""
    return [(("A",), area, three)] * 3


YES, NO, ABSTAIN, VOID = "approve", "against", "abstain", "void"
DEVELOPER = ((), 100, None, "developer")
VECTORS = {
    "V01": (vote([*of_a(YES), *homes((4, 100, YES), (3, 100, None))]), (1000, 8, 700, 5, 700, 5, "quorum_failed")),
    "V02": (
        vote([*of_a(YES), *homes((2, 100, YES), (3, 100, NO), (2, 100, None))]),
        (1000, 8, 800, 6, 500, 3, "failed"),
    ),
    "V03": (vote(homes((4, 90, YES), (2, 90, NO), (3, 90, None))), (810, 9, 540, 6, 360, 4, "passed")),
    "V04a": (
        vote(homes((6, 100, YES), (2, 100, NO), (4, 100, None)), kind="special"),
        (1200, 12, 800, 8, 600, 6, "passed"),
    ),
    "V04b": (
        vote(homes((5, 100, YES), (3, 100, NO), (4, 100, None)), kind="special"),
        (1200, 12, 800, 8, 500, 5, "failed"),
    ),
    "V04c": (vote(homes((5, 100, YES), (3, 100, NO), (4, 100, None))), (1200, 12, 800, 8, 500, 5, "passed")),
    "V05a": (vote([*[DEVELOPER] * 40, *homes((60, 100, YES))]), (10000, 61, 6000, 60, 6000, 60, "quorum_failed")),
    "V05b": (
        vote([*[((), 100, NO, "developer")] * 40, *homes((31, 100, YES), (29, 100, NO))]),
        (10000, 61, 10000, 61, 3100, 31, "failed"),
    ),
    "V05c": (
        vote([*[((), 100, YES, "developer")] * 40, *homes((20, 100, YES), (40, 100, NO))]),
        (10000, 61, 10000, 61, 6000, 21, "failed"),
    ),
    "V06": (vote([(("A", "B"), 100, VOID), *homes((3, 100, YES))]), (400, 4, 300, 3, 300, 3, "passed")),
    "V07": (
        vote([(("A", "B"), 100, YES), (("A",), 100, NO), *homes((4, 100, YES))]),
        (600, 6, 600, 6, 500, 5, "passed"),
    ),
    "V08": (
        vote(homes((3, 90, YES), (1, 90, NO), (2, 90, ABSTAIN), (3, 90, None))),
        (810, 9, 540, 6, 270, 3, "failed"),
    ),
    "V09": (
        vote(homes((5, 100, YES), (2, 100, NO), (5, 100, None)), follow_clause=True),
        (1200, 12, 700, 7, 500, 5, "passed_by_clause_only"),
    ),
    "V10": (
        vote([(("X",), 400, NO), *homes((4, 75, YES), (3, 100, None))], follow_clause=True),
        (1000, 8, 700, 5, 300, 4, "quorum_failed"),
    ),
    "V11a": (vote([(("X",), 600, YES), *homes((1, 100, YES), (3, 100, NO))]), (1000, 5, 1000, 5, 700, 2, "failed")),
    "V11b": (vote([(("X",), 600, NO), *homes((4, 100, YES))]), (1000, 5, 1000, 5, 400, 4, "failed")),
    "V13a": (
        vote(homes((2, "2222.55", YES), (1, "2222.56", YES), (1, "3333.84", None))),
        ("10001.50", 4, "6667.66", 3, "6667.66", 3, "quorum_failed"),
    ),
    "V13b": (
        vote(homes((2, "2222.55", YES), (1, "2222.57", YES), (1, "3333.83", None))),
        ("10001.50", 4, "6667.67", 3, "6667.67", 3, "passed"),
    ),
    "V14": (vote(homes((8, 100, YES), (4, 100, None)), kind="special"), (1200, 12, 800, 8, 800, 8, "passed")),
    "V15": (
        vote(homes((6, 100, YES), (2, 100, NO), (4, 100, None)), kind="special"),
        (1200, 12, 800, 8, 600, 6, "passed"),
    ),
    "V16": (vote(homes((5, 100, YES), (5, 100, NO))), (1000, 10, 1000, 10, 500, 5, "failed")),
    "V17": (vote(homes((1, 100, YES)), kind="special"), (100, 1, 100, 1, 100, 1, "passed")),
    "V18": (
        vote([*homes((9, 100, YES)), *[((f"L{n}",), "12.5", None, "lot") for n in range(6)]], lot_area_counts=True),
        (975, 15, 900, 9, 900, 9, "quorum_failed"),
    ),
    "V18 without lots' area": (
        vote([*homes((9, 100, YES)), *[((f"L{n}",), "12.5", None, "lot") for n in range(6)]]),
        (900, 15, 900, 9, 900, 9, "quorum_failed"),
    ),
    "V20": (
        vote(homes((6, 100, YES), (2, 100, VOID), (2, 100, None))),
        (1000, 10, 600, 6, 600, 6, "quorum_failed"),
    ),
    "V20 with void": (
        vote(homes((6, 100, YES), (2, 100, VOID), (2, 100, None)), void_participates=True),
        (1000, 10, 800, 8, 600, 6, "passed"),
    ),
    "V21": (
        vote(homes((8, 100, YES), (1, 100, NO), (2, 100, ABSTAIN), (1, 100, None)), kind="special"),
        (1200, 12, 1100, 11, 800, 8, "failed"),
    ),
    "V22": (vote(homes((9, 80, YES), (7, 80, NO), (8, 80, None))), (1920, 24, 1280, 16, 720, 9, "passed")),
    "V23": (
        vote(homes((17, 90, YES), (1, 90, NO)), kind="unanimous"),
        (1620, 18, 1620, 18, 1530, 17, "failed"),
    ),
}
FIGURES = ("total_area", "total_heads", "part_area", "part_heads", "yes_area", "yes_heads", "result")


@pytest.mark.parametrize("name", VECTORS)
def test_vote_is_counted_as_the_vectors_say(name, tmp_path):
    told, expected = VECTORS[name]
    found = counted(told, tmp_path)
    (motion,) = found["motions"]
    wanted = [
        f"{value}.00" if "area" in key and isinstance(value, int) else value
        for key, value in zip(FIGURES, expected, strict=True)
    ]
    assert [motion[key] for key in FIGURES] == wanted
    assert found == oracle.count(told)


def test_clause_is_shown_beside_the_statute(tmp_path):
    (motion,) = counted(VECTORS["V09"][0], tmp_path)["motions"]
    clause = motion["clause"]
    assert (motion["quorum"], clause["part_heads"], clause["yes_heads"], clause["result"]) == (False, 12, 10, "passed")
    assert counted(VECTORS["V10"][0], tmp_path)["motions"][0]["clause"] is None


def test_voice_that_answers_for_one_home_speaks_for_all_its_homes(tmp_path):
    told = vote([(("A",), 100, YES), (("A",), 50, None), *homes((1, 100, NO))])
    assert counted(told, tmp_path)["motions"][0]["yes_area"] == "150.00"


@pytest.mark.parametrize("second", [NO, VOID, ABSTAIN])
def test_voice_with_two_words_is_void(second, tmp_path):
    told = vote([(("A", "B"), 100, YES), (("B", "A"), 50, second), *homes((1, 100, NO))])
    assert counted(told, tmp_path)["motions"][0]["part_heads"] == 1


def test_follow_the_majority_is_void_without_the_clause(tmp_path):
    told = vote(homes((2, 100, YES), (1, 100, "follow_majority")), void_participates=True)
    assert counted(told, tmp_path)["motions"][0]["part_heads"] == 3
    told["options"] = {}
    assert counted(told, tmp_path)["motions"][0]["part_heads"] == 2


ROWS = st.tuples(
    st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=2),
    st.integers(0, 40_000).map(lambda centi: f"{centi // 100}.{centi % 100:02d}"),
    st.sampled_from([None, YES, NO, ABSTAIN, VOID, "follow_majority"]),
    st.sampled_from(["flat", "shop", "lot", "developer"]),
)
OPTIONS = st.fixed_dictionaries(
    {name: st.booleans() for name in ("void_participates", "follow_clause", "lot_area_counts")}
)


@given(
    rows=st.lists(ROWS, min_size=1, max_size=14),
    options=OPTIONS,
    kind=st.sampled_from(["ordinary", "special", "unanimous"]),
)
def test_vote_is_counted_as_the_oracle_counts(rows, options, kind, tmp_path_factory):
    settled = [([] if use == "developer" else owners, area, choice, use) for owners, area, choice, use in rows]
    told = vote(settled, kind=kind, **options)
    assert counted(told, tmp_path_factory.mktemp("vote")) == oracle.count(told)
