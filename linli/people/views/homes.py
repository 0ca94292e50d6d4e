"""What ties people to a home: their own page, the desk's on their word, and a household that moved out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.core.times import day_of
from linli.people import actions, forms, permissions, rules
from linli.people.models import Tie
from linli.people.views.own import me
from linli.places.models import Place
from linli.ui.forms import put_refusal


@never_cache
@require_safe
def homes(request: Request) -> HttpResponse:
    """The homes I said I live in or own, and how to end that or add another."""
    ties = [{"row": tie, "words": rules.TIE_KINDS[tie.kind]} for tie in me(request).homes_now]  # type: ignore[attr-defined]
    return render(request, "people/homes.html", {"ties": ties})


@never_cache
@require_http_methods(["GET", "POST"])
def end_tie(request: Request, number: int) -> HttpResponse:
    """End a tie to a home after a day."""
    tie = Tie.objects.select_related("person", "home", "home__community").filter(pk=number, to_on=None).first()
    if tie is None or not permissions.may_end_tie(request.actor, tie.home, tie.person):
        raise NotFound
    is_mine = rules.is_self(request.actor, tie.person)
    back = reverse("me-homes") if is_mine else reverse("person", args=[tie.person.uid])
    form = _day(request)
    if form.is_valid():
        try:
            actions.end_tie(actor=request.actor, tie=tie, on=form.cleaned_data["on"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("记下了。下一家住进来的人看不到您的任何东西。"))
            return HttpResponseRedirect(back)
    title = _("不再是%(home)s的%(kind)s") % {"home": tie.home.label, "kind": rules.TIE_KINDS[tie.kind]}
    return _page(request, form, title, _("最后一天也算在内。保存后要重新进来一次。"), back)


@never_cache
@require_http_methods(["GET", "POST"])
def clear(request: Request, uid: str) -> HttpResponse:
    """A whole household moved out: every tie to the home ends, unused slips die."""
    home = Place.objects.select_related("community").filter(uid=uid, level="home").first()
    if home is None or not permissions.may_end_tie(request.actor, home):
        raise NotFound
    form, back = _day(request), reverse("people")
    if form.is_valid():
        try:
            ended = actions.clear_home(actor=request.actor, home=home, on=form.cleaned_data["on"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("记下了，结束了 %(n)s 个人与这一户的关系。") % {"n": ended})
            return HttpResponseRedirect(back)
    lead = _("登记在这一户的人都不再是这一户的，没用过的入户单也作废。下一家什么也不继承。")
    return _page(request, form, _("%(home)s搬走了") % {"home": home.label}, lead, back)


def _day(request: Request) -> forms.EndForm:
    return forms.EndForm(request.POST if request.method == "POST" else None, initial={"on": day_of(request.actor.now)})


def _page(request: Request, form: forms.EndForm, title: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "back": back}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
