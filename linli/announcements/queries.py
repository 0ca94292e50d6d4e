"""Reads: what is announced where, who is told, which homes are not reached."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from linli.access.models import Account
from linli.announcements.models import Announcement, Telling
from linli.announcements.permissions import ANNOUNCERS, KNOCKERS, may_see_announcement
from linli.announcements.rules import COMING, PUBLISHED, say_span, say_title
from linli.core.actor import LEVELS, Actor
from linli.core.errors import NotFound
from linli.core.times import day_of
from linli.notices.channels import open_channels
from linli.people.models import Person, Tie
from linli.people.queries import chain_of, in_force
from linli.places.models import Place
from linli.places.queries import covered_by, label_of, name_of, open_places
from linli.places.rules.tree import AREA, BUILDING, COMMUNITY, COMPOUND, GRID, HOME, SPOT, STAIRWELL

OFFERED = (COMMUNITY, AREA, GRID, COMPOUND, BUILDING, STAIRWELL, SPOT)


def announced_at(place: Place, now: datetime) -> list[Announcement]:
    """What holds at a place now or begins within three days; of what lies in it too, from the compound down."""
    here = Q(places__in=[*chain_of(place), place.parent_id or 0])
    if place.level in LEVELS[3:]:
        here |= Q(**{f"places__{place.level}_id": place.pk})
    found = Announcement.objects.filter(
        here, state=PUBLISHED, from_at__lte=now + COMING, from_at__gte=now - 10 * COMING
    )
    rows = found.select_related("body").prefetch_related("places").distinct().order_by("from_at", "pk")
    return [row for row in rows if row.to_at is None or row.to_at > now]


def announcements_visible_to(actor: Actor) -> QuerySet[Announcement]:
    """Staff's list: those of one's own bodies, and those at one's places, newest first."""
    mine = Q(pk__in=())
    for grant in actor.grants_of((*ANNOUNCERS, *KNOCKERS)):
        if grant.body_id is not None:
            mine |= Q(body_id=grant.body_id)
        if grant.place_id is not None:
            mine |= Q(**{f"places__{grant.level}_id": grant.place_id}, state=PUBLISHED)
    found = Announcement.objects.filter(mine).select_related("body").prefetch_related("places")
    return found.distinct().order_by("-pk")


def announcement_of(actor: Actor, uid: str) -> Announcement:
    """The announcement of that public id. Raises `NotFound`; also for a draft that is not the actor's."""
    found = Announcement.objects.filter(uid=uid).select_related("body").prefetch_related("places").first()
    if found is None or not may_see_announcement(actor, found):
        raise NotFound
    return found


def places_offered(actor: Actor) -> list[Place]:
    """Where the actor may announce, in the order of the tree."""
    inside = Q(pk__in=())
    for grant in actor.grants_of(ANNOUNCERS):
        if grant.place_id is not None and grant.body_id == actor.body_id:
            inside |= Q(**{f"{grant.level}_id": grant.place_id})
    return list(open_places().filter(inside, level__in=OFFERED)[:600])


def _homes_in(places: list[Place]) -> Q:
    """The homes of places; of a facility, those of what it stands in."""
    wider = [place.parent if place.level == SPOT and place.parent else place for place in places]
    inside = [one for place in wider for one in covered_by(place)]
    conditions = [
        Q(**{f"{one.level}_id": one.pk}) if one.level in LEVELS else Q(parent_id=one.pk) | Q(pk=one.pk)
        for one in inside
    ]
    return reduce(or_, conditions, Q(pk__in=()))


def homes_of(announcement: Announcement) -> QuerySet[Place]:
    """The homes that are to know."""
    return open_places().filter(_homes_in(list(announcement.places.all())), level=HOME)


def persons_to_tell(announcement: Announcement, now: datetime) -> QuerySet[Person]:
    """Who is tied to one of those homes."""
    homes = homes_of(announcement).order_by().values("pk")
    tied = Tie.objects.filter(in_force(day_of(now)), home__in=homes, person=OuterRef("pk"))
    return Person.objects.filter(Exists(tied), erased_at=None)


def _reached(now: datetime) -> Q:
    """A tie to somebody who reads here, or whom a channel of this installation reaches."""
    reads = Exists(Account.objects.filter(person=OuterRef("person"), is_active=True))
    ways = Q(pk__in=())
    for channel, (name, address) in {"sms": ("sms", "phone"), "mail": ("email", "email")}.items():
        if channel in open_channels():
            ways |= Q(person__channels__icontains=f'"{name}"') & ~Q(**{f"person__{address}": ""})
    return Q(in_force(day_of(now)), person__erased_at=None) & (Q(reads) | ways)


def unreached_homes(announcement: Announcement, actor: Actor) -> QuerySet[Place]:
    """Homes that no channel reaches and nobody was sent to yet, as far as the actor goes to their doors."""
    reached = Tie.objects.filter(_reached(actor.now), home=OuterRef("pk"))
    told = Telling.objects.filter(announcement=announcement, home=OuterRef("pk"))
    inside = Q(pk__in=())
    for grant in actor.grants_of(KNOCKERS):
        if grant.place_id is not None:
            inside |= Q(**{f"{grant.level}_id": grant.place_id})
    return homes_of(announcement).filter(inside).exclude(Exists(reached)).exclude(Exists(told))


def title_of(announcement: Announcement, language: str = "") -> str:
    """``停水：雪莲苑 2号楼`` in the language now spoken."""
    labels: list[str] = []
    beside: int | None = None
    for place in sorted(announcement.places.all(), key=lambda one: one.order):
        is_next = beside is not None and place.parent_id == beside
        labels.append(name_of(place, language) if is_next else label_of(place, language))
        beside = place.parent_id
    return say_title(announcement.kind, labels)


def words_of(announcement: Announcement, language: str = "") -> str:
    """The body's own words: Tibetan only where a reader has looked at them."""
    spoken = language or get_language() or ""
    if spoken.startswith("bo") and announcement.is_bo_read and announcement.words_bo:
        return announcement.words_bo
    return announcement.words


def span_of(announcement: Announcement) -> str:
    """From when to when."""
    return say_span(announcement.from_at, announcement.to_at)
