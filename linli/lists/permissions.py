"""Who may take lists out. Personal data needs two persons, both with a post over the place (PRV-037)."""

from __future__ import annotations

from typing import Any

from linli.access.queries import is_demo
from linli.core.actor import Actor
from linli.lists.models import ExportRequest
from linli.tickets.permissions import CHECKERS, DESK, SUPERVISORS

LISTERS = tuple(dict.fromkeys((*CHECKERS, *SUPERVISORS)))


def may_list(actor: Actor) -> bool:
    """Whoever looks after the reports of an area may take out a list without personal data."""
    return actor.is_signed_in and actor.holds(*LISTERS)


def may_study(actor: Actor) -> bool:
    """Who may list; in a demo anybody: the file is looked at and not kept."""
    return may_list(actor) or is_demo()


def may_ask_export(actor: Actor, place: Any) -> bool:
    """The desk and those above it, for the place they answer for."""
    return place is not None and actor.person_id is not None and actor.holds(*DESK, *SUPERVISORS, over=place)


def may_decide_export(actor: Actor, request: ExportRequest) -> bool:
    """Another person than the one who asks: the secretary, or an officer above."""
    if actor.person_id is None or actor.person_id == request.asker_id:
        return False
    return actor.holds(*SUPERVISORS, over=request.place)


may_approve_export = may_refuse_export = may_decide_export


def may_take_export(actor: Actor, request: ExportRequest) -> bool:
    """Who asked, and still has the post; nobody in their name."""
    return actor.person_id == request.asker_id and may_ask_export(actor, request.place)


def may_see_export(actor: Actor, request: ExportRequest) -> bool:
    """Who asked, and those who may decide."""
    return actor.person_id == request.asker_id or may_decide_export(actor, request)
