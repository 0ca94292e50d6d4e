"""Lists of reports. They read the narrow table of matters, page by key; `rows_of` adds the reports in one more read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.core.asked import Question, ToldMany
from linli.core.flow import Phase
from linli.matters.models import RUNNING, Matter
from linli.matters.queries import matters_visible_to
from linli.matters.queries.sight import bodies_of
from linli.tickets import states
from linli.tickets.models import Assignment, Ticket
from linli.tickets.permissions import CHECKERS, DESK, SMALL_HANDS, SUPERVISORS, may_see_words
from linli.tickets.queries.reading import KIND

URGENT_FIRST = ("urgent_at", "id")
NEWEST_FIRST = ("-id",)
NOTHING = Q(pk__in=())
OF_PAGE = Question(lambda: Ticket.objects.filter(pk__in=ToldMany("matters")).select_related("handler"))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: the matter, its report, and the words if this reader may have them."""

    matter: Matter
    ticket: Ticket
    words: str


def _tickets() -> QuerySet[Matter]:
    return Matter.objects.filter(kind=KIND).select_related("place", "holder_body")


def _running(*either: Q) -> QuerySet[Matter]:
    """Those not ended, for which one of the conditions holds.

    The partial indexes hold the running ones alone, and SQLite takes them for an OR only where each side says so:
    without it the whole table is read (0.1 s of a hundred thousand).
    """
    found = NOTHING
    for condition in either:
        found |= condition & RUNNING
    return _tickets().filter(found if either else RUNNING)


def _area(actor: Actor, posts: Iterable[str]) -> Q:
    """What lies where the actor holds one of the posts."""
    found = NOTHING
    for grant in actor.grants_of(posts):
        if grant.place_id is not None:
            found |= Q(**{f"{grant.level}_id": grant.place_id})
    return found


def desk_queue(actor: Actor) -> QuerySet[Matter]:
    """What waits for the actor's desk to decide: new, taken up, sent back. Order: `URGENT_FIRST`."""
    desks = Q(holder_body_id__in=bodies_of(actor)) if actor.holds(*DESK, *SUPERVISORS) else NOTHING
    nobodys = Q(holder_body=None) & _area(actor, DESK)
    return _running(desks, nobodys).filter(state__in=states.AT_DESK)


def pool(actor: Actor) -> QuerySet[Matter]:
    """What may be claimed: given to a body of the actor's, or a small matter of the place, and nobody has it yet."""
    ours = Q(holder_body_id__in=bodies_of(actor)) if bodies_of(actor) else NOTHING
    small = Q(holder_body=None) & _area(actor, SMALL_HANDS)
    return _running(ours, small).filter(state__in=states.WITH_UNIT, holder_person=None)


def in_hand(actor: Actor) -> QuerySet[Matter]:
    """What the actor has in hand in person."""
    if actor.person_id is None:
        return _tickets().none()
    return _running().filter(holder_person_id=actor.person_id)


def helping(actor: Actor) -> QuerySet[Matter]:
    """What the actor's bodies help others with."""
    mine = Assignment.objects.filter(body_id__in=bodies_of(actor), is_helper=True, ended_at=None)
    return _running().filter(pk__in=mine.values("ticket_id"))


def of_our_body(actor: Actor) -> QuerySet[Matter]:
    """What the actor's bodies have in hand, claimed or not."""
    return _running().filter(holder_body_id__in=bodies_of(actor))


def awaiting_check(actor: Actor) -> QuerySet[Matter]:
    """What is done and waits for somebody else to look at it, where the actor may."""
    return _running().filter(_area(actor, CHECKERS), state=states.RESOLVED).exclude(holder_person_id=actor.person_id)


def awaiting_rating(actor: Actor) -> QuerySet[Matter]:
    """What waits for its reporter's rating, for those who ask by telephone."""
    return _running().filter(_area(actor, DESK), state=states.AWAITING_RATING)


def under_review(actor: Actor) -> QuerySet[Matter]:
    """What waits for a supervisor's second look."""
    return _running().filter(_area(actor, SUPERVISORS), state=states.UNDER_REVIEW)


def overdue(actor: Actor, at: datetime) -> QuerySet[Matter]:
    """Running reports of the actor's area or bodies whose time is over; the supervisor's daily list (SRQ-010)."""
    bodies = bodies_of(actor)
    ours = Q(holder_body_id__in=bodies) if bodies else NOTHING
    return _running(_area(actor, (*DESK, *SUPERVISORS)), ours).filter(due_at__lte=at, phase=Phase.OPEN)


def to_call_back(actor: Actor) -> QuerySet[Matter]:
    """Whose reporters a supervisor is to ring today: the third urge, or a promise that was not kept."""
    asked = Ticket.objects.filter(call_back_at__isnull=False)
    return _tickets().filter(_area(actor, SUPERVISORS), pk__in=asked.values("pk"))


def tickets_in_area(actor: Actor) -> QuerySet[Matter]:
    """All reports of the actor's area. Order: `NEWEST_FIRST`."""
    return _tickets().filter(_area(actor, (*CHECKERS, *SUPERVISORS)))


def my_reports(actor: Actor) -> QuerySet[Matter]:
    """What the actor reported, signed in or by receipt. Order: `NEWEST_FIRST`."""
    mine = Q(uid__in=actor.receipts) if actor.receipts else NOTHING
    if actor.person_id is not None:
        mine |= Q(pk__in=Ticket.objects.filter(reporter_id=actor.person_id).values("pk"))
    return _tickets().filter(mine)


def going_on_at(actor: Actor, condition: Q) -> QuerySet[Matter]:
    """What goes on at a place (`places.queries.within`), as far as the actor may know of it."""
    found = matters_visible_to(actor).filter(condition, kind=KIND).exclude(phase=Phase.DONE)
    return found.select_related("place", "holder_body")


def rows_of(actor: Actor, matters: Iterable[Matter]) -> list[Row]:
    """The reports of a page of matters, in its order, in one read."""
    page = list(matters)
    tickets = {ticket.pk: ticket for ticket in OF_PAGE.rows(matters=[matter.pk for matter in page])} if page else {}
    rows = []
    for matter in page:
        ticket = tickets[matter.pk]
        ticket.matter = matter
        words = ticket.words if may_see_words(actor, ticket, with_helpers=False) else ticket.public_words
        rows.append(Row(matter, ticket, words))
    return rows
