from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.announcements.actions import (
    prolong_announcement,
    publish_announcement,
    tell_homes,
    withdraw_announcement,
    write_announcement,
)
from linli.announcements.models import Announcement, Telling
from linli.announcements.queries import announced_at, unreached_homes
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.notices.models import Notice
from linli.people.models import Person
from linli.tickets.tests.conftest import NOW


def test_write_announcement_tells_nobody_yet(cut, town, homes):
    assert not Notice.objects.exists()
    assert announced_at(town.place.building, NOW) == []


def test_write_announcement_is_refused(town, draft):
    for who in ("resident", "captain", "next_desk", "repairman"):
        with pytest.raises(NotAllowed):
            write_announcement(actor=getattr(town.who, who), body=town.body.office, draft=draft)
    far = replace(draft, places=(town.place.building, town.place.far))
    with pytest.raises(NotAllowed):
        write_announcement(actor=town.who.desk, body=town.body.office, draft=far)
    for wrong in ({"places": ()}, {"kind": "gossip"}, {"words": " "}, {"to_at": draft.from_at}, {"to_at": NOW}):
        with pytest.raises(BadInput):
            write_announcement(actor=town.who.desk, body=town.body.office, draft=replace(draft, **wrong))


def test_publish_announcement_tells_each_in_their_language(cut, town, homes):
    Person.objects.filter(pk=town.who.resident.person_id).update(language="en")
    assert publish_announcement(actor=town.who.desk, announcement=cut) == 2
    english = Notice.objects.get(person_id=town.who.resident.person_id)
    chinese = Notice.objects.get(person_id=town.who.neighbour.person_id)
    assert chinese.title == "停水：雪莲苑 2号楼、3号楼"
    assert english.title.startswith("Water off")
    assert "水箱清洗" in english.words
    assert english.url == f"/a/{cut.uid}/"


def test_publish_announcement_once_and_by_its_body(cut, town, homes):
    stale = Announcement.objects.get(pk=cut.pk)
    for who in ("next_desk", "manager", "grid_worker"):
        with pytest.raises(NotAllowed):
            publish_announcement(actor=getattr(town.who, who), announcement=cut)
    publish_announcement(actor=town.who.secretary, announcement=cut)
    with pytest.raises(LostRace):
        publish_announcement(actor=town.who.desk, announcement=stale)
    cut.refresh_from_db()
    with pytest.raises(WrongState):
        publish_announcement(actor=town.who.desk, announcement=cut)


def test_prolong_announcement_tells_again(cut, town, homes):
    with pytest.raises(WrongState):
        prolong_announcement(actor=town.who.desk, announcement=cut, to_at=NOW + timedelta(days=2))
    publish_announcement(actor=town.who.desk, announcement=cut)
    stale = Announcement.objects.get(pk=cut.pk)
    with pytest.raises(NotAllowed):
        prolong_announcement(actor=town.who.next_desk, announcement=cut, to_at=NOW + timedelta(days=2))
    with pytest.raises(BadInput):
        prolong_announcement(actor=town.who.desk, announcement=cut, to_at=NOW)
    assert prolong_announcement(actor=town.who.desk, announcement=cut, to_at=NOW + timedelta(days=2)) == 2
    assert Notice.objects.filter(title__startswith="改时间").count() == 2
    with pytest.raises(LostRace):
        prolong_announcement(actor=town.who.desk, announcement=stale, to_at=NOW + timedelta(days=3))


def test_withdraw_announcement_says_why_and_leaves_the_posters(cut, town, homes):
    publish_announcement(actor=town.who.desk, announcement=cut)
    with pytest.raises(NotAllowed):
        withdraw_announcement(actor=town.who.resident, announcement=cut, reason="不停了")
    with pytest.raises(BadInput):
        withdraw_announcement(actor=town.who.desk, announcement=cut, reason=" ")
    withdraw_announcement(actor=town.who.desk, announcement=cut, reason="自来水公司改期")
    assert Notice.objects.filter(title__startswith="取消了", words="自来水公司改期").count() == 2
    assert announced_at(town.place.building, NOW) == []
    with pytest.raises(WrongState):
        withdraw_announcement(actor=town.who.desk, announcement=cut, reason="再取消")


def test_homes_that_nobody_reaches_are_knocked_at_and_ticked(cut, town, homes):
    publish_announcement(actor=town.who.desk, announcement=cut)
    assert list(unreached_homes(cut, town.who.captain)) == homes[1:]
    assert not unreached_homes(cut, town.who.next_desk).exists()
    assert tell_homes(actor=town.who.captain, announcement=cut, homes=homes[1:2]) == 1
    assert tell_homes(actor=town.who.captain, announcement=cut, homes=homes[1:2]) == 1
    assert Telling.objects.get().home == homes[1]
    assert list(unreached_homes(cut, town.who.captain)) == homes[2:]


def test_tell_homes_is_refused(cut, town, homes):
    with pytest.raises(WrongState):
        tell_homes(actor=town.who.captain, announcement=cut, homes=homes)
    for who in ("resident", "next_desk", "repairman"):
        with pytest.raises(NotAllowed):
            tell_homes(actor=getattr(town.who, who), announcement=cut, homes=homes)
    assert not Telling.objects.exists()


def test_sms_reaches_whom_it_reaches(cut, town, homes, settings):
    Person.objects.filter(pk=town.who.neighbour.person_id).update(phone="13900010001", channels=["sms"])
    assert list(unreached_homes(cut, town.who.captain)) == homes[1:]
    settings.LINLI_SMS = "console:"
    assert list(unreached_homes(cut, town.who.captain)) == homes[2:]
