"""Adding places, one or a hundred thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.places.actions._planting import PlaceDraft, plant
from linli.places.models import Place
from linli.places.permissions import may_add_under
from linli.places.rules import tree
from linli.places.rules.places import community_code


@action
def add_places(*, actor: Actor, drafts: Sequence[PlaceDraft]) -> list[Place]:
    """Adds places to the register, all or none, each under a parent that exists or comes with it (REG-010, REG-011).

    Raises `BadInput`, whose ``fields`` name the drafts by their number from 0.
    """
    roots = {draft.parent for draft in drafts if not isinstance(draft.parent, PlaceDraft)}
    if not all(may_add_under(actor, parent) for parent in roots):
        raise NotAllowed
    numbers = {draft: number for number, draft in enumerate(drafts)}
    made: dict[PlaceDraft, Place] = {}
    for level in tree.WORDS:
        group = [draft for draft in drafts if draft.level == level]
        if group:
            made |= plant(level, group, made, numbers)
    places = [made[draft] for draft in drafts]
    if places:
        record_act(
            actor=actor,
            verb="places.added",
            subject=places[0].uid,
            community=community_code(places[0].level, places[0].code),
            detail=dict(Counter(place.level for place in places)),
        )
    return places
