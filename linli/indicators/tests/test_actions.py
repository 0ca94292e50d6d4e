from datetime import date, timedelta

import pytest

from linli.core.errors import NotAllowed
from linli.indicators import actions, clock
from linli.indicators.actions import rebuild_figures, refresh_figures
from linli.indicators.models import Cell, Counted, Mark
from linli.indicators.queries import figures_are_behind, figures_of
from linli.indicators.rules import MEASURES
from linli.indicators.tests.conftest import NOW, over

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def cells():
    return sorted(Cell.objects.values_list("key", *MEASURES))


def test_refresh_figures_counts_what_came_in(root, place, bring):
    bring(place.community, 3)
    bring(place.community, 2, "no")
    bring(place.other, 1, "unknown")
    refresh_figures(actor=root)
    figures = figures_of(place.district, *YEAR)
    assert (figures["cases"], figures["in_time"], figures["owed"], figures["unflagged"]) == (6, 3, 5, 1)
    assert figures_of(place.other, *YEAR)["cases"] == 1


def test_refresh_figures_twice_is_the_same_as_once_and_as_a_rebuild(root, place, bring):
    bring(place.community, 3)
    refresh_figures(actor=root)
    bring(place.community, 2, "no", 40)
    refresh_figures(actor=root.at(NOW + timedelta(minutes=1)))
    kept = cells()
    refresh_figures(actor=root.at(NOW + timedelta(minutes=20)))
    assert cells() == kept
    rebuild_figures(actor=root)
    assert cells() == kept


def test_refresh_figures_reads_nothing_again_once_it_is_settled(root, place, bring):
    bring(place.community, 3)
    assert refresh_figures(actor=root) == 3
    assert refresh_figures(actor=root.at(NOW + timedelta(minutes=6))) == 0


def test_refresh_figures_goes_on_where_a_step_ended(root, place, bring, monkeypatch):
    monkeypatch.setattr(actions, "STEP", 2)
    bring(place.community, 5)
    assert [refresh_figures(actor=root) for _step in range(2)] == [2, 2]
    assert figures_are_behind()
    assert refresh_figures(actor=root) == 1
    assert not figures_are_behind()
    kept = cells()
    bring(place.community, 3, "no", 40)
    assert clock.refresh_figures(NOW + timedelta(minutes=20)) == 3
    assert figures_of(place.community, *YEAR)["cases"] == 8
    rebuild_figures(actor=root)
    assert kept != cells()
    assert figures_of(place.community, *YEAR)["cases"] == 8


def test_refresh_figures_moves_a_matter_to_its_new_cell(root, place, bring):
    bring(place.community, 1)
    refresh_figures(actor=root)
    Counted.objects.update(good=1)
    Cell.objects.update(good=1)
    rebuild_figures(actor=root)
    assert figures_of(place.community, *YEAR)["good"] == 0


def test_refresh_figures_waits_while_another_is_at_it(root, place, bring):
    bring(place.community, 1)
    Mark.objects.create(name="figures", busy_until=NOW + timedelta(minutes=1))
    assert refresh_figures(actor=root) == 0
    assert refresh_figures(actor=root.at(NOW + timedelta(minutes=2))) == 1


def test_refresh_figures_is_refused_to_a_desk(place):
    with pytest.raises(NotAllowed):
        refresh_figures(actor=over("desk", place.community))
    with pytest.raises(NotAllowed):
        rebuild_figures(actor=over("desk", place.community))
