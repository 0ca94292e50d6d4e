"""Who may see what of the figures."""

from __future__ import annotations

from typing import Any

from linli.core.actor import Actor

READERS = (
    "desk", "secretary", "grid_worker", "property_manager", "committee", "street_officer", "district_officer",
    "auditor", "administrator",
)  # fmt: skip


def may_see_exact_figures(actor: Actor, place: Any) -> bool:
    """Those with a post over the place see every figure and may open it; everybody else sees no group under five."""
    return actor.holds(*READERS, over=place)


def may_refresh_figures(actor: Actor) -> bool:
    """The clock refreshes; whoever runs the machine rebuilds."""
    return actor.is_system or actor.channel == "command" or actor.holds("administrator")
