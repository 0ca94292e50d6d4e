"""Campaigns and what came of them; the tags of one report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.campaigns import actions, queries
from linli.campaigns.forms import CampaignForm, TagForm
from linli.campaigns.permissions import may_run_campaign, may_see_campaigns, may_tag
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.matters.queries import matter_of, page_of
from linli.ui.forms import put_refusal

SHOWN = 20


@require_GET
def index(request: Request) -> HttpResponse:
    """Those where one works."""
    if not may_see_campaigns(request.actor):
        raise NotAllowed
    context = {
        "campaigns": queries.campaigns_visible_to(request.actor)[:200],
        "today": day_of(request.actor.now),
        "may_start": queries.places_run_by(request.actor).exists(),
    }
    return render(request, "campaigns/campaign_list.html", context)


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """A new one."""
    places = {place.uid: place for place in queries.places_run_by(request.actor)}
    if not places:
        raise NotAllowed
    form = CampaignForm(request.POST or None, places=[(uid, place.name) for uid, place in places.items()])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data | {"place": places[form.cleaned_data["place"]]}
        try:
            made = actions.start_campaign(actor=request.actor, **typed)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("开好了。前台在每件事上都能打这个标签。"))
            return redirect("campaign", made.uid)
    title = _("开一个专项或标签")
    context = {"form": form, "title": title}
    return render(request, "campaigns/campaign_form.html", context, status=422 if form.errors else 200)


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """What came of it, and the reports behind the numbers."""
    campaign = queries.campaign_of(request.actor, uid)
    today = day_of(request.actor.now)
    context = {
        "campaign": campaign,
        "tally": queries.tally_of(request.actor, campaign),
        "page": page_of(queries.matters_of(request.actor, campaign), request.GET.get("after", ""), SHOWN),
        "is_running": campaign.to_on is None or campaign.to_on > today,
        "may_run": may_run_campaign(request.actor, campaign.place),
    }
    return render(request, "campaigns/campaign_detail.html", context)


@require_POST
def end(request: Request, uid: str) -> HttpResponse:
    """End it today."""
    actions.end_campaign(actor=request.actor, campaign=queries.campaign_of(request.actor, uid))
    messages.success(request, _("结束了。打过的标签还在。"))
    return redirect("campaign", uid)


@require_http_methods(["GET", "POST"])
def tag(request: Request, uid: str) -> HttpResponse:
    """The tags of one report."""
    matter = matter_of(request.actor, uid)
    if not may_tag(request.actor, matter):
        raise NotFound
    offered = {one.uid: one for one in queries.campaigns_for(matter, day_of(request.actor.now))}
    borne = queries.tags_of(matter)
    choices = [(key, one.name) for key, one in offered.items()]
    form = TagForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial=[key for key, one in offered.items() if one.pk in borne],
    )
    if request.method == "POST" and form.is_valid():
        chosen = [offered[key] for key in form.cleaned_data["campaigns"]]
        actions.tag_matter(actor=request.actor, matter=matter, campaigns=chosen)
        messages.success(request, _("标签存好了。"))
        return redirect("ticket-detail", uid)
    context = {"form": form if choices else None, "title": _("打标签"), "matter": matter}
    return render(request, "campaigns/campaign_form.html", context, status=422 if form.errors else 200)
