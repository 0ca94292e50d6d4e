"""The checklist ticks what stands, and the press beside a demo works at the machine alone."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest

from linli.charters.actions import apply_charter
from linli.config.actions import note_upkeep
from linli.config.machine import founding
from linli.config.navigation import Installation
from linli.config.queries import ticks_of
from linli.config.rules import next_tick
from linli.core.actor import at_machine
from linli.core.times import day_of
from linli.matters.models import Matter
from linli.papers.models import TriedAddress
from linli.people.actions import ShiftDraft, add_shift
from linli.places.actions import PlaceDraft, add_places
from linli.places.models import Place
from linli.tickets.tests.conftest import NOW, Town, root

JUNE = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def town(db):
    return Town()


@pytest.fixture
def visit(town, monkeypatch, client):
    def get(who, path):
        monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: getattr(town.who, who))
        return client.get(path)

    return get


def done(community, at=NOW):
    return {tick.name for tick in ticks_of(community, at) if tick.is_done}


def bare():
    district = PlaceDraft("district", "空区")
    street = PlaceDraft("street", "空街道", district)
    return add_places(actor=root(), drafts=[district, street, PlaceDraft("community", "空社区", street)])[-1]


@pytest.mark.django_db
def test_nothing_is_ticked_in_a_bare_community_but_the_announced_holidays():
    assert done(bare(), JUNE) == {"holidays"}
    assert done(Place.objects.get(name="空社区"), datetime(2026, 12, 1, tzinfo=UTC)) == set()


def test_each_tick_follows_what_was_done(town, settings):
    community, next_door = town.place.community, bare()
    assert next_tick(ticks_of(next_door, NOW)).name == "places"
    assert {"places", "people"} <= done(community)
    assert {"charter", "safety", "poster", "duty"}.isdisjoint(done(community))
    town.body.office.phone = "08916321234"
    town.body.office.save()
    assert "poster" in done(community)
    clerk, today = town.who.person["desk"], day_of(NOW)
    add_shift(actor=town.who.secretary, draft=ShiftDraft(town.body.office, clerk, today, today))
    assert "duty" in done(community)
    assert "duty" not in done(community, NOW + timedelta(days=1))
    apply_charter(actor=root(), community=community, text='[charter]\nextends = "cn-default"\n')
    assert "charter" in done(community)
    note_upkeep(actor=at_machine(NOW), kind="backup")
    assert "safety" not in done(community)
    note_upkeep(actor=at_machine(NOW), kind="sheet")
    assert "safety" in done(community)
    assert "safety" not in done(community, NOW + timedelta(days=3))
    assert done(next_door, NOW) - {"holidays"} == {"safety"}


def test_poster_tick_asks_for_a_trial_where_telephones_can_come(town, settings):
    town.body.office.phone = "08916321234"
    town.body.office.save()
    settings.LINLI_PUBLIC_URL = "https://linli.example.cn"
    assert "poster" not in done(town.place.community)
    TriedAddress.objects.create(base=settings.LINLI_PUBLIC_URL, tried_at=NOW)
    assert "poster" in done(town.place.community)


def test_practice_tick_asks_for_a_closed_report(town):
    assert "practice" not in done(town.place.community)
    ticket = town.file()
    assert "practice" not in done(town.place.community)
    Matter.objects.filter(pk=ticket.matter_id).update(phase="done")
    assert "practice" in done(town.place.community)


def test_checklist_is_for_those_who_answer_for_the_community(town, visit):
    path = f"/opening/{town.place.community.code}/"
    assert "开张清单" in visit("secretary", path).content.decode()
    assert visit("secretary", "/opening/").url == path
    for who in ("resident", "desk", "next_desk", "stranger"):
        assert visit(who, path).status_code == 404
    assert visit("secretary", "/machine/").status_code == 200
    assert visit("desk", "/machine/").status_code == 403


def test_secretarys_day_says_what_is_left_and_turns_red_when_the_backup_is_late(town, visit, settings):
    town.who.secretary = town.who.secretary.at(NOW)
    assert "开张还差" in visit("secretary", "/day/").content.decode()
    assert "开张还差" not in visit("desk", "/day/").content.decode()
    settings.LINLI_BACKUP_TO = "/mnt"
    note_upkeep(actor=at_machine(NOW - timedelta(days=2)), kind="backup")
    assert "notice late" not in visit("secretary", "/day/").content.decode()
    town.who.secretary = town.who.secretary.at(NOW + timedelta(days=1))
    assert "notice late" in visit("secretary", "/day/").content.decode()


def test_page_beside_the_demo_makes_nothing_for_other_machines(db, client, monkeypatch):
    monkeypatch.setattr(Installation, "is_demo", True)
    for more in ({"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}, {"HTTP_HOST": "linli.example"}):
        assert client.post("/begin/", **{"HTTP_HOST": "127.0.0.1", **more}).status_code in {400, 403}
    assert '<button class="btn go' not in client.get("/begin/", REMOTE_ADDR="10.0.0.7").content.decode()


@pytest.mark.slow
def test_press_beside_the_demo_makes_and_serves_an_empty_installation(db, client, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(Installation, "is_demo", True)
    settings.LINLI_DATA = tmp_path / "data"
    answer = client.post("/begin/", HTTP_HOST="127.0.0.1:8000")
    founded, address = answer.context["founded"], answer.context["address"]
    try:
        assert founded.data == tmp_path / "office"
        assert (tmp_path / "office.keys.json").exists()
        with urlopen(f"{address}/begin/") as page:
            assert "开张码" in page.read().decode()
        assert "已经有东西" in client.post("/begin/", HTTP_HOST="127.0.0.1:8000").context["fault"]
    finally:
        pid = int((founded.data / "serve.pid").read_text())
        os.kill(pid, signal.SIGTERM)
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            time.sleep(0.05)


def test_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "here").write_text("x")
    with pytest.raises(founding.FoundingError):
        founding.found(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["here"]
