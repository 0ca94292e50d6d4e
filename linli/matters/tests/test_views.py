"""The thread page, my day and search, as their readers see them."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils.html import strip_tags

from linli.core.errors import NotAllowed, NotFound
from linli.matters.actions import (
    Change,
    Follow,
    Opening,
    Telling,
    link_matters,
    move_matter,
    open_matters,
    pause_matter,
    tell_matter,
)
from linli.matters.models import Follower
from linli.matters.tests.conftest import MORNING, later
from linli.matters.views import thread as views


def visit(view, actor, *args, method="get", **data):
    request = getattr(RequestFactory(), method)("/", data)
    request.actor = actor
    return view(request, *args)


def text_of(answer):
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.fixture
def told(cast, town, lamp):
    """A public matter with something for each kind of reader."""
    matter = lamp(audience="public", note="家里没人", note_audience="parties", followers=[
        Follow(person_id=cast.resident.person_id, role="reporter")])  # fmt: skip
    change = Change(
        note="别动那个开关", holder_body=town.company, due_at=later(cast.desk, days=2).now, note_audience="staff"
    )
    move_matter(actor=later(cast.desk, hours=1), matter=matter, move="accept", change=change)
    telling = Telling("promised", note="今晚先拉一盏临时灯", note_audience="public")
    tell_matter(actor=later(cast.manager, hours=2), matter=matter, telling=telling)
    return matter


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("stranger", {"今晚先拉一盏临时灯"}),
        ("neighbour", {"今晚先拉一盏临时灯"}),
        ("resident", {"今晚先拉一盏临时灯", "家里没人"}),
        ("manager", {"今晚先拉一盏临时灯", "家里没人", "别动那个开关"}),
        ("desk", {"今晚先拉一盏临时灯", "家里没人", "别动那个开关"}),
    ],
)
def test_thread_page_shows_each_reader_their_notes(cast, told, name, reads):
    text = text_of(visit(views.detail, getattr(cast, name), told.uid))
    assert {note for note in ("今晚先拉一盏临时灯", "家里没人", "别动那个开关") if note in text} == reads
    assert "楼道灯不亮" in text
    assert "安居物业" in text
    assert cast.desk.name not in text or name in {"desk", "manager"}


def test_thread_page_names_those_who_handle_it_and_no_resident_among_who_looked(cast, told):
    visit(views.detail, cast.resident, told.uid)
    text = text_of(visit(views.detail, cast.desk, told.uid))
    assert "央珍 · 雪莲社区居委会" in text
    assert cast.resident.name not in text
    assert "谁看过" not in text_of(visit(views.detail, cast.resident, told.uid))


def test_thread_page_is_not_there_for_who_may_not_know(cast, lamp):
    matter = lamp()
    with pytest.raises(NotFound):
        visit(views.detail, cast.stranger, matter.uid)


def test_thread_page_says_why_it_stands_still(cast, told):
    pause_matter(actor=cast.desk, matter=told, reason="season_weather", until=later(cast.desk, days=9).now)
    text = text_of(visit(views.detail, cast.stranger, told.uid))
    assert "先停着" in text
    assert "11月25日 周三 10:00 接着办" in text


def test_thread_page_draws_the_whole_thread_and_its_duplicates(cast, told, lamp):
    project, twin, hidden = lamp(title="换新灯", audience="public"), lamp(title="也不亮", audience="public"), lamp()
    link_matters(actor=cast.desk, source=told, target=project, kind="becomes")
    for other in (twin, hidden):
        link_matters(actor=cast.desk, source=other, target=told, kind="duplicates")
    told.refresh_from_db()
    text = text_of(visit(views.detail, cast.stranger, told.uid))
    assert "换新灯" in text
    assert twin.number in text
    assert hidden.number not in text


@pytest.mark.parametrize("count", [1, 3, 30])
def test_thread_page_costs_the_same_queries_for_any_length(cast, told, lamp, count, django_assert_max_num_queries):
    for _ in range(count):
        tell_matter(actor=cast.stranger, matter=told, telling=Telling("urged", note="还没好"))
    with django_assert_max_num_queries(7):
        visit(views.detail, cast.stranger, told.uid)


def test_follow_and_unfollow_from_the_page(cast, told):
    assert "我也要收到进展" in text_of(visit(views.detail, cast.neighbour, told.uid))
    assert visit(views.follow, cast.neighbour, told.uid, method="post").status_code == 302
    assert Follower.objects.filter(person_id=cast.neighbour.person_id).exists()
    assert "不用再告诉我" in text_of(visit(views.detail, cast.neighbour, told.uid))
    visit(views.unfollow, cast.neighbour, told.uid, method="post")
    assert not Follower.objects.filter(person_id=cast.neighbour.person_id).exists()
    assert "我也要收到进展" not in text_of(visit(views.detail, cast.stranger, told.uid))


def test_day_is_grouped_by_urgency(cast, town, lamp):
    for title, hours in (("超时的", -1), ("今天的", 3), ("以后的", 50)):
        lamp(title=title, holder_body_id=town.office.pk, step_due_at=later(cast.desk, hours=hours).now)
    paused = lamp(title="停着的", holder_body_id=town.office.pk)
    pause_matter(actor=cast.desk, matter=paused, reason="need_info", until=None)
    text = text_of(visit(views.day, cast.desk))
    words = ["已经超时 1", "超时的", "今天要办 1", "今天的", "接下来 1", "以后的", "在等别人 1", "停着的"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_day_of_somebody_with_nothing_says_what_would_be_there(cast):
    assert "交到您手上的事会排在这里" in text_of(visit(views.day, cast.desk))


def test_day_of_somebody_unknown_is_refused_so_that_the_door_asks_them_in(cast):
    with pytest.raises(NotAllowed):
        visit(views.day, cast.stranger)


def test_day_shows_a_resident_what_they_follow(cast, told):
    assert "我跟着的事" in text_of(visit(views.day, cast.resident))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_day_costs_the_same_queries_for_any_number(cast, town, count, django_assert_max_num_queries):
    openings = [
        Opening("lamp", "灯", town.building, holder_body_id=town.office.pk, step_due_at=MORNING) for _ in range(count)
    ]
    open_matters(actor=cast.desk, openings=openings)
    with django_assert_max_num_queries(3):
        visit(views.day, cast.desk)


def test_search_finds_lists_and_leads_to_a_number(cast, told):
    assert "楼道灯不亮" in text_of(visit(views.search, cast.stranger, q="楼道"))
    assert "没有找到" in text_of(visit(views.search, cast.stranger, q="电梯"))
    assert visit(views.search, cast.stranger, q=told.number.replace("-", " ").lower()).url == f"/matters/{told.uid}/"


def test_search_lists_what_runs_before_what_is_over(cast, told, lamp):
    over = lamp(title="楼道灯又不亮", audience="public")
    move_matter(actor=cast.desk, matter=over, move="accept", change=Change(verb="lamp.accepted"))
    move_matter(actor=cast.desk, matter=over, move="close", change=Change(verb="lamp.closed"))
    text = text_of(visit(views.search, cast.desk, q="楼道灯"))
    assert text.index("楼道灯不亮") < text.index("楼道灯又不亮")


def test_search_by_number_does_not_betray_a_private_matter(cast, lamp):
    assert "没有找到" in text_of(visit(views.search, cast.stranger, q=lamp().number))


def test_what_was_typed_is_shown_as_words_only(cast, town, lamp):
    evil = "<script>alert(1)</script>"
    matter = lamp(title=evil, audience="public", note=evil, note_audience="public")
    for answer in (visit(views.detail, cast.desk, matter.uid), visit(views.search, cast.desk, q=evil)):
        assert evil not in answer.content.decode()
