"""A place that lies elsewhere from a day takes its running reports along."""

import pytest

from linli.core.errors import NotAllowed
from linli.matters.actions import move_matters
from linli.places.actions import TurnDraft, plan_turn
from linli.tickets.actions import refuse_ticket
from linli.tickets.tests.conftest import TODAY, root


def test_running_reports_follow_their_place_and_ended_ones_stay(town):
    running, ended = town.file(), town.file(category_code="other", words="想问问")
    refuse_ticket(actor=town.who.desk, ticket=ended, reason="court", note="请打 12345")
    with pytest.raises(NotAllowed):
        move_matters(actor=town.who.desk, place=town.place.compound, columns={})
    turn = TurnDraft("merge", TODAY, target=town.place.next_community)
    plan_turn(actor=root(), place=town.place.community, draft=turn)
    assert town.again(running).matter.community_id == town.place.next_community.pk
    assert town.again(running).matter.building_id == town.place.building.pk
    assert town.again(ended).matter.community_id == town.place.community.pk
