"""Names, numbers, posts and retention: plain values."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from linli.core.actor import Actor, Grant
from linli.people import rules
from linli.people.rules import Keep
from linli.people.tests.conftest import NOW


@pytest.mark.parametrize(
    "name", ["旦增央珍", "ཚེ་རིང་ལྷ་མོ།", "Anna Maria O'Neil", "买买提·阿不都", "索朗", "王", "x" * 60]
)
def test_name_is_taken_in_any_script(name):
    assert rules.clean_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\u202eb", "a\u0000b", "\u200b"])
def test_name_is_refused_when_empty_long_or_deceiving(name):
    with pytest.raises(ValueError):
        rules.clean_name(name)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86-138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("138\u200a0013８０００", "13800138000"),
        ("（0891）632-1234", "08916321234"),
        ("6321234", "6321234"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_phone_is_kept_as_bare_figures(typed, number):
    assert rules.clean_phone(typed) == number


@pytest.mark.parametrize("typed", ["1380013800", "23800138000", "abc", "138001380001", "12"])
def test_phone_is_refused_when_it_cannot_be_one(typed):
    with pytest.raises(ValueError):
        rules.clean_phone(typed)


def place(level, pk=9, **above):
    columns = dict.fromkeys(("district_id", "street_id", "community_id", "compound_id", "building_id"))
    return SimpleNamespace(level=level, pk=pk, **{**columns, **above})


@pytest.mark.parametrize(
    ("post", "where", "reached"),
    [
        ("administrator", None, ("everywhere", None)),
        ("property_staff", None, ("nowhere", None)),
        ("desk", place("community"), ("community", 9)),
        ("captain", place("stairwell", building_id=4, compound_id=3), ("building", 4)),
        ("resident", place("home", compound_id=3, community_id=2), ("compound", 3)),
        ("desk", place("station", community_id=2), ("community", 2)),
        ("desk", place("spot"), ("nowhere", None)),
    ],
)
def test_post_reaches_its_place(post, where, reached):
    assert rules.grant_place(post, where) == reached


def test_posts_that_administer_or_see_sensitive_data_need_a_second_factor():
    assert set(rules.posts_that("needs_second_factor")) == {
        "secretary", "branch_secretary", "street_officer", "district_officer", "administrator", "auditor",
    }  # fmt: skip


def test_nobody_is_oneself_without_a_person():
    stranger = Actor(now=NOW, grants=(Grant("desk", "nowhere"),))
    assert not rules.is_self(stranger, SimpleNamespace(pk=None))


@pytest.mark.parametrize(
    ("days", "is_needed", "kept"),
    [
        (364, False, Keep.AS_IS),
        (365, False, Keep.WITHOUT_CONTACT),
        (1094, False, Keep.WITHOUT_CONTACT),
        (1095, False, Keep.AS_TOMBSTONE),
        (4000, True, Keep.AS_IS),
    ],
)
def test_person_is_kept_in_two_stages(days, is_needed, kept):
    last = date(2020, 1, 1)
    assert rules.keep_how(last + timedelta(days=days), last, is_needed=is_needed) is kept
