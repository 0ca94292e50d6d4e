"""Renaming, merging and splitting from a day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.places import actions, queries
from linli.places.forms import MergeForm, RenameForm, SplitForm
from linli.places.models import Place
from linli.places.permissions import may_edit
from linli.places.rules import tree
from linli.places.views.register import place_for
from linli.ui.forms import put_refusal

WAYS: dict[str, tuple[Any, Any]] = {
    "rename": (gettext_lazy("改名"), gettext_lazy("到那天起用新名称，老名称还查得到，代码和海报不变。")),
    "merge": (gettext_lazy("并到别处"), gettext_lazy("里面的一切都归到那边；老海报扫了也到那边。")),
    "split": (gettext_lazy("分出一个新的"), gettext_lazy("勾上的归新地方，代码和海报不变；在办的事跟着走。")),
}


@require_http_methods(["GET", "POST"])
def turn(request: Request, uid: str, kind: str) -> HttpResponse:
    """Plan one of the three; done at once where the day has come."""
    place = place_for(request, uid)
    if kind not in WAYS or (kind != "rename" and place.level not in tree.MERGED):
        raise NotFound
    if not may_edit(request.actor, place):
        raise NotAllowed
    chosen = _choices(place, kind)
    form = _form(request, place, kind, chosen)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        if "target" in typed:
            typed["target"] = chosen[typed["target"]]
        typed["parts"] = tuple(chosen[one] for one in typed.get("parts", ()))
        try:
            planned = actions.plan_turn(actor=request.actor, place=place, draft=actions.TurnDraft(kind, **typed))
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            is_now = planned.from_on <= day_of(request.actor.now)
            messages.success(request, _("改好了。") if is_now else _("定下了，到那天自动改。"))
            return redirect("place", planned.target.uid if is_now and planned.target else uid)
    title, lead = WAYS[kind]
    context = {"place": place, "form": form, "title": title, "lead": lead, "act": _("定下")}
    return render(request, "places/place_form.html", context, status=422 if form.errors else 200)


def _choices(place: Place, kind: str) -> dict[str, Place]:
    if kind == "merge":
        return {one.uid: one for one in queries.targets_of(place)}
    if kind == "split":
        inside = queries.covered_by(place) if place.level == tree.GRID else queries.children_of(place)
        return {one.uid: one for one in inside}
    return {}


def _form(request: Request, place: Place, kind: str, chosen: dict[str, Place]) -> Any:
    data, initial = request.POST or None, {"from_on": day_of(request.actor.now)}
    if kind == "rename":
        names = {name: getattr(place, name) for name in ("name", "name_bo", "name_en")}
        return RenameForm(data, initial=initial | names)
    choices = [(uid, one.label) for uid, one in chosen.items()]
    return (MergeForm if kind == "merge" else SplitForm)(data, initial=initial, choices=choices)


@require_POST
def drop(request: Request, uid: str, turn_uid: str) -> HttpResponse:
    """Take back what was planned."""
    place = place_for(request, uid)
    planned = queries.turns_of(place).filter(uid=turn_uid).first()
    if planned is None:
        raise NotFound
    actions.drop_turn(actor=request.actor, turn=planned)
    messages.success(request, _("撤销了。"))
    return redirect("place", uid)
