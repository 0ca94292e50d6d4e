"""What is printed: the places that may have a poster (never a home), and what one has in hand today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from linli.access.permissions import may_print_slips
from linli.core.actor import LEVELS, Actor
from linli.core.flow import Phase
from linli.core.secret import digest
from linli.matters.models import Matter
from linli.papers.models import PrintRun, TriedAddress
from linli.papers.permissions import OFFICE_POSTS
from linli.places.models import Place
from linli.places.permissions import POSTER_POSTS
from linli.places.queries import children_of, open_places, places_below, places_visible_to
from linli.places.rules import tree
from linli.tickets.permissions import SMALL_HANDS
from linli.tickets.queries import URGENT_FIRST
from linli.tickets.queries.reading import KIND
from linli.tickets.states import AWAITING_RATING, WITH_UNIT

WIDE = (tree.DISTRICT, tree.STREET)
"""Too wide for one pile of paper: one goes down to a community first."""
BARE = (tree.HOME, tree.GRID, tree.AREA, *WIDE)
"""What has no door for a poster."""

KEPT = timedelta(days=2)
"""How long a pile that was made can be fetched (`files.queries.DRAFT_LIFE`)."""


@dataclass(slots=True)
class Group:
    """A place with what lies directly in it."""

    head: Place
    places: list[Place] = field(default_factory=list)


def poster_places(place: Place) -> list[Place]:
    """``place`` and all below it that may have a poster, in the order of the tree; one read."""
    return [place, *places_below(place).exclude(level__in=BARE)]


def grouped(places: list[Place]) -> list[Group]:
    """The places under what they lie in: compound by compound, building by building."""
    groups = {one.pk: Group(one) for one in places if one.level in LEVELS}
    for one in places:
        if one.level not in LEVELS and one.parent_id in groups:
            groups[one.parent_id].places.append(one)
    return list(groups.values())


def poster_roots(actor: Actor) -> QuerySet[Place]:
    """Where the actor's own places begin: the districts for who keeps them all."""
    grants = list(actor.grants_of(POSTER_POSTS))
    if any(grant.level == "everywhere" for grant in grants):
        return children_of(None)
    return open_places().filter(pk__in={grant.place_id for grant in grants if grant.place_id is not None})


def poster_place(actor: Actor, uid: str) -> Place | None:
    """The visible place of that public id that is no home."""
    return places_visible_to(actor).filter(uid=uid).exclude(level=tree.HOME).first()


def todays_matters(actor: Actor) -> QuerySet[Matter]:
    """What the actor and the actor's bodies have in hand, most urgent first.

    A captain's or grid worker's list holds their own and what may be claimed on their stairs, not all that their
    office holds.
    """
    mine = Q(holder_person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=())
    bodies = {grant.body_id for grant in actor.grants_of(OFFICE_POSTS) if grant.body_id is not None}
    if bodies:
        mine |= Q(holder_body_id__in=bodies)
    for grant in actor.grants_of(SMALL_HANDS):
        if grant.place_id is not None:
            here = Q(**{f"{grant.level}_id": grant.place_id})
            mine |= here & Q(holder_body=None, holder_person=None, state__in=WITH_UNIT)
    found = Matter.objects.filter(mine, kind=KIND).exclude(phase=Phase.DONE).exclude(state=AWAITING_RATING)
    return found.select_related("place", "holder_body", "holder_person").order_by(*URGENT_FIRST)


def workplace_of(actor: Actor) -> Place | None:
    """The place of the post that the actor wears."""
    ids = [grant.place_id for grant in actor.grants_of(POSTER_POSTS) if grant.place_id is not None]
    return Place.objects.filter(pk=ids[0]).select_related("community").first() if ids else None


def homes_with_slips(actor: Actor, place: Place) -> list[Place]:
    """The open homes of a place for which the actor may print slips, in the order of the tree; one read."""
    homes = places_below(place, tree.HOME).select_related("community")
    return [home for home in homes if may_print_slips(actor, home)]


def is_tried(base: str) -> bool:
    """Whether a telephone has opened a test code that led to that address."""
    return TriedAddress.objects.filter(base=base).exists()


def addresses_tried() -> QuerySet[TriedAddress]:
    """The addresses that telephones have opened."""
    return TriedAddress.objects.order_by("-tried_at")


def shown_code(base: str) -> str:
    """The six figures that a telephone shows behind the test code of that address."""
    return f"{int(digest(base, 'trial'), 16) % 1_000_000:06d}"


def runs_visible_to(actor: Actor) -> QuerySet[PrintRun]:
    """The actor's own print runs, newest first."""
    owner = actor.account_uid or actor.person_uid
    runs = PrintRun.objects.select_related("place").order_by("-id")
    return runs.filter(owner_uid=owner) if owner else runs.none()


def runs_due(now: datetime) -> QuerySet[PrintRun]:
    """Runs whose next part may be made, and those whose maker let the lease run out."""
    return PrintRun.objects.filter(next_at__lte=now).select_related("place").order_by("next_at")


def runs_to_forget(now: datetime) -> QuerySet[PrintRun]:
    """Runs that are older than their files may grow."""
    return PrintRun.objects.filter(begun_at__lt=now - KEPT)
