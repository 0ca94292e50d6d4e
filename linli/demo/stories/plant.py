"""Plants the neighbourhood: places, bodies, people, posts. By ordinary actions, as an administrator would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from linli.core.actor import Actor, Grant
from linli.demo import cast
from linli.people.actions import (
    AppointmentDraft,
    BodyDraft,
    PersonDraft,
    TieDraft,
    add_bodies,
    add_people,
    add_ties,
    appoint_people,
)
from linli.people.models import Appointment, Body, Person
from linli.people.queries import grants_of
from linli.places.actions import PlaceDraft, add_places
from linli.places.models import Place


@dataclass
class World:
    """What was planted: places by what the cast calls them, bodies, people and hats by slug."""

    places: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    hats: dict[str, Appointment] = field(default_factory=dict)

    def actor(self, slug: str, at: datetime) -> Actor:
        """The actor of a role, at a moment of the story."""
        person, hat = self.people[slug], self.hats[slug]
        return Actor(
            now=at,
            channel="demo",
            person_id=person.pk,
            person_uid=person.uid,
            name=person.display_name,
            hat=hat.post,
            appointment_id=hat.pk,
            body_id=hat.body_id,
            grants=grants_of(hat),
            account_id=0,
            second_factor=True,
        )


def planter(at: datetime) -> Actor:
    """Who plants: an administrator of this installation."""
    return Actor(now=at, channel="demo", hat="administrator", grants=(Grant("administrator", "everywhere"),))


def plant(at: datetime) -> World:
    """Plant everything as it stood at ``at``, before the first story."""
    world = World()
    actor = planter(at)
    _plant_places(world, actor)
    _plant_bodies(world, actor)
    _plant_people(world, actor)
    return world


def _draft(level: str, parent: PlaceDraft | Place | None, name: tuple[str, ...], code: str = "") -> PlaceDraft:
    zh, bo, en = (*name, "", "")[:3]
    return PlaceDraft(level=level, name=zh, parent=parent, code=code, name_bo=bo, name_en=en)


def _plant_places(world: World, actor: Actor) -> None:
    district = _draft("district", None, cast.DISTRICT[1:], cast.DISTRICT[0])
    street = _draft("street", district, cast.STREET[1:], cast.STREET[0])
    community = _draft("community", street, cast.COMMUNITY[1:], cast.COMMUNITY[0])
    next_door = _draft("community", street, cast.NEXT_DOOR[1:], cast.NEXT_DOOR[0])
    compound = _draft("compound", community, cast.COMPOUND)
    grid = _draft("grid", community, ("第一网格", "དྲ་མིག་དང་པོ།", "Grid One"))
    wanted = {
        "district": district, "street": street, "community": community, "next_door": next_door,
        "compound": compound, "grid": grid, **_below(compound),
    }  # fmt: skip
    made = add_places(actor=actor, drafts=list(wanted.values()))
    world.places = dict(zip(wanted, made, strict=True))
    add_places(actor=actor, drafts=list(_homes(world)))


def _below(compound: PlaceDraft) -> dict[str, PlaceDraft]:
    drafts = {spot: PlaceDraft(level="spot", name=spot, parent=compound) for spot in cast.SPOTS}
    for name in cast.BUILDINGS:
        building = drafts[name] = PlaceDraft(level="building", name=name, parent=compound)
        for stairwell in cast.STAIRWELLS:
            drafts[f"{name}{stairwell}"] = PlaceDraft(level="stairwell", name=stairwell, parent=building)
    return drafts


def _homes(world: World) -> list[PlaceDraft]:
    """486 homes: three on each of nine landings of each of eighteen stairwells."""
    return [
        PlaceDraft(
            level="home",
            name=f"{floor}0{flat + 1}",
            parent=world.places[f"{building}{stairwell}"],
            area_centi=cast.AREAS_CENTI[flat],
        )
        for building in cast.BUILDINGS
        for stairwell in cast.STAIRWELLS
        for floor in range(1, cast.FLOORS + 1)
        for flat in range(cast.HOMES_PER_FLOOR)
    ]


def _plant_bodies(world: World, actor: Actor) -> None:
    drafts = [
        BodyDraft(name=name, kind=kind, place=world.places[place], phone="0891-0000000")
        for name, kind, place in cast.BODIES.values()
    ]
    world.bodies = dict(zip(cast.BODIES, add_bodies(actor=actor, drafts=drafts), strict=True))


def _plant_people(world: World, actor: Actor) -> None:
    drafts = [
        PersonDraft(
            display_name=role.name,
            name_bo=role.name_bo,
            phone=f"1390000{number:04d}",
            language=role.language,
        )
        for number, role in enumerate(cast.ROLES, start=1)
    ]
    slugs = [role.slug for role in cast.ROLES]
    world.people = dict(zip(slugs, add_people(actor=actor, drafts=drafts), strict=True))
    posts = [
        AppointmentDraft(
            person=world.people[role.slug],
            post=role.post,
            body=world.bodies[role.body] if role.body else None,
            place=world.places[role.place] if role.place else None,
        )
        for role in cast.ROLES
    ]
    world.hats = dict(zip(slugs, appoint_people(actor=actor, drafts=posts), strict=True))
    homes = {"elder": "2号楼东单元", "owner": "3号楼中单元"}
    ties = [
        TieDraft(person=world.people[slug], home=world.places[place].children.order_by("order")[9], kind="owner")
        for slug, place in homes.items()
    ]
    for tie in ties:
        add_ties(actor=replace(actor, person_id=tie.person.pk, person_uid=tie.person.uid), drafts=[tie])
