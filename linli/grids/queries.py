"""Reads: grids and areas, who works there, what belongs to them, what runs in them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.core.times import day_of
from linli.grids.models import GridItem
from linli.matters.models import RUNNING, Matter
from linli.matters.queries import matters_visible_to
from linli.people.models import Appointment, Body
from linli.people.queries import in_force
from linli.places.models import Place
from linli.places.permissions import STAFF
from linli.places.queries import covered_by, open_places, within
from linli.places.rules.tree import AREA, GRID
from linli.tickets.queries.reading import KIND

BELONGING = ("shop", "resident_unit", "partner", "unit")


def grids_visible_to(actor: Actor) -> QuerySet[Place]:
    """The grids and areas of the communities where the actor works, areas first."""
    inside = Q(pk__in=())
    for grant in actor.grants_of(STAFF):
        if grant.level == "everywhere":
            inside = Q()
            break
        if grant.place_id is not None:
            above = Place.objects.filter(pk=grant.place_id)
            inside |= Q(**{f"{grant.level}_id": grant.place_id}) | Q(community__in=above.values("community"))
    found = open_places().filter(inside, level__in=(AREA, GRID))
    return found.select_related("community").order_by("community__order", "level", "order")


def grid_of(actor: Actor, uid: str) -> Place:
    """The grid or area of that public id. Raises `NotFound`."""
    found = grids_visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def workers_of(grid: Place, actor: Actor) -> QuerySet[Appointment]:
    """Who holds a post over the grid, or over what it covers."""
    places = {grid.pk, *(place.pk for place in covered_by(grid)), *grid.covers.values_list("place", flat=True)}
    found = Appointment.objects.filter(
        in_force(day_of(actor.now)), post__in=("grid_worker", "captain"), place__in=places
    )
    return found.select_related("person", "body", "place").order_by("-post", "place__order", "pk")


def items_of(grid: Place, kind: str) -> QuerySet[GridItem]:
    """The running lines of one of its lists."""
    return GridItem.objects.filter(grid=grid, kind=kind, ended_at=None).select_related("body")


def problems_of(actor: Actor, grid: Place) -> QuerySet[Matter]:
    """The problem list: what was reported in the grid and still runs, as far as the actor may know of it."""
    found = matters_visible_to(actor).filter(within(grid) & RUNNING, kind=KIND)
    return found.select_related("place", "holder_body")


def bodies_of_grid(grid: Place) -> QuerySet[Body]:
    """Shops and resident units that lie in what it covers, or are put to the grid itself (004-52)."""
    found = Body.objects.filter(within(grid), is_active=True, kind__in=BELONGING)
    return found.select_related("place").order_by("kind", "name", "pk").distinct()


def departments_near(grid: Place) -> QuerySet[Body]:
    """The bodies that a line of the assistance list may name."""
    above = {grid.community_id, grid.street_id, grid.district_id}
    near = Q(place__in=above) | Q(community=grid.community_id) | Q(place=None)
    return Body.objects.filter(near, is_active=True).exclude(kind="shop").order_by("name", "pk")
