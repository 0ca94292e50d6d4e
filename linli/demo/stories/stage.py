"""Finds the cast and the props of the tour in the demo's own rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.core.actor import Actor
from linli.core.flow import Phase
from linli.demo import cast
from linli.demo.stories import texts
from linli.demo.stories.tour import Stage
from linli.matters.models import Matter
from linli.people.models import Appointment
from linli.people.queries import grants_of
from linli.places.models import Place
from linli.tickets import queries, states
from linli.tickets.models import Ticket

ROLE = {role.slug: role for role in cast.ROLES}


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the start page: who, which hat, what waits for that person today."""

    role: cast.Role
    hat: Appointment
    waits: Any


def hats() -> dict[str, Appointment]:
    """The appointment of each role, in one read."""
    named = Q(person__display_name__in=[role.name for role in cast.ROLES])
    found = Appointment.objects.filter(named, to_on=None).select_related("person", "body", "place").order_by("pk")
    by_name = {(hat.person.display_name, hat.post): hat for hat in found}
    known = {role.slug: by_name.get((role.name, role.post)) for role in cast.ROLES}
    return {slug: hat for slug, hat in known.items() if hat is not None}


def actor_of(hat: Appointment, at: datetime) -> Actor:
    """The actor in a hat."""
    return Actor(now=at, person_id=hat.person_id, account_id=0, body_id=hat.body_id, grants=grants_of(hat))


def _count(what: Any) -> Any:
    return lambda actor: what(actor).count()


def _mine_running(actor: Actor) -> Any:
    return queries.my_reports(actor).exclude(phase=Phase.DONE)


def _mine_to_rate(actor: Actor) -> Any:
    return queries.my_reports(actor).filter(state=states.AWAITING_RATING)


def _hands(actor: Actor) -> Any:
    return queries.pool(actor) | queries.in_hand(actor)


def _going_on(_actor: Actor) -> Any:
    return Matter.objects.filter(kind="ticket", audience="public").exclude(phase=Phase.DONE)


WAITS = {
    "elder": (_count(_mine_running), _("%d 件事在办")),
    "owner": (_count(_mine_to_rate), _("%d 件事等打分")),
    "captain": (_count(_hands), _("%d 件小事能接")),
    "grid": (_count(queries.awaiting_check), _("%d 件等核对")),
    "desk": (_count(queries.desk_queue), _("%d 件新来的")),
    "repairman": (_count(_hands), _("%d 件等您去办")),
    "manager": (_count(queries.of_our_body), _("%d 件在我们手上")),
    "secretary": (lambda actor: queries.overdue(actor, actor.now).count(), _("%d 件超时")),
    "chair": (_count(_going_on), _("小区里 %d 件在办")),
    "branch": (_count(_going_on), _("小区里 %d 件在办")),
    "street": (lambda actor: queries.overdue(actor, actor.now).count(), _("%d 件超时")),
}
STILL = {
    "district": _("星期一的四个数字"),
    "auditor": _("看谁做过什么"),
    "administrator": _("地方、人员、章程"),
    "stranger": _("什么都看不到"),
}


def cards_of(at: datetime) -> list[Card]:
    """A card for each role, with what waits for that person."""
    known = hats()
    return [
        Card(role, known[role.slug], _waits(role.slug, actor_of(known[role.slug], at)))
        for role in cast.ROLES
        if role.slug in known
    ]


def _waits(slug: str, actor: Actor) -> Any:
    if slug not in WAITS:
        return STILL.get(slug, "")
    count, words = WAITS[slug]
    number = count(actor)
    return words % number if number else _("今天没有等着的")


def lift() -> Matter | None:
    """The matter of the lift, which the start page shows."""
    leading = Ticket.objects.filter(words=texts.LIFT, matter__phase=Phase.OPEN).select_related("matter__place")
    ticket = leading.order_by("pk").first()
    return ticket.matter if ticket else None


def poster() -> str:
    """The poster's address of 2号楼东单元."""
    place = Place.objects.filter(level="stairwell", parent__name="2号楼", name="东单元").first()
    return reverse("place-poster", args=[place.tag]) if place else reverse("start")


def _newest(**condition: Any) -> str:
    """The public id of the newest report of that kind, "" where it is over."""
    found = Matter.objects.filter(kind="ticket", **condition).order_by("-pk").values_list("uid", flat=True)
    return found.first() or ""


def stage() -> Stage:
    """The addresses of the tour's stops, as things stand now."""
    elder, owner = hats()["elder"].person_id, hats()["owner"].person_id
    hers = Ticket.objects.filter(reporter=elder).order_by("-pk").values_list("matter__uid", flat=True).first() or ""
    his = Ticket.objects.filter(reporter=owner).order_by("-pk").values_list("matter__uid", flat=True).first() or ""
    fresh = hers or _newest(state=states.SUBMITTED)
    work = _newest(state=states.DISPATCHED, holder_body__kind="company", due_at__isnull=False)
    the_lift = lift()
    return Stage(
        poster=poster(),
        fresh=reverse("desk-ticket", args=[fresh]) if fresh else reverse("desk"),
        work=reverse("work-ticket", args=[work]) if work else reverse("work"),
        rating=reverse("my-ticket", args=[his]) if his else reverse("my-tickets"),
        thread=reverse("matter", args=[the_lift.uid]) if the_lift else reverse("start"),
        figures=reverse("figures-of-place", args=[cast.DISTRICT[0]]),
        sealed=reverse("matter", args=[hers]) if hers else reverse("start"),
        elder=reverse("my-ticket", args=[hers]) if hers else reverse("my-tickets"),
        looks=reverse("me-looks"),
    )
