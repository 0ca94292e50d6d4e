"""The only place that writes campaigns and tags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.audit.actions import record_act
from linli.campaigns.models import Campaign, Tagging
from linli.campaigns.permissions import may_run_campaign, may_tag
from linli.campaigns.queries import campaigns_for, tags_of
from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.core.flow import action
from linli.core.times import day_of
from linli.matters.models import Matter
from linli.people.queries import community_of
from linli.places.models import Place


@action
def start_campaign(
    *, actor: Actor, place: Place, name: str, to_on: date | None = None, name_bo: str = "", name_en: str = ""
) -> Campaign:
    """Starts a campaign over a place, or a standing tag where it has no end (003-68, 003-70)."""
    if not may_run_campaign(actor, place):
        raise NotAllowed
    today = day_of(actor.now)
    wrong: dict[str, list[Any]] = {}
    if not 1 <= len(name := " ".join(name.split())) <= 30:
        wrong["name"] = [_("名称写 1 到 30 个字。")]
    if to_on is not None and to_on < today:
        wrong["to_on"] = [_("结束的日子已经过去了。")]
    if wrong:
        raise BadInput(wrong)
    names = {"name": name, "name_bo": name_bo.strip()[:60], "name_en": name_en.strip()[:60]}
    try:
        with transaction.atomic():
            made = Campaign.objects.create(place=place, from_on=today, to_on=to_on, **names)
    except IntegrityError:
        raise BadInput({"name": [_("这里已经有“%(name)s”了。") % {"name": name}]}) from None
    record_act(actor=actor, verb="campaign.started", subject=made.uid, community=community_of(place))
    return made


@action
def end_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """Ends a campaign today; what bears its tag keeps it."""
    if not may_run_campaign(actor, campaign.place):
        raise NotAllowed
    today = day_of(actor.now)
    running = Campaign.objects.filter(pk=campaign.pk).exclude(to_on__lte=today)
    if not running.update(to_on=today):
        raise LostRace(_("它已经结束了。"))
    record_act(actor=actor, verb="campaign.ended", subject=campaign.uid, community=community_of(campaign.place))


@action
def tag_matter(*, actor: Actor, matter: Matter, campaigns: Sequence[Campaign]) -> None:
    """Has a report bear these tags of those that run where it stands, and no other of them (003-19)."""
    if not may_tag(actor, matter):
        raise NotAllowed
    offered = {one.pk for one in campaigns_for(matter, day_of(actor.now))}
    wanted = {one.pk for one in campaigns}
    if not wanted <= offered:
        raise BadInput({"": [_("这个标签在这里用不上了。")]})
    before = tags_of(matter) & offered
    Tagging.objects.filter(matter=matter, campaign__in=before - wanted).delete()
    rows = [Tagging(campaign_id=pk, matter=matter, tagged_at=actor.now) for pk in wanted - before]
    Tagging.objects.bulk_create(rows, ignore_conflicts=True)
    detail = {"added": len(wanted - before), "removed": len(before - wanted)}
    community = matter.community.code if matter.community else ""
    record_act(actor=actor, verb="campaign.tagged", subject=matter.uid, community=community, detail=detail)
