"""Ordering from the list (点单, B.3.10): the price stands there before anything is ordered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.charters.queries import charter_of
from linli.charters.rules import Charter, OrderItem
from linli.core.actor import Request
from linli.core.errors import BadInput
from linli.core.numbers import yuan_words
from linli.doorsteps.forms.order import OrderForm
from linli.doorsteps.queries import office_of
from linli.doorsteps.views.doors import choose_place, place_at
from linli.doorsteps.views.report import receipt_for
from linli.places.models import Place
from linli.places.queries import label_of
from linli.tickets.actions import Draft, file_tickets
from linli.ui.forms import put_refusal


@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """The list at a place, or first the place."""
    tag = request.GET.get("at", "")
    return _order(request, place_at(request, tag)) if tag else choose_place(request, "order")


def said(item: OrderItem) -> str:
    """An item with its price on the second line."""
    price = _("%(yuan)s 元") % {"yuan": yuan_words(item.price_fen)} if item.price_fen else _("不要钱")
    return f"{item.words}\n{price}"


def _order(request: Request, place: Place) -> HttpResponse:
    """Show the list, or take the order: the receipt is the answer."""
    charter: Charter = charter_of(place.community_id)
    items = [(item.code, said(item)) for item in charter.orders.values()]
    is_known = request.actor.person_id is not None
    form = OrderForm(request.POST or None, items=items, is_known=is_known)
    if request.method == "POST" and form.is_valid():
        try:
            filed = file_tickets(actor=request.actor, drafts=[Draft(place=place, source="web", **form.cleaned_data)])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return receipt_for(request, filed[0])
    context = {"form": form, "place": place, "label": label_of(place), "items": items, "office": office_of(place)}
    return render(request, "doorsteps/order.html", context, status=422 if form.errors else 200)
