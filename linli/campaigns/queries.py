"""Reads: which tags there are where, what a report bears, what a campaign comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from linli.campaigns.models import Campaign, Tagging
from linli.campaigns.permissions import RUNNERS, TAGGERS
from linli.core.actor import LEVELS, Actor
from linli.core.errors import NotFound
from linli.core.flow import Phase
from linli.matters.models import Matter
from linli.matters.queries import matters_visible_to
from linli.places.models import Place
from linli.places.queries import open_places


@dataclass(frozen=True, slots=True)
class Tally:
    """What a campaign comes to: each number over the reports that bear its tag."""

    reports: int
    voices: int
    done: int
    on_time: int


def campaigns_visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Those over and in the places where the actor works, running ones first."""
    near = Q(pk__in=())
    for grant in actor.grants_of(TAGGERS):
        if grant.place_id is not None:
            mine = Place.objects.filter(pk=grant.place_id)
            near |= Q(**{f"place__{grant.level}_id": grant.place_id})
            for level in LEVELS:
                near |= Q(place__in=mine.values(level))
    return Campaign.objects.filter(near).select_related("place").order_by("to_on", "-pk").distinct()


def campaign_of(actor: Actor, uid: str) -> Campaign:
    """The campaign of that public id. Raises `NotFound`."""
    found = campaigns_visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def campaigns_for(matter: Matter, on: date) -> QuerySet[Campaign]:
    """What a report may be tagged with: what runs over the place where it stands."""
    above = [getattr(matter, f"{level}_id") for level in LEVELS]
    running = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))
    return Campaign.objects.filter(running, place__in=[pk for pk in above if pk]).order_by("name", "pk")


def tags_of(matter: Matter) -> set[int]:
    """The keys of the campaigns whose tag a report bears."""
    return set(Tagging.objects.filter(matter=matter).values_list("campaign", flat=True))


def matters_of(actor: Actor, campaign: Campaign) -> QuerySet[Matter]:
    """The reports that bear the tag, as far as the actor may know of them; newest first."""
    tagged = Tagging.objects.filter(campaign=campaign).values("matter")
    return matters_visible_to(actor).filter(pk__in=tagged).select_related("place").order_by("-pk")


def tally_of(actor: Actor, campaign: Campaign) -> Tally:
    """Its numbers, in one read."""
    done = Count("pk", filter=Q(phase=Phase.DONE))
    on_time = Count("pk", filter=Q(phase=Phase.DONE, on_time="yes"))
    found = matters_of(actor, campaign).order_by()
    row = found.aggregate(reports=Count("pk"), done=done, on_time=on_time)
    return Tally(row["reports"], sum(found.values_list("voices", flat=True)), row["done"], row["on_time"])


def places_run_by(actor: Actor) -> QuerySet[Place]:
    """Over which places the actor may start one: the places of the posts that run them."""
    ids = [grant.place_id for grant in actor.grants_of(RUNNERS) if grant.place_id is not None]
    return open_places().filter(pk__in=ids)
