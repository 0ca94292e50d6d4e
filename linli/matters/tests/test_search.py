"""Search finds Chinese, Latin and Tibetan words and numbers, alike on both databases, and leaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.matters.actions import Follow, Opening, open_matters
from linli.matters.models import Matter
from linli.matters.queries import search_matters
from linli.matters.rules.words import coded, phrases_of, postgres_query, sqlite_query, tokens_of

TEXTS = {
    "lamp": "三单元路灯坏了,晚上看不见",
    "lift": "2号楼电梯困人 Lift B2 stops",
    "fund": "业主大会动用维修资金",
    "tibetan": "ལམ་གྱི་གློག་སྒྲོན་མེད་འདུག",
    "rare": "𠮷家门口的灯",
}
FOUND = [
    ("路灯", {"lamp"}),
    ("电梯", {"lift"}),
    ("维修资金", {"fund"}),
    ("维修 大会", {"fund"}),
    ("资金维修", set()),
    ("修路", set()),
    ("灯", {"lamp", "rare"}),
    ("楼", {"lift"}),
    ("lift", {"lift"}),
    ("LIFT", {"lift"}),
    ("b2 stop", {"lift"}),
    ("ift", set()),
    ("གློག", {"tibetan"}),
    ("གློག་སྒྲོན།", {"tibetan"}),
    ("སྒྲོན་གློག", set()),
    ("གློ", set()),
    ("𠮷家", {"rare"}),
    ("2号楼电梯", {"lift"}),
    ('" OR tokens:*', set()),
    ("') | (a", set()),
    ("\x00路灯", {"lamp"}),
    ("", set()),
    ("!!!", set()),
]


@pytest.fixture
def texts(cast, town):
    openings = [Opening(kind="lamp", title=text, place=town.building, subject=name) for name, text in TEXTS.items()]
    return open_matters(actor=cast.desk, openings=openings)


@pytest.mark.parametrize(("typed", "names"), FOUND)
def test_search_finds_words(cast, texts, typed, names):
    assert {matter.subject for matter in search_matters(cast.desk, typed)} == names


def test_search_finds_numbers_and_their_parts(cast, texts):
    matter = texts[2]
    year, serial = matter.number.split("-")[1:3]
    for typed in (matter.number, matter.number.lower().replace("-", ""), matter.number[:8], serial.lstrip("0")):
        assert matter in search_matters(cast.desk, typed)
    assert list(search_matters(cast.desk, f"{year}-{serial}")) == [matter]


def test_search_does_not_tell_a_stranger_what_was_not_released(cast, town, lamp):
    matter = lamp(audience="public", words="王家漏水", followers=[Follow(person_id=cast.resident.person_id)])
    assert list(search_matters(cast.stranger, "楼道")) == [matter]
    for actor, found in ((cast.stranger, []), (cast.neighbour, []), (cast.desk, [matter]), (cast.resident, [matter])):
        assert list(search_matters(actor, "王家")) == found
        assert list(search_matters(actor, "楼道 王家")) == found


def test_search_passes_over_what_one_may_not_know(cast, town, lamp):
    lamp(title="路灯", audience="parties")
    open_matters(actor=cast.stranger, openings=[Opening(kind="secret", title="路灯下的争吵", place=town.building)])
    assert not search_matters(cast.stranger, "路灯")
    assert [matter.kind for matter in search_matters(cast.desk, "路灯")] == ["lamp"]


def test_search_reads_the_index(cast, texts):
    plan = search_matters(cast.clock, "路灯").explain()
    assert "searchindex" in plan or "matters_search" in plan


@given(st.text())
def test_tokens_are_plain_and_short(text):
    tokens = tokens_of(text).split()
    assert all(token.isascii() and token.isalnum() and len(token) <= 170 for token in tokens)
    assert all(token.islower() or token.isdigit() for token in tokens)
    for phrase in phrases_of(text):
        assert phrase.tokens
        assert set("".join(phrase.tokens)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_tokens_begin_alike_where_words_do():
    assert tokens_of("路灯") == f"{coded('路灯')} {coded('灯')}"
    assert tokens_of("𠀀灯") == f"{coded('𠀀灯')} {coded('灯')}"
    assert coded("路灯").startswith(coded("路"))
    assert tokens_of("ＡＢ１２") == "wab12"


def test_queries_are_written_in_each_database_s_language():
    phrases = phrases_of("维修资金 lift")
    assert sqlite_query(phrases) == '"x7ef44fee x4fee8d44 x8d4491d1" AND "wlift"*'
    assert postgres_query(phrases) == "(x7ef44fee <-> x4fee8d44 <-> x8d4491d1) & (wlift:*)"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["词" * 3000, "a" * 3000, "་" * 50, "\x00", "a " * 500, "é" * 100, "א ב", "👍"])
def test_search_takes_whatever_is_typed(cast, texts, typed):
    assert list(search_matters(cast.desk, typed)) == []
    assert Matter.objects.count() == len(TEXTS)
