"""Tags on reports, and what a campaign comes to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.campaigns.actions import end_campaign, start_campaign, tag_matter
from linli.campaigns.models import Campaign, Tagging
from linli.campaigns.queries import tally_of
from linli.core.errors import BadInput, LostRace, NotAllowed
from linli.tickets.tests.conftest import NOW, TODAY


def test_start_campaign_once_by_name(town, helmets):
    assert (helmets.from_on, helmets.to_on) == (TODAY, None)
    with pytest.raises(BadInput):
        start_campaign(actor=town.who.secretary, place=town.place.community, name="一盔一带")


def test_start_campaign_is_refused(town):
    for who in ("resident", "desk", "manager", "next_desk"):
        with pytest.raises(NotAllowed):
            start_campaign(actor=getattr(town.who, who), place=town.place.community, name="随手拍")
    past = TODAY - timedelta(days=1)
    with pytest.raises(BadInput) as refusal:
        start_campaign(actor=town.who.secretary, place=town.place.community, name=" ", to_on=past)
    assert set(refusal.value.fields) == {"name", "to_on"}


def test_end_campaign_once(town, helmets):
    with pytest.raises(NotAllowed):
        end_campaign(actor=town.who.desk, campaign=helmets)
    end_campaign(actor=town.who.secretary, campaign=helmets)
    with pytest.raises(LostRace):
        end_campaign(actor=town.who.secretary, campaign=helmets)


def test_tag_matter_and_untag(town, helmets):
    matter = town.file().matter
    tag_matter(actor=town.who.desk, matter=matter, campaigns=[helmets])
    tag_matter(actor=town.who.desk, matter=matter, campaigns=[helmets])
    assert Tagging.objects.get().matter == matter
    tag_matter(actor=town.who.desk, matter=matter, campaigns=[])
    assert not Tagging.objects.exists()


def test_tag_matter_is_refused(town, helmets):
    matter, far = town.file().matter, town.file(place=town.place.far).matter
    for who in ("resident", "repairman", "next_desk"):
        with pytest.raises(NotAllowed):
            tag_matter(actor=getattr(town.who, who), matter=matter, campaigns=[helmets])
    with pytest.raises(BadInput):
        tag_matter(actor=town.who.next_desk, matter=far, campaigns=[helmets])
    end_campaign(actor=town.who.secretary, campaign=helmets)
    with pytest.raises(BadInput):
        tag_matter(actor=town.who.desk.at(NOW + timedelta(days=1)), matter=matter, campaigns=[helmets])


def test_tally_counts_what_bears_the_tag(town, helmets):
    first, second, _other = (town.file().matter for _ in range(3))
    for matter in (first, second):
        tag_matter(actor=town.who.desk, matter=matter, campaigns=[helmets])
    tally = tally_of(town.who.desk, helmets)
    assert (tally.reports, tally.voices, tally.done, tally.on_time) == (2, 2, 0, 0)


def test_campaign_by_the_pages(town, visit):
    sent = {"place": town.place.community.uid, "name": "随手拍"}
    answer = visit("secretary", "/campaigns/new/", sent, "post")
    made = Campaign.objects.get()
    assert answer.url == f"/campaigns/{made.uid}/"
    matter = town.file().matter
    at = f"/campaigns/tags/{matter.uid}/"
    assert "随手拍" in visit("desk", at).content.decode()
    assert visit("desk", at, {"campaigns": [made.uid]}, "post").status_code == 302
    page = visit("officer", f"/campaigns/{made.uid}/").content.decode()
    assert matter.number in page
    assert visit("next_desk", f"/campaigns/{made.uid}/").status_code == 404
    assert visit("desk", f"/campaigns/{made.uid}/end/", {}, "post").status_code == 403
    assert visit("secretary", f"/campaigns/{made.uid}/end/", {}, "post").status_code == 302


def test_campaigns_are_not_for_residents(town, helmets, visit):
    matter = town.file().matter
    assert visit("resident", "/campaigns/").status_code == 403
    assert visit("resident", f"/campaigns/{helmets.uid}/").status_code == 404
    assert visit("resident", f"/campaigns/tags/{matter.uid}/").status_code == 404
    assert visit("desk", "/campaigns/new/").status_code == 403
