"""A small invented neighbourhood and the cast of HOUSE 9, with reports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from linli.core.actor import Actor, Grant, system
from linli.people.actions import AppointmentDraft, BodyDraft, PersonDraft, add_bodies, add_people, appoint_people
from linli.people.queries import appointments_of, grants_of
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.actions import Draft, Proof, Sending, accept_ticket, dispatch_ticket, file_tickets, finish_ticket
from linli.tickets.models import Ticket
from linli.tickets.queries.reading import JOINED

NOW = datetime(2026, 9, 22, 2, 0, tzinfo=UTC)
"""Tuesday 10:00."""
TODAY = date(2026, 9, 22)


def root(now=NOW):
    return Actor(now=now, channel="demo", grants=(Grant("administrator", "everywhere"),))


def actor_for(person, post="", now=NOW):
    """The actor of a person, in the hat of a post."""
    hats = [each for each in appointments_of(person.pk, TODAY) if each.post == post]
    hat = hats[0] if hats else None
    return Actor(
        now=now,
        account_id=person.pk,
        account_uid=f"account-{person.pk}",
        person_id=person.pk,
        person_uid=person.uid,
        name=person.display_name,
        hat=post,
        body_id=hat.body_id if hat else None,
        grants=grants_of(hat) if hat else (),
    )


def plant():
    district = PlaceDraft("district", "云岭区", code="530199")
    street = PlaceDraft("street", "湖滨街道", district, code="530199001")
    community = PlaceDraft("community", "雪莲社区", street, code="530199001001")
    next_community = PlaceDraft("community", "河东社区", street, code="530199001002")
    compound = PlaceDraft("compound", "雪莲苑", community)
    next_compound = PlaceDraft("compound", "河东苑", next_community)
    building = PlaceDraft("building", "2号楼", compound)
    other = PlaceDraft("building", "3号楼", compound)
    far = PlaceDraft("building", "1号楼", next_compound)
    drafts = [district, street, community, next_community, compound, next_compound, building, other, far]
    names = "district street community next_community compound next_compound building other far"
    return SimpleNamespace(**dict(zip(names.split(), add_places(actor=root(), drafts=drafts), strict=True)))


def staff(place):
    bodies = add_bodies(
        actor=root(),
        drafts=[
            BodyDraft("雪莲社区居委会", "community_office", place.community),
            BodyDraft("河东社区居委会", "community_office", place.next_community),
            BodyDraft("湖滨街道办事处", "street_office", place.street),
            BodyDraft("安和物业", "company", place.compound),
            BodyDraft("迅达电梯", "team", place.compound),
        ],
    )
    return SimpleNamespace(**dict(zip(["office", "next_office", "street", "company", "lift"], bodies, strict=True)))


def cast(place, body):
    posts = {
        "resident": (None, None, None),
        "neighbour": (None, None, None),
        "captain": ("captain", None, place.building),
        "grid_worker": ("grid_worker", body.office, place.compound),
        "desk": ("desk", body.office, place.community),
        "secretary": ("secretary", body.office, place.community),
        "repairman": ("property_staff", body.company, place.compound),
        "mate": ("property_staff", body.company, place.compound),
        "manager": ("property_manager", body.company, place.compound),
        "lift_fitter": ("property_staff", body.lift, place.compound),
        "officer": ("street_officer", body.street, place.street),
        "stranger": (None, None, None),
        "next_desk": ("desk", body.next_office, place.next_community),
    }
    people = add_people(actor=root(), drafts=[PersonDraft(name) for name in posts])
    given = [
        AppointmentDraft(person, post, body, place)
        for person, (post, body, place) in zip(people, posts.values(), strict=True)
        if post
    ]
    appoint_people(actor=root(), drafts=given)
    return SimpleNamespace(
        **{
            name: actor_for(person, post or "")
            for person, (name, (post, *_)) in zip(people, posts.items(), strict=True)
        },
        person=dict(zip(posts, people, strict=True)),
    )


class Town:
    """The neighbourhood, and short ways to bring a report to a state."""

    def __init__(self):
        self.place = plant()
        self.body = staff(self.place)
        self.who = cast(self.place, self.body)
        self.clock = system(NOW)

    def file(self, actor=None, **draft):
        draft = {"place": self.place.building, "words": "三楼的灯不亮", "category_code": "street_light"} | draft
        return file_tickets(actor=actor or self.who.resident, drafts=[Draft(**draft)])[0].ticket

    def accepted(self, **draft):
        return accept_ticket(actor=self.who.desk, ticket=self.file(**draft))

    def dispatched(self, body=None, **draft):
        sending = Sending(body=body or self.body.company)
        return dispatch_ticket(actor=self.who.desk, ticket=self.accepted(**draft), sending=sending)

    def finished(self, **draft):
        return finish_ticket(actor=self.who.repairman, ticket=self.dispatched(**draft), proof=Proof("换了灯泡"))

    def again(self, ticket):
        return Ticket.objects.select_related(*JOINED).get(pk=ticket.pk)


@pytest.fixture
def town(db):
    return Town()
