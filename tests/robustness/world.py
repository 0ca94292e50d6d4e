"""A town in which something of everything could leak, everybody who might look, and every address they might ask for.

Nothing here names a page: addresses come from the URLconf, and what stands in them from `World.kinds`, so that a page
which a module adds tomorrow is walked without a word here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.core import signing
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from linli.access.actions._doors import open_session
from linli.access.models import Account, Session
from linli.access.queries import COOKIE, RECEIPTS
from linli.batches.actions import receive_file
from linli.batches.imports import IMPORTERS
from linli.charters.actions import apply_charter
from linli.files.queries import address_of
from linli.lists.actions import ask_export
from linli.lists.rules import Sieve
from linli.notices.models import Notice
from linli.people.actions import AppointmentDraft, BodyDraft, PersonDraft, TieDraft, add_bodies, add_people, add_ties
from linli.people.actions import appoint_people as appoint
from linli.people.actions.privacy import DemandDraft, ProcessorDraft, add_processor, note_demand
from linli.people.models import Appointment, Demand, Processor
from linli.people.queries import appointments_of
from linli.people.rules import SCOPES
from linli.places.actions import PlaceDraft, add_places
from linli.tickets.actions import check_ticket, merge_tickets
from linli.tickets.tests.conftest import NOW, TODAY, Town, actor_for, root
from tests.robustness.affairs import affairs_of

SECRETS = {
    "phone": "13912345678",
    "words": "马桶堵了三天没人管",
    "name": "央金拉姆",
}
"""What is in the town and in no page of anybody who may not see it."""
CHARTER = '[charter]\nextends = "cn-default"\ntitle = { zh = "雪莲社区章程" }\n'


@dataclass(frozen=True)
class Address:
    """One address: the route as its module wrote it, which of the town's things stands in it, and the path."""

    route: str
    label: str
    path: str
    module: str

    @property
    def key(self) -> str:
        return f"/{self.route} {self.label}".strip()


@dataclass
class World:
    """The town, who is in it (a browser each), and what may stand in an address: kind -> label -> value."""

    town: Town
    clients: dict[str, Client] = field(default_factory=dict)
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    def addresses(self) -> list[Address]:
        """Every address of the house, with each thing that can stand in it."""
        return [address for pattern in patterns(get_resolver()) for address in self._filled(pattern) if pattern.name]

    def _filled(self, pattern: URLPattern) -> Iterator[Address]:
        route = re.sub(r"[\^$]|\\(?=\.)|(?<=>)[^/)]*\)|\(\?P(?=<)", "", str(pattern.pattern))
        module = pattern.lookup_str.split(".")[1] if pattern.lookup_str.startswith("linli.") else ""
        names = list(pattern.pattern.regex.groupindex)
        choices = [list(self._values(route, module, name).items()) for name in names]
        for at, chosen in enumerate(itertools.product(*choices)):
            if at and any(label != rest[0][0] for (label, _v), rest in zip(chosen[1:], choices[1:], strict=True)):
                continue
            given = {name: value for name, (_label, value) in zip(names, chosen, strict=True)}
            label = " ".join(label for label, _value in chosen)
            yield Address(route, label, reverse(pattern.name, kwargs=given), module)

    def _values(self, route: str, module: str, name: str) -> dict[str, str]:
        """What may stand for ``name`` in ``route``."""
        first = route.split("/", 1)[0]
        for kind in (f"{first}.{name}", f"{module}.{name}", name):
            if kind in self.kinds:
                return self.kinds[kind]
        self.unknown.add(f"{name} in /{route}")
        return {"": "1"}

    def get(self, who: str, path: str, **more):
        return self.clients[who].get(path, **more)


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """All that a URLconf answers to, includes opened (they add no prefix in this house)."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def build() -> World:
    """The world. Call it inside a transaction and with the web's clock at `NOW`."""
    town = Town()
    add_more(town)
    world = World(town)
    things = things_of(town)
    world.clients = {"anonymous": browser(), **{name: signed_in(town, name) for name in town.who.person}}
    world.clients["receipt"] = browser()
    kept = signing.dumps([things["private"].matter.uid], salt=RECEIPTS, compress=True)
    world.clients["receipt"].cookies[RECEIPTS] = kept
    world.kinds = kinds_of(world, things)
    return world


def browser() -> Client:
    return Client(raise_request_exception=False)


def signed_in(town: Town, name: str) -> Client:
    """A browser in which this person wears their post."""
    person = town.who.person[name]
    hats = list(appointments_of(person.pk, TODAY))
    account = Account.objects.create(person=person, login=name.replace("_", "-"), opened_at=NOW)
    proof = "passphrase" if hats else "code"
    opened = open_session(root(), account, proof, "a browser", with_second=bool(hats))
    client = browser()
    client.cookies[COOKIE] = opened.token
    return client


def add_more(town: Town) -> None:
    """Posts, bodies and homes that the tickets' town does without."""
    place, body, who = town.place, town.body, town.who
    district = type(place.building).objects.get(level="district")
    homes = [PlaceDraft("home", "101", place.building), PlaceDraft("home", "101", place.far)]
    grid = PlaceDraft("grid", "一网格", place.community)
    place.home, place.next_home, place.grid = add_places(actor=root(), drafts=[*homes, grid])
    drafts = [
        BodyDraft("云岭区政府", "district_office", district),
        BodyDraft("雪莲苑业委会", "owners_committee", place.compound),
        BodyDraft("雪莲社区党支部", "branch", place.community),
    ]
    body.district, body.committee, body.branch = add_bodies(actor=root(), drafts=drafts)
    posts = {
        "district_officer": (body.district, district),
        "committee": (body.committee, place.compound),
        "branch_secretary": (body.branch, place.community),
        "administrator": (None, None),
        "auditor": (None, None),
    }
    made = [PersonDraft(name) for name in posts]
    owner = PersonDraft(SECRETS["name"], phone=SECRETS["phone"])
    *people, who.person["owner"], who.person["next_owner"] = add_people(
        actor=root(), drafts=[*made, owner, PersonDraft("隔壁社区的人")]
    )
    given = zip(people, posts.items(), strict=True)
    appoint(actor=root(), drafts=[AppointmentDraft(person, post, *where) for person, (post, where) in given])
    who.person.update(zip(posts, people, strict=True))
    ties = [
        TieDraft(who.person["owner"], place.home, "owner"),
        TieDraft(who.person["next_owner"], place.next_home, "owner"),
    ]
    add_ties(actor=root(), drafts=ties)
    for name in ("owner", "next_owner", "administrator"):
        setattr(who, name, actor_for(who.person[name], "administrator" if name == "administrator" else ""))


def things_of(town: Town) -> dict[str, object]:
    """Reports of every sort: open to all, inside a home, kept from the unit, elsewhere, done."""
    home = {"category_code": "home_repair", "words": SECRETS["words"]}
    things = {
        "public": town.file(),
        "private": town.file(actor=town.who.owner, place=town.place.home, **home),
        "private_sent": town.dispatched(actor=town.who.owner, place=town.place.home, **home),
        "secret": town.dispatched(actor=town.who.owner, is_secret=True),
        "about_unit": town.file(actor=town.who.owner, about_body=town.body.company),
        "elsewhere": town.file(actor=town.who.next_owner, place=town.place.next_home, category_code="home_repair"),
        "finished": town.finished(actor=town.who.owner),
        "unrated": check_ticket(actor=town.who.desk, ticket=town.finished(actor=town.who.owner)),
    }
    things["merged"] = town.file(actor=town.who.owner)
    merge_tickets(actor=town.who.desk, master=town.again(things["public"]), children=[things["merged"]])
    apply_charter(actor=root(), community=town.place.community, text=CHARTER)
    return things


def kinds_of(world: World, things: dict[str, object]) -> dict[str, dict[str, str]]:
    """Everything that may stand in an address; ``segment.name`` and ``module.name`` before ``name`` alone."""
    town, person = world.town, world.town.who.person
    matters = {label: ticket.matter.uid for label, ticket in things.items()}
    places = {label: getattr(town.place, label) for label in ("building", "home", "community", "grid", "next_home")}
    doors = {label: place.uid for label, place in places.items()}
    sheet = "代码,名称\n,3号楼\n".encode()
    importers = {each.name: each.name for each in IMPORTERS}
    batches = {
        name: receive_file(actor=town.who.administrator, importer=IMPORTERS.get(name), name="a.csv", content=sheet).uid
        for name in ("places",)
    }
    processor, demand = papers_of(town)
    asked = ask_export(
        actor=town.who.secretary, place=town.place.community, sieve=Sieve(TODAY, TODAY), purpose="核对上门名单"
    )
    files = picture(town)
    notice = Notice.objects.filter(person=person["owner"].pk, not_before=None).first()
    uids = {name: person[name].uid for name in ("owner", "desk", "next_owner", "administrator")}
    hats = {name: Appointment.objects.get(person=person[name]).uid for name in ("desk", "next_desk")}
    return {
        **dict.fromkeys(("matters.uid", "tickets.uid", "t.uid", "desk.uid", "work.uid", "papers.uid"), matters),
        "act": {act: act for act in ("accept", "dispatch", "finish", "note")},
        **dict.fromkeys(("places.uid", "posters.uid"), doors),
        "exports.uid": {"asked": asked.uid},
        "tag": {label: place.tag for label, place in places.items()},
        "code": {"community": town.place.community.code, "next": town.place.next_community.code},
        "figures.code": {label: place.code for label, place in places.items() if label in {"building", "community"}},
        "figure": {"": "closed"},
        "number": {"": "1"},
        "person_uid": uids,
        "people.uid": uids,
        "bodies.uid": {"company": town.body.company.uid, "next_office": town.body.next_office.uid},
        "appointments.uid": hats,
        "access.uid": {"of_desk": Session.objects.get(account__person=person["desk"]).uid},
        "scope": {scope.name: scope.name for scope in SCOPES},
        "privacy.uid": {"processor": processor.uid, "demand": demand.uid},
        "batches.uid": batches,
        "importer": importers,
        "kind": {"xlsx": "xlsx", "csv": "csv"},
        "notices.uid": (told := {"of_owner": notice.uid if notice else "0" * 32}),
        "knocks.uid": told,
        "files.token": {"of_owner": files},
        **affairs_of(town),
    }


def papers_of(town: Town) -> tuple[Processor, Demand]:
    """An entrusted party, and an authority's demand about the owner."""
    place, who = town.place.community, town.who
    party = ProcessorDraft(
        "短信公司", "发验证码", "手机号", "发完即删", "加密", "不得转交", TODAY, TODAY, community=place
    )
    demand = DemandDraft("某局", "2026-17", "一个月的反映", TODAY, who.person["owner"], place)
    return add_processor(actor=root(), draft=party), note_demand(actor=who.secretary, draft=demand)


def picture(town: Town) -> str:
    """The signed part of the address of a picture that was shown to the owner."""
    import io

    from PIL import Image

    from linli.files.actions import store_images

    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    content.seek(0)
    content.name = "a.png"
    [file] = store_images(actor=town.who.owner, uploads=[content], owner="tickets")
    shown_to = SimpleNamespace(
        now=NOW, account_uid=Account.objects.get(person=town.who.person["owner"]).uid, account_id=1
    )
    return re.fullmatch(r"/files/(.+)/", address_of(file, shown_to))[1]


__all__ = ["NOW", "SECRETS", "Address", "World", "build"]
