from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from linli.access.actions import mark_demo
from linli.access.queries import is_demo
from linli.charters.permissions import may_change_calendar
from linli.core.flow import Phase
from linli.core.times import now
from linli.demo.stories import tell as stories
from linli.demo.stories.plant import plant, planter
from linli.demo.stories.tour import STOPS, band_of
from linli.matters.models import Matter
from linli.notices.models import Delivery
from linli.notices.permissions import may_see_undelivered
from linli.notices.queries import inbox_page, outbox_age, unread_count
from linli.places.models import Place

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_plant_makes_six_buildings_and_486_homes():
    plant(NOW)
    assert Place.objects.filter(level="building").count() == 6
    assert Place.objects.filter(level="home").count() == 486


def test_cast_has_an_administrator_of_the_whole_installation():
    administrator = plant(NOW).actor("administrator", NOW)
    assert may_change_calendar(administrator)
    assert may_see_undelivered(administrator)


@pytest.mark.slow
def test_story_ends_with_an_outbox_that_is_settled_and_news_that_were_read():
    world = plant(NOW - timedelta(days=stories.DAYS + 1))
    stories.tell(world, NOW)
    assert outbox_age(NOW) is None
    assert not Delivery.objects.exists()
    desk = world.actor("desk", NOW)
    assert 0 < unread_count(desk) < 20
    times = [notice.at for notice in inbox_page(desk, size=25)]
    assert max(abs(later - earlier) for later, earlier in pairwise(times)) < timedelta(days=14)


@pytest.mark.slow
def test_story_ends_with_something_to_do_for_each_of_the_cast():
    stories.tell(plant(NOW - timedelta(days=stories.DAYS + 1)), NOW)
    running = set(Matter.objects.exclude(phase=Phase.DONE).values_list("state", flat=True))
    assert {"SUBMITTED", "DISPATCHED", "IN_PROGRESS", "AWAITING_RATING"} <= running
    assert Matter.objects.filter(title__contains="电梯").order_by("-voices").first().voices == 14


@pytest.mark.slow
def test_demo_is_planted_once_and_only_in_an_empty_database():
    call_command("demo", verbosity=0)
    assert is_demo()
    count = Matter.objects.count()
    call_command("demo", if_empty=True)
    assert Matter.objects.count() == count
    with pytest.raises(CommandError):
        call_command("demo")


@pytest.mark.parametrize("address", ["/tour/0/", "/tour/later/", "/tour/fresh/"])
def test_tour_is_not_there_outside_a_demo(client, address):
    assert client.post(address).status_code == 404


def test_young_demo_is_not_planted_anew(client):
    mark_demo(actor=planter(now()))
    assert client.post("/tour/fresh/").status_code == 404


def test_band_counts_the_stops_and_ends():
    assert band_of({}) is None
    assert band_of({"linli_tour": "x"}) is None
    assert str(band_of({"linli_tour": "0"})["words"]).startswith("导览 1/7")
    assert str(band_of({"linli_tour": str(len(STOPS) - 1)})["link"]) == "看完了"
    assert band_of({"linli_tour": str(len(STOPS))}) is None
