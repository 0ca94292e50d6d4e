"""Who runs campaigns, and who tags reports."""

from __future__ import annotations

from linli.core.actor import Actor
from linli.matters.models import Matter
from linli.places.models import Place

RUNNERS = ("secretary", "street_officer", "district_officer")
TAGGERS = ("desk", "secretary", "street_officer", "district_officer")


def may_see_campaigns(actor: Actor) -> bool:
    """Those who tag."""
    return actor.holds(*TAGGERS)


def may_run_campaign(actor: Actor, place: Place) -> bool:
    """The secretary in the community, the officers above in theirs."""
    return actor.holds(*RUNNERS, over=place)


def may_tag(actor: Actor, matter: Matter) -> bool:
    """Who decides on the report."""
    return actor.holds(*TAGGERS, over=matter)
