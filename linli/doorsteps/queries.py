"""What a resident's pages read: what goes on at a door, one's own voice in a matter, the code of a fresh receipt."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from linli.core.actor import Actor
from linli.core.flow import Phase
from linli.core.times import day_of
from linli.matters.models import Matter
from linli.matters.states import Audience
from linli.people.models import Body
from linli.people.queries import bodies_for, homes_of
from linli.places.models import Place
from linli.places.queries import within
from linli.tickets.models import Merge, Ticket
from linli.tickets.permissions import may_rate
from linli.tickets.queries.reading import JOINED, KIND, charter_for, receipt_code
from linli.tickets.states import AWAITING_RATING, CLOSED

RECEIPT_SHOWN = timedelta(hours=24)


def going_on_here(place: Place) -> QuerySet[Matter]:
    """What is open to all and under way at a place, below it, and in the building and compound around it."""
    around = {place.building_id, place.compound_id, place.parent_id} - {None, place.pk, place.community_id}
    here = within(place) | Q(place_id__in=around) if around else within(place)
    found = Matter.objects.filter(here, kind=KIND, audience=Audience.PUBLIC).exclude(phase=Phase.DONE)
    return found.select_related("place", "holder_body")


def office_of(place: Place) -> Body | None:
    """The community office whose desk a report from here comes to."""
    return next(iter(bodies_for(place, body_kind="community_office")), None)


def my_homes(actor: Actor) -> list[Place]:
    """The homes that the actor is tied to."""
    return homes_of(actor.person_id, day_of(actor.now)) if actor.person_id is not None else []


def voice_of(actor: Actor, ticket: Ticket) -> Ticket | None:
    """The actor's own report that stands with ``ticket``, or it itself where the actor made it."""
    mine = Q(child__matter__uid__in=actor.receipts)
    if actor.person_id is not None:
        mine |= Q(child__reporter_id=actor.person_id)
        if ticket.reporter_id == actor.person_id:
            return ticket
    if ticket.matter.uid in actor.receipts:
        return ticket
    found = Merge.objects.filter(mine, master=ticket, ended_at=None).select_related("child__matter").first()
    return found.child if found else None


def master_of(ticket: Ticket) -> Ticket | None:
    """The report that this one stands with now."""
    joined = [f"master__{name}" for name in JOINED]
    found = Merge.objects.filter(child=ticket, ended_at=None).select_related("master__matter", *joined).first()
    return found.master if found else None


def code_still_shown(actor: Actor, ticket: Ticket) -> str:
    """The receipt's code for its reporter within a day of reporting; "" later, and where nobody can know it."""
    if not ticket.draft_key or actor.now > ticket.matter.opened_at + RECEIPT_SHOWN:
        return ""
    return receipt_code(ticket.draft_key)


def was_filed(draft_key: str) -> bool:
    """Whether this draft has come in before: then the answer is the receipt, and nothing is asked again."""
    return bool(draft_key) and Ticket.objects.filter(draft_key=draft_key).exists()


def may_rate_now(actor: Actor, ticket: Ticket, shown: Ticket) -> bool:
    """Whether the reporter of ``ticket`` has a rating to give: its own, or as a voice of ``shown``, which leads."""
    if not may_rate(actor, ticket) or shown.matter.state not in {AWAITING_RATING, CLOSED}:
        return False
    if shown.pk == ticket.pk:
        return shown.matter.state == AWAITING_RATING
    until = charter_for(shown.matter).step_due_at("rating", shown.checked_at or actor.now)
    is_open = shown.matter.state == AWAITING_RATING or until is None or actor.now <= until
    return is_open and not shown.ratings.filter(voice=ticket, round=shown.rounds).exists()
