"""Pages by key, my day, what is overdue and for the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.matters.actions import Opening, open_matters
from linli.matters.models import Matter
from linli.matters.queries import matters_flagged_for_table, matters_overdue, my_day, page_of
from linli.matters.queries.lists import mark_of, read_mark
from linli.matters.tests.conftest import MORNING

HOUR = timedelta(hours=1)


def walk(fetch):
    """All rows, page after page, and the pages' sizes."""
    rows, sizes, mark = [], [], ""
    while True:
        page = fetch(mark)
        rows += page.rows
        sizes.append(len(page.rows))
        mark = page.next
        if not mark:
            return rows, sizes


@pytest.fixture
def many(cast, town):
    """Sixty matters; each third shares its due time with others, each sixth has none."""
    openings = [
        Opening(
            "lamp", f"灯 {no}", town.building, holder_body_id=town.office.pk,
            holder_person_id=cast.desk.person_id if no % 4 == 0 else None,
            step_due_at=None if no % 6 == 0 else MORNING + HOUR * (no % 3),
        )
        for no in range(60)
    ]  # fmt: skip
    return open_matters(actor=cast.desk, openings=openings)


def test_page_by_key_visits_each_row_once(many):
    rows, sizes = walk(lambda mark: page_of(Matter.objects.all(), mark, 25))
    assert rows == sorted(many, key=lambda matter: -matter.pk)
    assert sizes == [25, 25, 10]
    order = ("urgent_at", "id")
    rows, sizes = walk(lambda mark: page_of(Matter.objects.all(), mark, 20, order))
    assert [matter.pk for matter in rows] == [
        matter.pk for matter in sorted(many, key=lambda matter: (matter.urgent_at, matter.pk))
    ]
    assert sizes == [20, 20, 20]


@pytest.mark.parametrize("mark", ["x", "💥", "W10", "WzEsMl0", mark_of(["' OR 1=1"]), mark_of([None]), mark_of([{}])])
def test_page_after_a_mark_that_cannot_be_read_is_the_first(many, mark):
    assert len(page_of(Matter.objects.order_by("id"), mark, 100, ("urgent_at", "id"))) == 60


def test_mark_comes_back():
    assert read_mark(mark_of([MORNING, 7]), 2) == [MORNING, 7]
    assert read_mark(mark_of([MORNING, 7]), 1) is None


def test_my_day_is_ordered_by_urgency_and_leaves_out_a_colleague_s(cast, town, many):
    rows, sizes = walk(lambda mark: my_day(cast.desk, mark, 25))
    assert [matter.pk for matter in rows] == [
        matter.pk for matter in sorted(many, key=lambda matter: (matter.urgent_at, matter.pk))
    ]
    assert sizes == [25, 25, 10]
    colleague = replace(cast.desk, person_id=cast.resident.person_id)
    assert len(walk(lambda mark: my_day(colleague, mark, 25))[0]) == 45
    assert my_day(cast.stranger).rows == []


@pytest.mark.parametrize("count", [1, 3, 300])
def test_my_day_costs_the_same_queries_for_any_number(cast, town, count, django_assert_num_queries):
    openings = [Opening("lamp", "灯", town.building, holder_body_id=town.office.pk) for _ in range(count)]
    open_matters(actor=cast.desk, openings=openings)
    with django_assert_num_queries(2):
        day = my_day(cast.desk)
        assert {matter.place.name for matter in day.rows} == {"2号楼"}


def test_my_day_and_the_alarms_read_their_index(cast, town, many):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        my_day(cast.desk)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for query, index in zip(captured, ("matter_person_day", "matter_body_day"), strict=True):
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query['sql']}")
            plan = str(cursor.fetchall())
            assert index in plan
            assert "TEMP B-TREE" not in plan
        alarms = Matter.objects.filter(next_alarm_at__lte=MORNING).order_by("next_alarm_at")
        assert "matter_alarm" in alarms.explain()


def test_overdue_counts_what_has_run_out(many):
    assert matters_overdue(MORNING).count() == len([no for no in range(60) if no % 3 == 0 and no % 6])


def test_flagged_for_the_table(cast, town, lamp):
    day = date(2026, 12, 5)
    matter = lamp(fields={"is_for_table": True, "table_on": day})
    lamp()
    assert list(matters_flagged_for_table(town.here.pk, day)) == [matter]
    assert not matters_flagged_for_table(town.there.pk)
