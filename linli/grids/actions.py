"""The only place that writes the lists of grids."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.grids.models import GridItem
from linli.grids.permissions import may_keep_grid
from linli.people.models import Body
from linli.people.queries import community_of
from linli.places.models import Place
from linli.places.rules.tree import COVERED


@action
def add_item(
    *, actor: Actor, grid: Place, kind: str, words: str, often: str = "", body: Body | None = None
) -> GridItem:
    """Adds a line to a grid's duty list, or to its assistance list, which names whom it helps (003-07)."""
    if not may_keep_grid(actor, grid):
        raise NotAllowed
    if grid.level not in COVERED:
        raise WrongState(_("这不是网格，也不是片区。"))
    wrong: dict[str, list[Any]] = {}
    if not 1 <= len(words := " ".join(words.split())) <= 200:
        wrong["words"] = [_("写 1 到 200 个字。")]
    if kind == "assist" and body is None:
        wrong["body"] = [_("协助的事要写明是哪个部门的。")]
    if wrong:
        raise BadInput(wrong)
    item = GridItem.objects.create(
        grid=grid, kind=kind, words=words, often=often.strip()[:40], body=body, added_at=actor.now
    )
    record_act(
        actor=actor, verb="grid.item_added", subject=grid.uid, community=community_of(grid), detail={"kind": kind}
    )
    return item


@action
def end_item(*, actor: Actor, item: GridItem) -> None:
    """Takes a line off the list; it stays readable as what was."""
    if not may_keep_grid(actor, item.grid):
        raise NotAllowed
    if not GridItem.objects.filter(pk=item.pk, ended_at=None).update(ended_at=actor.now):
        raise LostRace
    community = community_of(item.grid)
    record_act(
        actor=actor, verb="grid.item_ended", subject=item.grid.uid, community=community, detail={"kind": item.kind}
    )
