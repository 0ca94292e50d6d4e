"""How personal data is handled, for everybody; and whom it is entrusted to or demanded by, for who answers for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.charters.queries import charter_of
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.people import actions, forms, permissions
from linli.people.held import HELD
from linli.people.models import Demand, Person, Processor
from linli.people.queries import (
    communities_of,
    demands_visible_to,
    offices,
    persons_visible_to,
    processors_in_force,
    processors_kept_by,
)
from linli.ui.forms import put_refusal

OFFICES_SHOWN = 12
SHOWN = 100
SENSITIVE = ("L3", "L4")


@require_safe
def notice(request: Request) -> HttpResponse:
    """Who we are, what is kept of whom, why, how long, who else, and what one may ask for (PRV-041; PIPL 17)."""
    here = next((grant.place_id for grant in request.actor.grants if grant.level == "community"), None)
    found = list(offices(here)[: OFFICES_SHOWN + 1])
    held = [each for each in HELD if each.fields]
    context = {
        "offices": found[:OFFICES_SHOWN],
        "has_more": len(found) > OFFICES_SHOWN,
        "hotline": charter_of(here).phones.get("hotline"),
        "held": [{"words": each.words, **_layer(each)} for each in held],
        "has_sensitive": any(field.sensitivity in SENSITIVE for each in held for field in each.fields),
        "processors": list(processors_in_force(day_of(request.actor.now))[:SHOWN]),
    }
    return render(request, "people/privacy.html", context)


def _layer(holding: Any) -> dict[str, list[Any]]:
    """One module in three short lists: the kinds, what for, how long."""
    columns = {"kinds": "words", "purposes": "purpose", "terms": "retention"}
    return {
        name: list(dict.fromkeys(getattr(field, column) for field in holding.fields))
        for name, column in columns.items()
    }


def _answers(request: Request) -> None:
    if not permissions.may_see_demands(request.actor):
        raise NotAllowed


def _post(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: Request, form: Any, title: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "back": reverse(back)}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


def _may_all(request: Request) -> bool:
    return request.actor.holds("administrator")


@never_cache
@require_safe
def list_processors(request: Request) -> HttpResponse:
    """Whom data is entrusted to."""
    _answers(request)
    rows = list(processors_kept_by(request.actor)[:SHOWN])
    return render(request, "people/processors.html", {"processors": rows, "today": day_of(request.actor.now)})


@never_cache
@require_http_methods(["GET", "POST"])
def add_processor(request: Request) -> HttpResponse:
    """Write an entrusting down."""
    _answers(request)
    form = forms.ProcessorForm(communities_of(request.actor)[:SHOWN], _post(request), may_all=_may_all(request))
    if form.is_valid():
        try:
            draft = actions.ProcessorDraft(**form.words(), community=form.community)
            actions.add_processor(actor=request.actor, draft=draft)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("记下了。大家在“个人信息怎么用”里能看到。"))
            return HttpResponseRedirect(reverse("processors"))
    lead = _("把个人信息交给外面的单位处理，先签合同，再记在这里（个人信息保护法第二十一条）。")
    return _form(request, form, _("记一份委托"), lead, "processors")


@never_cache
@require_http_methods(["GET", "POST"])
def end_processor(request: Request, uid: str) -> HttpResponse:
    """End an entrusting with proof."""
    _answers(request)
    processor: Processor | None = processors_kept_by(request.actor).filter(uid=uid).first()
    if processor is None:
        raise NotFound
    form = forms.EndProcessorForm(_post(request), initial={"on": day_of(request.actor.now)})
    if form.is_valid():
        try:
            actions.end_processor(actor=request.actor, processor=processor, **form.cleaned_data)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return HttpResponseRedirect(reverse("processors"))
    title = _("结束“%(party)s”的委托") % {"party": processor.party}
    return _form(request, form, title, _("资料要退回或删除，并留下证明。"), "processors")


@never_cache
@require_safe
def list_demands(request: Request) -> HttpResponse:
    """What authorities asked for."""
    _answers(request)
    return render(request, "people/demands.html", {"demands": list(demands_visible_to(request.actor)[:SHOWN])})


@never_cache
@require_http_methods(["GET", "POST"])
def note_demand(request: Request) -> HttpResponse:
    """Write down an authority's paper."""
    _answers(request)
    form = forms.DemandForm(communities_of(request.actor)[:SHOWN], _post(request), may_all=_may_all(request))
    if form.is_valid():
        words = form.words()
        about = words.pop("person")
        person = persons_visible_to(request.actor).filter(uid=about).first() if about else None
        if about and person is None:
            form.add_error("person", _("找不到这个人。请到“人”那一页再核对一下编号。"))
        else:
            return _noted(request, actions.DemandDraft(**words, person=person, community=form.community))
    lead = _("只认盖章的法律文书。登记以后，要两个人都同意才能提供；能告诉本人的，要告诉本人。")
    return _form(request, form, _("登记一份机关的调取"), lead, "demands")


def _noted(request: Request, draft: actions.DemandDraft) -> HttpResponse:
    demand = actions.note_demand(actor=request.actor, draft=draft)
    messages.success(request, _("登记好了。还要两个人同意。"))
    return HttpResponseRedirect(reverse("demand", args=[demand.uid]))


@never_cache
@require_http_methods(["GET", "POST"])
def show_demand(request: Request, uid: str) -> HttpResponse:
    """One paper: who agreed, what was given, whether the person was told."""
    demand = demands_visible_to(request.actor).filter(uid=uid).first()
    if demand is None:
        raise NotFound
    act = request.POST.get("act", "")
    words = forms.DemandWordsForm(request.POST if act in {"give", "refuse"} else None)
    told = forms.ToldForm(request.POST if act == "tell" else None)
    if request.method == "POST":
        try:
            if _done(request, demand, act, words, told):
                return HttpResponseRedirect(reverse("demand", args=[uid]))
        except BadInput as refusal:
            put_refusal(told if act == "tell" else words, refusal)
    return _demand_page(request, demand, words, told)


def _done(request: Request, demand: Demand, act: str, words: Any, told: Any) -> bool:
    """Do what was pressed; False where something has to be typed first."""
    actor = request.actor
    if act == "agree":
        actions.agree_demand(actor=actor, demand=demand)
    elif act in {"give", "refuse"} and words.is_valid():
        run = actions.give_demand if act == "give" else actions.refuse_demand
        run(actor=actor, demand=demand, words=words.cleaned_data["words"])
    elif act == "tell" and told.is_valid():
        actions.tell_demand(actor=actor, demand=demand, **told.cleaned_data)
    else:
        return False
    messages.success(request, _("记下了。"))
    return True


def _demand_page(request: Request, demand: Demand, words: Any, told: Any) -> HttpResponse:
    signed: list[Person] = [each for each in (demand.first_by, demand.second_by) if each is not None]
    facts = [
        (_("机关"), demand.authority),
        (_("文书"), demand.paper_no),
        (_("要什么"), demand.scope),
        (_("谁的信息"), demand.person.display_name if demand.person else _("不针对一个人")),
        (_("登记人"), demand.noted_by.display_name if demand.noted_by else ""),
        (_("谁同意了"), "、".join(each.display_name for each in signed) or _("还没有人")),
    ]
    context = {
        "demand": demand,
        "facts": facts,
        "words": words,
        "told": told,
        "may_agree": demand.state in {"noted", "agreed"} and permissions.may_agree_demand(request.actor, demand),
        "may_end": permissions.may_end_demand(request.actor, demand),
        "is_told": bool(demand.told_on or demand.untold_reason),
    }
    status = 422 if words.errors or told.errors else 200
    return render(request, "people/demand.html", context, status=status)
