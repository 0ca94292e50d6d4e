"""What the desk sees: its lists by name, and what stands beside a report: the place, its half year, who follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.charters.rules import Category, Charter
from linli.charters.rules.suggest import suggest_categories
from linli.core.actor import LEVELS, Actor
from linli.core.asked import Question, Told, ToldMany
from linli.core.errors import NotFound
from linli.core.times import day_of
from linli.desks.permissions import may_see_desk_of, may_work_on
from linli.facilities.queries import firm_of
from linli.matters.models import Follower, Matter
from linli.matters.queries import page_of
from linli.matters.queries.lists import mark_of
from linli.people.models import Appointment, Body
from linli.people.queries import bodies_around, bodies_for, chain_of, in_force
from linli.places.models import Place
from linli.places.queries import open_places, outline_of, within
from linli.tickets.models import Photo, Ticket
from linli.tickets.permissions import DESK, SUPERVISORS
from linli.tickets.queries import Near, duplicates_nearby, lists
from linli.tickets.queries.reading import ticket_with_rows
from linli.tickets.rules.duty import is_below_duty
from linli.tickets.states import WAITING

HALF_YEAR = timedelta(days=183)
MOST_GOING_ON = 4
PICTURES = Question(lambda: Photo.objects.filter(ticket__in=ToldMany("tickets"), kind="reported"))
FOLLOWERS = Question(lambda: Follower.objects.filter(matter_id=Told("matter")).exclude(role__in=("reporter", "helper")))
CAPTAINS = Question(
    lambda: (
        Appointment.objects.filter(in_force(Told("day")), post="captain", place__in=ToldMany("places"))
        .select_related("person", "place")
        .order_by("-place__order", "pk")[:3]
    )
)


def _compounds(level: str) -> QuerySet[Place]:
    """The first compounds of a place of that level."""
    return open_places().filter(**{f"{level}_id": Told("place")}, level="compound")[:30]


COMPOUNDS = {level: Question(partial(_compounds, level)) for level in LEVELS[:3]}

LISTS: dict[str, Callable[[Actor], QuerySet[Matter]]] = {
    "new": lists.desk_queue,
    "mine": lists.in_hand,
    "overdue": lambda actor: lists.overdue(actor, actor.now),
    "callback": lists.to_call_back,
    "waiting": lambda actor: lists.tickets_in_area(actor).filter(state__in=WAITING),
    "check": lists.awaiting_check,
    "rating": lists.awaiting_rating,
    "review": lists.under_review,
    "all": lists.tickets_in_area,
}


def desk_list(actor: Actor, show: str, place: Place | None = None) -> QuerySet[Matter]:
    """One of the desk's lists, at a place where one is named."""
    found = LISTS[show](actor)
    return found.filter(within(place)) if place else found


def supervised(found: QuerySet[Matter]) -> QuerySet[Matter]:
    """Of these, what is so late that the level above watches it (督办)."""
    return found.filter(pk__in=Ticket.objects.filter(supervised_at__isnull=False).values("pk"))


def order_of(show: str) -> tuple[str, ...]:
    """How a list stands: the most urgent first; everything together, the newest first."""
    return lists.NEWEST_FIRST if show == "all" else lists.URGENT_FIRST


def after_this(actor: Actor, matter: Matter, show: str, place: Place | None) -> Matter | None:
    """What stands in the list behind a matter, which itself may have left it; else what stands first."""
    found, order = desk_list(actor, show, place).exclude(pk=matter.pk), order_of(show)
    mark = mark_of([getattr(matter, column.lstrip("-")) for column in order])
    return next(iter([*page_of(found, mark, 1, order), *page_of(found, "", 1, order)]), None)


def desk_ticket(actor: Actor, uid: str) -> Ticket:
    """A report of the actor's desk with its rows. Raises `NotFound` also for what only lies open to everybody."""
    ticket = ticket_with_rows(actor, uid)
    if not may_see_desk_of(actor, ticket):
        raise NotFound
    return ticket


def work_ticket(actor: Actor, uid: str) -> Ticket:
    """A report that the actor works on, helps with or checks. Raises `NotFound` for others."""
    ticket = ticket_with_rows(actor, uid)
    if not may_work_on(actor, ticket):
        raise NotFound
    return ticket


def with_pictures(tickets: list[int]) -> set[int]:
    """Which of these reports came with pictures."""
    return {photo.ticket_id for photo in PICTURES.rows(tickets=tickets)} if tickets else set()


def desk_places(actor: Actor) -> list[Place]:
    """The compounds by which the actor's lists may be narrowed."""
    mine = dict.fromkeys((grant.level, grant.place_id) for grant in actor.grants_of((*DESK, *SUPERVISORS)))
    areas = [(COMPOUNDS[level], place) for level, place in mine if place and level in COMPOUNDS]
    return [compound for question, place in areas for compound in question.rows(place=place)]


def bodies_near(ticket: Ticket, charter: Charter) -> tuple[list[Body], list[Body]]:
    """Who may be charged with a report: those whose duty it is, the likeliest first; and the others of the place."""
    matter = ticket.matter
    if matter.place is None:
        return [], []
    category = charter.categories.get(matter.category_code)
    code, kind = (category.code, category.body_kind) if category else ("", "company")
    level = category.lawful_owner_level if category else "compound"
    firm = firm_of(matter.place)
    charged = [body for body in bodies_for(matter.place, category_code=code, body_kind=kind) if body != firm]
    fit = [
        body
        for body in [*([firm] if firm else []), *charged]
        if body.pk != ticket.about_body_id and not is_below_duty(body.kind, level)
    ]
    known = {ticket.about_body_id, *(body.pk for body in fit)}
    near = [body for body in bodies_around(matter.place) if body.pk not in known and body.kind != "branch"]
    return fit, sorted(near, key=lambda body: body.name)


def nears_of(ticket: Ticket, at: datetime, charter: Charter) -> list[Near]:
    """What stands open nearby and may be the same as a report."""
    if ticket.matter.place is None:
        return []
    category = charter.categories.get(ticket.matter.category_code)
    point = (ticket.latitude, ticket.longitude) if ticket.latitude is not None else None
    found = duplicates_nearby(ticket.matter.place, category, ticket.words, at, point)
    return [near for near in found if near.uid != ticket.matter.uid and near.is_open]


def categories_like(ticket: Ticket, charter: Charter) -> list[Category]:
    """The categories that a report's words speak of, the likeliest first, without the one it has."""
    place = ticket.matter.place
    found = suggest_categories(ticket.words, charter, place.level if place else None)
    return [charter.categories[code] for code, _score in found if code != ticket.matter.category_code][:3]


@dataclass(frozen=True, slots=True)
class Past:
    """What a place saw of one category in half a year, and in how many hours it was put right on average."""

    words: str
    count: int
    hours: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a report."""

    captains: list[Appointment]
    past: list[Past]
    going_on: list[tuple[Matter, str]]
    followers: int
    outline: Any


def around(actor: Actor, ticket: Ticket, charter: Charter) -> Around:
    """The place of a report, and who follows it: five reads for any place."""
    matter = ticket.matter
    place = matter.place
    if place is None:
        return Around([], [], [], 0, None)
    here = Q(building_id=matter.building_id) if matter.building_id else within(place)
    going_on = lists.going_on_at(actor, here).exclude(pk=matter.pk).order_by("-id")[:MOST_GOING_ON]
    return Around(
        captains=captains_of(place, actor.now),
        past=half_year(here, actor.now, charter),
        going_on=[(one, _category(charter, one.category_code)) for one in going_on],
        followers=len(FOLLOWERS.rows(matter=matter.pk)),
        outline=outline_of(place, actor),
    )


def captains_of(place: Place, at: datetime) -> list[Appointment]:
    """The captains of a building, or of what lies around it."""
    return CAPTAINS.rows(places=chain_of(place), day=day_of(at))


def half_year(here: Q, at: datetime, charter: Charter) -> list[Past]:
    """How often what was reported somewhere within half a year, and how long it took until it was put right."""
    matters = Matter.objects.filter(here, kind="ticket", opened_at__gte=at - HALF_YEAR)
    found = (
        Ticket.objects.filter(matter__in=matters)
        .values("matter__category_code")
        .annotate(count=Count("pk"), took=Avg(F("finished_at") - F("matter__opened_at")))
        .order_by("-count", "matter__category_code")[:4]
    )
    return [Past(_category(charter, row["matter__category_code"]), row["count"], _hours(row["took"])) for row in found]


def _category(charter: Charter, code: str) -> str:
    category = charter.categories.get(code)
    return str(category.words if category else _("没有分类的事"))


def _hours(took: timedelta | None) -> int | None:
    return None if took is None else max(1, round(took.total_seconds() / 3600))
