"""A small kind of matter, a small town, and the cast of HOUSE 9.8."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest

from linli.core.actor import Actor, Grant, system
from linli.core.flow import Flow, Move, Phase, State
from linli.core.times import moment
from linli.matters.actions import Opening, open_matters
from linli.matters.states import KINDS, Kind
from linli.people.models import Body, Person
from linli.places.models import Place

FLOW = Flow(
    "REPORTED",
    (
        State("REPORTED", Phase.OPEN, "反映了"),
        State("ACCEPTED", Phase.OPEN, "接了"),
        State("PAUSED", Phase.WAITING, "停一停"),
        State("RESOLVED", Phase.OPEN, "办好了"),
        State("CLOSED", Phase.DONE, "办完了"),
    ),
    (
        Move("accept", ("REPORTED",), "ACCEPTED", "社区接下了"),
        Move("assign", ("ACCEPTED",), "ACCEPTED", "换了人"),
        Move("pause", ("REPORTED", "ACCEPTED"), "PAUSED", "先停一停"),
        Move("resume", ("PAUSED",), None, "接着办"),
        Move("resolve", ("ACCEPTED",), "RESOLVED", "办好了"),
        Move("rework", ("RESOLVED",), "ACCEPTED", "重新办"),
        Move("close", ("RESOLVED", "ACCEPTED"), "CLOSED", "办完了"),
        Move("reopen", ("CLOSED",), "ACCEPTED", "又打开了"),
    ),
)
HEARD: list[tuple[str, int]] = []
STATIONS = {"REPORTED": "反映", "ACCEPTED": "接下", "RESOLVED": "办好", "CLOSED": "打分"}
LAMP = Kind(
    "lamp",
    "路灯",
    FLOW,
    url_name="matter",
    stations=STATIONS,
    resting=frozenset({"RESOLVED"}),
    may=lambda actor, act, thing: act == "open" and actor.channel == "web",
    on_alarm=lambda matter, level, actor: HEARD.append((matter.uid, int(level))),
)
SECRET = Kind("secret", "调解", FLOW, is_sealed=True, may=lambda actor, act, thing: act == "open")
MORNING = moment(date(2026, 11, 16), time(10))
"""A Monday."""


@pytest.fixture(autouse=True)
def _kinds():
    known = dict(KINDS._records)
    KINDS.declare(LAMP)
    KINDS.declare(SECRET)
    HEARD.clear()
    yield
    KINDS._records.clear()
    KINDS._records.update(known)


def add_place(level, code, name, parent=None):
    above = (
        {f"{step}_id": getattr(parent, f"{step}_id") for step in ("district", "street", "community", "compound")}
        if parent
        else {}
    )
    place = Place.objects.create(
        level=level, code=code, name=name, label=name, label_bo=name, label_en=name, parent=parent, order=code, **above
    )
    if level in {"district", "street", "community", "compound", "building"}:
        setattr(place, f"{level}_id", place.pk)
        place.save()
    return place


@pytest.fixture
def town(db):
    """Two communities of one street; the first has a compound with one building."""
    district = add_place("district", "540102", "城关区")
    street = add_place("street", "540102006", "纳金街道", district)
    here = add_place("community", "540102006001", "雪莲社区", street)
    there = add_place("community", "540102006002", "隔壁社区", street)
    compound = add_place("compound", "540102006001-01", "雪莲苑", here)
    building = add_place("building", "540102006001-01-02", "2号楼", compound)
    office = Body.objects.create(name="雪莲社区居委会", kind="community_office", place=here, community=here)
    company = Body.objects.create(name="安居物业", kind="company")
    return SimpleNamespace(
        district=district, street=street, here=here, there=there, compound=compound, building=building,
        office=office, company=company,
    )  # fmt: skip


def actor_of(name, post, level="", place=None, body=None, now=MORNING):
    person = Person.objects.create(display_name=name, added_at=now, review_on=now.date())
    grant = Grant(post, level or "nowhere", place.pk if place else None, body.pk if body else None)
    return Actor(
        now=now, account_id=person.pk, person_id=person.pk, person_uid=person.uid, name=name, hat=post,
        body_id=body.pk if body else None, grants=(grant,),
    )  # fmt: skip


@pytest.fixture
def cast(town):
    """A resident, her captain, the desk, the property manager, the street, and somebody from next door."""
    return SimpleNamespace(
        stranger=Actor(now=MORNING),
        resident=actor_of("卓玛", "resident", "compound", town.compound),
        captain=actor_of("索朗", "captain", "building", town.building),
        desk=actor_of("央珍", "desk", "community", town.here, town.office),
        manager=actor_of("李强", "property_manager", "nowhere", None, town.company),
        street=actor_of("扎西", "street_officer", "street", town.street),
        neighbour=actor_of("邻居", "desk", "community", town.there),
        clock=system(MORNING),
    )


@pytest.fixture
def lamp(town, cast):
    """How to open a matter: ``lamp(title=..., ...)``, by default by nobody in particular at the building."""

    def open_one(actor=None, **changes):
        opening = replace(Opening(kind="lamp", title="楼道灯不亮", place=town.building), **changes)
        return open_matters(actor=actor or cast.stranger, openings=[opening])[0]

    return open_one


def later(actor, **span):
    return actor.at(actor.now + timedelta(**span))
