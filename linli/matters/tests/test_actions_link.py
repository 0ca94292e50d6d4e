"""Links, and the thread they make."""

from __future__ import annotations

import pytest

from linli.core.errors import LostRace, NotAllowed, WrongState
from linli.matters.actions import link_matters, move_matter, unlink_matters
from linli.matters.models import Link
from linli.matters.queries import stations_of, story_of, thread_of


def test_link_joins_threads_and_both_stories_tell_it(cast, lamp):
    report, topic, project = lamp(title="电梯停了"), lamp(title="换电梯"), lamp(title="施工")
    link_matters(actor=cast.desk, source=topic, target=project, kind="becomes")
    link_matters(actor=cast.desk, source=report, target=topic, kind="becomes", figures={"fen": 100})
    for matter in (report, topic, project):
        matter.refresh_from_db()
        assert matter.root_id == report.pk
        assert thread_of(matter, cast.desk) == [report, topic, project]
    told = topic.entries.filter(verb="matter.linked").order_by("id")
    assert [(entry.figures["way"], entry.figures["number"]) for entry in told] == [
        ("to", project.number), ("from", report.number),
    ]  # fmt: skip


def test_duplicate_stays_on_its_own_thread_and_comes_off_again(cast, lamp):
    one, two = lamp(), lamp()
    link_matters(actor=cast.desk, source=two, target=one, kind="duplicates")
    assert thread_of(one, cast.desk) == [one]
    unlink_matters(actor=cast.desk, source=two, target=one, kind="duplicates")
    assert not Link.objects.exists()
    assert [entry.verb for entry in one.entries.order_by("id")] == ["lamp.opened", "matter.linked", "matter.unlinked"]
    with pytest.raises(LostRace):
        unlink_matters(actor=cast.desk, source=two, target=one, kind="duplicates")


def test_link_is_refused(cast, lamp):
    one, two = lamp(), lamp()
    with pytest.raises(NotAllowed):
        link_matters(actor=cast.neighbour, source=one, target=two, kind="becomes")
    with pytest.raises(NotAllowed):
        unlink_matters(actor=cast.neighbour, source=one, target=two, kind="becomes")
    for target, kind in ((one, "becomes"), (two, "likes")):
        with pytest.raises(WrongState):
            link_matters(actor=cast.desk, source=one, target=target, kind=kind)
    link_matters(actor=cast.desk, source=one, target=two, kind="becomes")
    with pytest.raises(LostRace):
        link_matters(actor=cast.desk, source=one, target=two, kind="becomes")


def test_link_to_a_private_matter_is_not_told_to_the_public(cast, lamp):
    public, private = lamp(audience="public"), lamp()
    link_matters(actor=cast.desk, source=public, target=private, kind="becomes")
    assert [line.entry.verb for line in story_of(public, cast.stranger)] == ["lamp.opened"]
    assert thread_of(public, cast.stranger) == [public]
    assert [line.entry.verb for line in story_of(public, cast.desk)] == ["lamp.opened", "matter.linked"]


def beads(*matters):
    return [(str(bead.words), bead.state) for bead in stations_of(matters)]


def test_beads_say_where_it_was_where_it_is_and_what_comes(cast, lamp):
    matter = lamp()
    assert beads(matter) == [("反映", "now"), ("接下", "next"), ("办好", "next"), ("打分", "next")]
    for move in ("accept", "assign", "resolve"):
        move_matter(actor=cast.desk, matter=matter, move=move)
    assert beads(matter) == [("反映", "done"), ("接下", "done"), ("办好", "now"), ("打分", "next")]
    move_matter(actor=cast.desk, matter=matter, move="rework")
    assert beads(matter) == [("反映", "done"), ("接下", "now"), ("办好", "next"), ("打分", "next")]
    move_matter(actor=cast.desk, matter=matter, move="close")
    assert beads(matter) == [("反映", "done"), ("接下", "done"), ("打分", "done")]


def test_beads_of_a_thread_cost_one_query(cast, lamp, django_assert_num_queries):
    matters = [lamp() for _ in range(5)]
    with django_assert_num_queries(1):
        assert len(stations_of(matters)) == 20
