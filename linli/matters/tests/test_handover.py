"""Who leaves hands over in one act: posts end, what was held has a new holder, one page says so."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.matters.actions import Opening, hand_over_body, hand_over_posts, open_matters
from linli.matters.models import Entry, Handover, Matter
from linli.matters.signals import body_left
from linli.notices.models import Notice
from linli.people.actions import AppointmentDraft, appoint_people, end_posts, retire_body
from linli.people.models import Appointment
from linli.people.tests.conftest import NOW, TODAY, actor_for, people_of, plant, root

LAST = date(2026, 9, 30)


@pytest.fixture
def office(db):
    """The cast of `people`; the desk holds two lamps in person and one secret, the company holds a lamp."""
    places = plant()
    people, bodies = people_of(places)
    appoint_people(
        actor=root(),
        drafts=[AppointmentDraft(people["owner"], "desk", bodies["office"], from_on=date(2026, 1, 1))],
    )

    def lamp(**holder):
        opening = Opening(kind=holder.pop("kind", "lamp"), title="灯不亮", place=places["building"], **holder)
        return open_matters(actor=root(), openings=[opening])[0]

    held = [lamp(holder_person_id=people["desk"].pk, holder_body_id=bodies["office"].pk) for _each in range(2)]
    secret = lamp(kind="secret", holder_person_id=people["desk"].pk, audience="sealed")
    theirs = lamp(holder_body_id=bodies["company"].pk)
    secretary = actor_for(people["secretary"], "secretary")
    return SimpleNamespace(
        places=places, people=people, bodies=bodies, held=held, secret=secret, theirs=theirs, secretary=secretary
    )


def test_posts_end_and_what_was_held_goes_to_the_successor(office):
    desk, successor = office.people["desk"], office.people["owner"]
    page = hand_over_posts(actor=office.secretary, person=desk, on=LAST, successor=successor)
    assert list(Appointment.objects.filter(person=desk).values_list("to_on", flat=True)) == [LAST]
    assert {Matter.objects.get(pk=each.pk).holder_person_id for each in office.held} == {successor.pk}
    assert set(page.matters) == {each.uid for each in office.held}
    assert Entry.objects.filter(verb="matter.handed_over", audience="staff").count() == 2
    assert Notice.objects.get(person=successor).title == "有事交接给您"


def test_sealed_matters_are_not_even_counted(office):
    page = hand_over_posts(
        actor=office.secretary, person=office.people["desk"], on=LAST, successor=office.people["owner"]
    )
    assert office.secret.uid not in page.matters
    assert Matter.objects.get(pk=office.secret.pk).holder_person_id == office.people["desk"].pk


def test_posts_are_handed_over_by_whoever_gives_them_and_never_by_oneself(office):
    desk, successor = office.people["desk"], office.people["owner"]
    for who, post in (("captain", "captain"), ("stranger", "secretary"), ("desk", "desk")):
        with pytest.raises(NotAllowed):
            hand_over_posts(actor=actor_for(office.people[who], post), person=desk, on=LAST, successor=successor)
    with pytest.raises(NotAllowed):
        end_posts(actor=actor_for(desk, "desk"), person=desk, on=LAST)


def test_successor_is_named_and_of_the_same_body(office):
    desk = office.people["desk"]
    for successor in (None, office.people["manager"], desk):
        with pytest.raises(BadInput):
            hand_over_posts(actor=office.secretary, person=desk, on=LAST, successor=successor)
    with pytest.raises(BadInput):
        hand_over_posts(actor=office.secretary, person=desk, on=date(2026, 9, 1), successor=office.people["owner"])
    assert not Handover.objects.exists()


def test_posts_end_once(office):
    desk, successor = office.people["desk"], office.people["owner"]
    end_posts(actor=office.secretary, person=desk, on=TODAY)
    with pytest.raises(WrongState):
        end_posts(actor=office.secretary, person=desk, on=TODAY)
    with pytest.raises(NotAllowed):
        hand_over_posts(actor=office.secretary, person=desk, on=LAST, successor=successor)


def test_company_leaves_as_a_body(office):
    heard, company, team = [], office.bodies["company"], office.bodies["office"]

    def hear(sender, **told):
        heard.append((told["body"].pk, told["successor"].pk))

    body_left.connect(hear)
    try:
        page = hand_over_body(actor=office.secretary, body=company, on=LAST, successor=team)
    finally:
        body_left.disconnect(hear)
    company.refresh_from_db()
    assert (company.is_active, heard, page.matters) == (False, [(company.pk, team.pk)], [office.theirs.uid])
    assert Matter.objects.get(pk=office.theirs.pk).holder_body_id == team.pk
    assert Appointment.objects.get(person=office.people["manager"]).to_on == LAST
    with pytest.raises(LostRace):
        retire_body(actor=office.secretary, body=company, on=LAST)


def test_company_is_not_sent_away_by_itself_or_by_others(office):
    company, team = office.bodies["company"], office.bodies["office"]
    for who, post in (("manager", "property_manager"), ("desk", "desk"), ("stranger", "secretary")):
        for act, more in ((hand_over_body, {"successor": team}), (retire_body, {})):
            with pytest.raises(NotAllowed):
                act(actor=actor_for(office.people[who], post), body=company, on=LAST, **more)
    for wrong in ({"successor": None, "on": LAST}, {"successor": office.bodies["next_office"], "on": LAST}):
        with pytest.raises(BadInput):
            hand_over_body(actor=office.secretary, body=company, **wrong)


def test_pages_list_what_is_held_and_lead_to_the_sheet(office, client, monkeypatch):
    monkeypatch.setattr("linli.config.middleware.now", lambda: NOW)
    monkeypatch.setattr("linli.config.middleware.stranger", lambda visit: office.secretary)
    address = f"/people/{office.people['desk'].uid}/leave/"
    assert office.held[0].number in client.get(address).content.decode()
    assert client.post(address, {"on": "2026-09-30", "successor": ""}).status_code == 422
    answer = client.post(address, {"on": "2026-09-30", "successor": office.people["owner"].uid})
    sheet = client.get(answer["Location"]).content.decode()
    assert ("交接单" in sheet, office.held[0].number in sheet, office.secret.number in sheet) == (True, True, False)
    address = f"/bodies/{office.bodies['company'].uid}/leave/"
    assert office.theirs.number in client.get(address).content.decode()
    answer = client.post(address, {"on": "2026-09-30", "successor": office.bodies["office"].uid})
    assert "安和物业" in client.get(answer["Location"]).content.decode()
    assert client.get(address).status_code == 404
    monkeypatch.setattr(
        "linli.config.middleware.stranger", lambda visit: actor_for(office.people["stranger"], "secretary")
    )
    assert client.get(answer["Location"]).status_code == 404
    assert client.get(f"/people/{office.people['captain'].uid}/leave/").status_code == 404
