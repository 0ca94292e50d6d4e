"""What follows where a place lies elsewhere from a day."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.matters.models import RUNNING, Matter
from linli.places.models import Place
from linli.places.permissions import may_follow_place
from linli.places.queries import within


@action
def move_matters(*, actor: Actor, place: Place, columns: dict[str, int | None]) -> int:
    """Has the running matters of a place carry its new ancestors; those ended stay where they were counted."""
    if not may_follow_place(actor, place):
        raise NotAllowed
    return Matter.objects.filter(within(place) & RUNNING).update(**columns)
