import html
import re
from urllib.parse import parse_qsl

import pytest
from django.test import RequestFactory

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.indicators import views
from linli.indicators.actions import refresh_figures
from linli.indicators.tests.conftest import NOW, over

pytestmark = pytest.mark.django_db
PERIOD = {"start": "2026-01-01", "end": "2026-12-31"}


def asked(actor, **query):
    request = RequestFactory().get("/figures/", query)
    request.actor = actor
    return request


def page(actor, place, **query):
    return views.of_place(asked(actor, **{**PERIOD, **query}), place.code).content.decode()


@pytest.fixture
def figures(root, place, bring):
    bring(place.community, 7)
    bring(place.community, 2, "no")
    bring(place.other, 3, "no")
    refresh_figures(actor=root)


def test_figures_show_numerator_and_denominator_to_a_reader(figures, place):
    shown = page(over("secretary", place.community), place.community)
    assert "77.78 %" in shown
    assert "7 / 9" in shown


def test_figures_hide_small_groups_from_the_public(figures, place):
    stranger = Actor(now=NOW)
    assert "太少，不公布" in page(stranger, place.other)
    assert "0 / 3" not in page(stranger, place.other)
    assert "7 / 9" not in page(stranger, place.community)  # else the street's 7 / 12 would give the other away
    assert "7 / 12" in page(stranger, place.street)


@pytest.mark.parametrize("by", ["month", "body", "class", "place"])
def test_figures_split_each_way(figures, place, by):
    assert page(over("street_officer", place.street), place.street, by=by).count("<tr>") >= 2


def test_figures_ask_the_same_number_of_questions_whatever_there_is(root, place, bring, django_assert_max_num_queries):
    bring(place.community, 30)
    refresh_figures(actor=root)
    with django_assert_max_num_queries(9):
        page(over("secretary", place.community), place.community)
    with django_assert_max_num_queries(10):
        page(Actor(now=NOW), place.community, by="place")


@pytest.mark.parametrize("by", ["month", "body", "class", "place"])
def test_each_cell_of_a_split_opens_into_as_many_rows_as_it_says(figures, place, by):
    reader = over("street_officer", place.street)
    shown = page(reader, place.street, by=by)
    links = re.findall(r'class="number"><a href="/figures/(\w+)/(\w+)/\?([^"]+)">(\d+)</a>', shown)
    assert sum(int(count) for *_link, count in links) == 12
    for code, figure, query, count in links:
        request = asked(reader, **dict(parse_qsl(html.unescape(query), keep_blank_values=True)))
        assert f"{count} 件" in views.rows(request, code, figure).content.decode()


def test_figures_open_into_the_very_rows(figures, place):
    reader = over("secretary", place.community)
    request = asked(reader, **PERIOD, short="1")
    shown = views.rows(request, place.community.code, "on_time").content.decode()
    assert shown.count('class="cover"') == 2


def test_rows_are_not_there_for_a_stranger_or_for_an_unknown_measure(figures, place):
    for actor, measure in (
        (Actor(now=NOW), "on_time"),
        (over("desk", place.other), "on_time"),
        (over("secretary", place.community), "mood"),
    ):
        with pytest.raises(NotFound):
            views.rows(asked(actor, **PERIOD), place.community.code, measure)


def test_figures_of_my_own_place_are_not_there_for_nobody():
    with pytest.raises(NotFound):
        views.mine(asked(Actor(now=NOW)))


def test_month_sheet_has_fractions_the_month_before_and_splits(root, place, bring):
    bring(place.community, 7, days=30)
    bring(place.community, 2, "no", days=30)
    bring(place.community, 4, days=60)
    refresh_figures(actor=root)
    request = asked(over("secretary", place.community), month="2026-08")
    shown = views.month_sheet(request, place.community.code).content.decode()
    for words in ("2026 年 8 月的诉求", "7 / 9", "4 / 4", "雪莲社区居委会"):
        assert words in shown
    assert "?month=2026-07" in shown


def test_month_sheet_is_not_for_the_public_nor_the_next_community(figures, place):
    for actor in (Actor(now=NOW), over("secretary", place.other)):
        with pytest.raises(NotFound):
            views.month_sheet(asked(actor), place.community.code)
        with pytest.raises(NotFound):
            views.month_pdf(asked(actor), place.community.code)
