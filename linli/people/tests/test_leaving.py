"""Erasing, purging, retention."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.core.actor import system
from linli.core.errors import LostRace, NotAllowed, WrongState
from linli.people import clock
from linli.people.actions import blank_person, erase_person, give_consent, purge_person, review_people
from linli.people.models import Appointment, Consent, Person, Tie
from linli.people.queries import appointments_of, persons_by_phone
from linli.people.tests.conftest import NOW, TODAY, actor_for, root


def test_person_is_out_of_use_at_once_and_wiped_within_thirty_days(town):
    person = town.people["resident"]
    give_consent(actor=actor_for(person), person=person, scope="contact")
    erase_person(actor=actor_for(person), person=person)
    assert not persons_by_phone("13800138000").exists()
    assert Consent.objects.get(person=person).state == "withdrawn"
    assert clock.purge_people(NOW + timedelta(days=28)) == 0
    assert clock.purge_people(NOW + timedelta(days=29)) == 1
    person.refresh_from_db()
    assert (person.display_name, person.phone, person.phone_index) == ("已注销", "", "")
    assert not Tie.objects.filter(person=person).exists()
    assert clock.purge_people(NOW + timedelta(days=30)) == 0


def test_person_is_erased_by_themself_or_an_administrator_once(town):
    person, stale = town.people["resident"], Person.objects.get(pk=town.people["resident"].pk)
    for who, hat in (("desk", "desk"), ("secretary", "secretary"), ("owner", None)):
        with pytest.raises(NotAllowed):
            erase_person(actor=actor_for(town.people[who], hat), person=person)
    erase_person(actor=root(), person=person)
    with pytest.raises(WrongState):
        erase_person(actor=root(), person=person)
    with pytest.raises(LostRace):
        erase_person(actor=root(), person=stale)


def test_posts_end_when_the_person_leaves(town):
    erase_person(actor=actor_for(town.people["desk"]), person=town.people["desk"])
    assert not appointments_of(town.people["desk"].pk, TODAY + timedelta(days=1))


def test_person_is_wiped_by_the_clock_alone_and_once(town):
    person = town.people["resident"]
    with pytest.raises(NotAllowed):
        purge_person(actor=root(), person=person)
    with pytest.raises(WrongState):
        purge_person(actor=system(NOW), person=person)
    for act in (lambda: blank_person(actor=root(), person_uid=person.uid), lambda: review_people(actor=root())):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(WrongState):
        blank_person(actor=system(NOW), person_uid=person.uid)
    erase_person(actor=actor_for(person), person=person)
    purge_person(actor=system(NOW), person=person)
    stale = Person(pk=person.pk, erased_at=NOW)
    with pytest.raises(LostRace):
        purge_person(actor=system(NOW), person=stale)


def test_contact_data_lapses_a_year_after_the_last_tie_and_the_name_two_years_later(town):
    person = town.people["resident"]
    Tie.objects.filter(person=person).update(to_on=date(2026, 10, 1))
    for day, phone, is_gone in (
        (date(2027, 9, 25), "13800138000", False),
        (date(2028, 1, 1), "", False),
        (date(2029, 9, 29), "", False),
        (date(2029, 9, 30), "", True),
    ):
        for _round in range(3):
            clock.retain(NOW + (day - TODAY))
        person.refresh_from_db()
        assert (person.phone, person.erased_at is not None) == (phone, is_gone)


def test_contact_data_stays_while_somebody_lives_or_works_here(town):
    clock.retain(NOW + timedelta(days=2000))
    for who in ("resident", "desk"):
        town.people[who].refresh_from_db()
        assert town.people[who].phone
    assert Appointment.objects.filter(person=town.people["desk"], to_on=None).exists()
