"""Who is answered what, at which address, about which thing: a table that only changes on purpose.

After a page was added or its readers changed, ``LINLI_TEST_RENEW=1 python -m pytest tests/robustness/test_matrix.py``
writes ``matrix.toml`` anew: read what changed before it is committed.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.robustness.walk import Answer, acts, reads, visit
from tests.robustness.world import SECRETS, Address

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("matrix.toml")
HEAD = """# Who is answered what, about which thing. "*" stands for everybody who is not named.
# Written by test_matrix.py; read what changed before it is committed.
# 200 a page, 302 done or sent on (strangers: to sign in), 403 not in this post, 404 nothing one may know of,
# 405 this address is no page, 409 not from where it stands now, 422 something is missing in what was typed.
# GET asks for the page, POST sends an empty form.
"""


TWINS = {"neighbour", "mate"}
"""They stand as `stranger` and `repairman` do."""
ASKED_FOR = {
    "GET": {"public", "private", "private_sent", "secret", "elsewhere", "unrated"},
    "POST": {"public", "private_sent", "elsewhere"},
}
"""Of all the reports, those that a page is asked for, and an act tried on."""


def row_of(statuses: dict[str, int]) -> str:
    """One line of the table: each status with its readers, the commonest for everybody else."""
    by_status = defaultdict(list)
    for who, status in statuses.items():
        by_status[status].append(who)
    common = max(by_status, key=lambda status: (len(by_status[status]), -status))
    rest = [f'{status} = "{" ".join(by_status[status])}"' for status in sorted(by_status) if status != common]
    return "{ " + ", ".join([f'{common} = "*"', *rest]) + " }"


def visits(world, method: str) -> dict[str, list[Answer]]:
    """What everybody is answered at each address of that method."""
    left_out = world.kinds["matters.uid"].keys() - ASKED_FOR[method]
    addresses = [
        address
        for address in world.addresses()
        if address.path != "/healthz" and address.label.split(" ")[0] not in left_out
    ]
    answers = reads if method == "GET" else acts
    names = [who for who in world.clients if who not in TWINS]
    return {
        address.key: [visit(world, who, address, method.lower()) for who in names]
        for address in addresses
        if answers(world, address)
    }


@pytest.mark.slow
def test_everybody_is_answered_as_the_table_says(world):
    assert world.unknown == set(), "tests/robustness/world.py: say in `kinds_of` what stands there"
    found, lines = {}, [HEAD]
    for method in ("GET", "POST"):
        found[method] = visits(world, method)
        lines.append(f"\n[{method}]\n")
        for key, answers in found[method].items():
            lines.append(f"'{key}' = {row_of({each.who: each.status for each in answers})}\n")
    if os.environ.get("LINLI_TEST_RENEW"):
        TABLE.write_text("".join(lines))
    now, kept = tomllib.loads("".join(lines)), tomllib.loads(TABLE.read_text())
    for method in now:
        keys = kept[method].keys() | now[method].keys()
        pairs = {key: (kept[method].get(key), now[method].get(key)) for key in sorted(keys)}
        changed = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        assert changed == {}, "(table, now); renew as this file's head says"
    everything = [each for answers in (*found["GET"].values(), *found["POST"].values()) for each in answers]
    assert [str(each) for each in everything if each.status >= 500] == []
    readers = {each.who for each in everything if SECRETS["words"] in each.text}
    assert readers <= INSIDE | UNIT


INSIDE = {"owner", "receipt", "desk", "secretary", "grid_worker", "officer", "district_officer"}
UNIT = {"repairman", "manager"}
"""Who may read what somebody said from inside a home: who deals with it, and nobody else."""


def same_but_for(text: str, address: Address) -> str:
    """A page without what differs between any two requests: the form token and the way back."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return text.replace(address.path, "")


def test_what_one_may_not_know_of_looks_like_what_is_not_there(world, walked):
    hidden = [answer for answer in walked if answer.status == 404 and answer.address.label and answer.text]
    assert hidden
    for answer in hidden:
        known = answer.address
        path = made_up(known)
        if path is None:
            continue
        nothing = Address(known.route, "made up", path, known.module)
        there = visit(world, answer.who, nothing)
        assert there.status == 404, there
        assert same_but_for(there.text, nothing) == same_but_for(answer.text, known), answer


def made_up(address: Address) -> str | None:
    """The same address with an id that nothing bears; None where no id stands in it."""
    changed = re.sub(r"[0-9a-f]{32}", "f" * 32, address.path)
    changed = re.sub(r"/[2-9A-HJ-NP-Z]{10}(?=/)", "/ZZZZZZZZZZ", changed)
    return changed if changed != address.path else None


LOOKS = {("desk", "/people/<slug:uid>/details/ owner")}
"""Opening these counts as a look: the page says so, and the person finds it under 谁看过我的信息."""


def test_whole_telephone_number_stands_on_no_page_but_its_owners(walked):
    shown = {(answer.who, answer.address.key) for answer in walked if SECRETS["phone"] in answer.text}
    assert {(who, key) for who, key in shown if who != "owner"} == LOOKS
