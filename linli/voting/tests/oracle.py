"""A second count, written from the law's words alone: sets and fractions, nothing shared with the product."""

from __future__ import annotations

from fractions import Fraction


def voices(told):
    """Each voice's units and area."""
    found = {}
    for row in told["roll"]:
        name = ("developer",) if row["use"] == "developer" else ("owners", frozenset(row["owners"]))
        units, area = found.get(name, (set(), Fraction(0)))
        counts = row["use"] != "lot" or told["options"].get("lot_area_counts", False)
        found[name] = (units | {row["unit"]}, area + (Fraction(row["area"]) if counts else 0))
    return found


def said(told, motion, clause):
    """What each voice says in the end: voice -> word, with silence and "follow" settled as the clause asks."""
    words = {}
    for name, (units, _) in voices(told).items():
        given = {row["choice"] for row in told["returns"] if row["unit"] in units and row["motion"] == motion}
        words[name] = "silent" if not given else given.pop() if len(given) == 1 else "void"
    if clause is None:
        return {name: "void" if word == "follow_majority" else word for name, word in words.items()}
    return {name: clause if word in ("silent", "follow_majority") else word for name, word in words.items()}


def leader(told, motion):
    """The option ahead of both others in area and in heads."""
    area, words = voices(told), said(told, motion, None)
    score = {
        option: (sum(area[name][1] for name in words if words[name] == option), list(words.values()).count(option))
        for option in ("approve", "against", "abstain")
    }
    ahead = [
        one
        for one in score
        if all(score[one][0] > score[two][0] and score[one][1] > score[two][1] for two in score if two != one)
    ]
    return ahead[0] if ahead else None


def judge(told, motion, kind, clause):
    """The figures and the verdict for one reading."""
    area, words = voices(told), said(told, motion, clause)
    part = {"approve", "against", "abstain"} | ({"void"} if told["options"].get("void_participates") else set())
    all_area, all_heads = sum(units[1] for units in area.values()), len(area)
    in_area = sum(area[name][1] for name, word in words.items() if word in part)
    in_heads = sum(word in part for word in words.values())
    yes_area = sum(area[name][1] for name, word in words.items() if word == "approve")
    yes_heads = sum(word == "approve" for word in words.values())
    if kind == "unanimous":
        quorum, verdict = in_heads == all_heads, "passed" if all_heads and yes_heads == all_heads else "failed"
    else:
        two_thirds = Fraction(2, 3)
        quorum = in_area >= two_thirds * all_area and in_heads >= two_thirds * all_heads
        if kind == "ordinary":
            enough = yes_area > Fraction(1, 2) * in_area and yes_heads > Fraction(1, 2) * in_heads
        else:
            enough = in_heads and yes_area >= Fraction(3, 4) * in_area and yes_heads >= Fraction(3, 4) * in_heads
        verdict = "quorum_failed" if not quorum else "passed" if enough else "failed"
    return {
        "no": motion, "total_area": f"{float(all_area):.2f}", "total_heads": all_heads,
        "part_area": f"{float(in_area):.2f}", "part_heads": in_heads,
        "yes_area": f"{float(yes_area):.2f}", "yes_heads": yes_heads,
        "quorum": quorum, "result": verdict, "clause": None,
    }  # fmt: skip


def count(told):
    """What `linli tally --json` must say."""
    found = []
    for motion in told["motions"]:
        lawful = judge(told, motion["no"], motion["class"], None)
        ahead = leader(told, motion["no"])
        if told["options"].get("follow_clause") and motion["class"] != "unanimous" and ahead:
            lawful["clause"] = judge(told, motion["no"], motion["class"], ahead)
            if lawful["result"] != "passed" and lawful["clause"]["result"] == "passed":
                lawful["result"] = "passed_by_clause_only"
        found.append(lawful)
    return {"motions": found}
