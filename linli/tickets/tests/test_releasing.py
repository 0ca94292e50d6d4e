"""Flats in words, matters inside homes, and originals that only the clock forgets."""

import pytest

from linli.core.errors import NotAllowed
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.actions.lapsing import forget_originals
from linli.tickets.models import Photo
from linli.tickets.queries import duplicates_nearby
from linli.tickets.rules.guard import for_everybody, homes_in
from linli.tickets.tests.conftest import NOW, root


@pytest.mark.parametrize("words", ["2-1-501漏水", "3单元502室", "502室漏水", "住1204房", "301户", "3 单元 502"])
def test_flat_is_found_in_words(words):
    assert len(homes_in(words)) == 1


@pytest.mark.parametrize("words", ["2号楼3单元的灯", "等了3天", "2026年11月21日", "花了502元", "3-5天修好"])
def test_what_is_no_flat_is_left_alone(words):
    assert homes_in(words) == []


def test_words_for_everybody_name_no_flat_and_no_number():
    assert for_everybody("2号楼3单元502室的灯坏了") == "2号楼的灯坏了"


def test_matter_inside_a_home_is_never_public_and_never_offered(town):
    [home] = add_places(actor=root(), drafts=[PlaceDraft("home", "501", town.place.building)])
    inside = town.file(place=home)
    open_to_all = town.file()
    assert (inside.matter.audience, open_to_all.matter.audience) == ("parties", "public")
    found = duplicates_nearby(town.place.building, None, "三楼的灯不亮", NOW)
    assert [near.uid for near in found] == [open_to_all.matter.uid]


def test_originals_are_forgotten_by_the_clock_alone(town):
    with pytest.raises(NotAllowed):
        forget_originals(actor=town.who.desk, photos=Photo.objects.none())
