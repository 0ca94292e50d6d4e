"""What goes on in the walked town besides reports: a lift, a water cut, a grid's list, a campaign, a kept mapping."""

from __future__ import annotations

from datetime import timedelta

from linli.announcements.actions import AnnouncementDraft, publish_announcement, write_announcement
from linli.batches.actions import keep_mapping
from linli.batches.imports import IMPORTERS
from linli.campaigns.actions import start_campaign
from linli.facilities.actions import FacilityDraft, add_facilities
from linli.grids.actions import add_item
from linli.places.actions import TurnDraft, plan_turn
from linli.tickets.tests.conftest import NOW, TODAY, Town


def affairs_of(town: Town) -> dict[str, dict[str, object]]:
    """What stands in the addresses of these modules."""
    place, who = town.place, town.who
    [lift] = add_facilities(actor=who.secretary, parent=place.building, drafts=[FacilityDraft("电梯", "lift")])
    span = (NOW + timedelta(hours=20), (place.building,), NOW + timedelta(hours=28))
    draft, cut = (
        write_announcement(
            actor=who.desk,
            body=town.body.office,
            draft=AnnouncementDraft("water", "水箱清洗，请提前存水。", *span),
        )
        for _ in range(2)
    )
    publish_announcement(actor=who.desk, announcement=cut)
    duty = add_item(actor=who.desk, grid=place.grid, kind="duty", words="看一遍楼道有没有堆物", often="每周")
    renamed = TurnDraft("rename", TODAY + timedelta(days=30), name="新2号楼")
    turn = plan_turn(actor=who.secretary, place=place.building, draft=renamed)
    mapping = keep_mapping(
        actor=who.administrator, importer=IMPORTERS.get("places"), name="老台账", mapping={"名称": "name"}, options={}
    )
    campaign = start_campaign(actor=who.secretary, place=place.community, name="一盔一带")
    told = {"published": cut.uid, "draft": draft.uid}
    return {
        **dict.fromkeys(("a.uid", "announcements.uid"), told),
        "facilities.uid": {"lift": lift.uid},
        "grids.uid": {"grid": place.grid.uid},
        "grids.kind": {"duty": "duty"},
        "item_uid": {"duty": duty.uid},
        "campaigns.uid": {"campaign": campaign.uid},
        "voices.uid": {"community": place.community.uid, "next": place.next_community.uid},
        "sentence": {"water": "water"},
        "tongue": {"bo": "bo"},
        "turn_uid": {"renamed": turn.uid},
        "pk": {"kept": str(mapping.pk)},
    }
