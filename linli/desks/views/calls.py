"""The telephone rings: what is typed finds that person's own open matters, before anything is asked."""

from __future__ import annotations

from urllib.parse import urlencode

from cryptography.exceptions import InvalidTag
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed
from linli.core.secret import seal, unseal
from linli.desks.actions import look_up_caller
from linli.desks.forms.filing import CallForm
from linli.desks.permissions import may_take_calls
from linli.tickets.queries import acts_for, leading
from linli.ui.forms import put_refusal

SEALED = "desks.caller"


@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: Request) -> HttpResponse:
    """The number, and what stands open under it. The number itself never stands in an address."""
    actor = request.actor
    if not may_take_calls(actor):
        raise NotAllowed
    form = CallForm(request.POST or None)
    found = None
    if form.is_bound and form.is_valid():
        try:
            found = look_up_caller(actor=actor, number=form.cleaned_data["number"])
        except BadInput as refusal:
            put_refusal(form, refusal)
    shown = [leading(ticket) for ticket in found or ()]
    context = {
        "form": form,
        "is_found": found is not None,
        "calls": [
            {"own": own, "ticket": ticket, "matter": ticket.matter, "may_urge": "urge" in acts_for(actor, ticket)}
            for own, ticket in zip(found or (), shown, strict=True)
        ],
        "new": f"{reverse('desk-new')}?{urlencode({'caller': caller_of(form)})}",
    }
    return render(request, "desks/phone.html", context, status=422 if form.errors else 200)


def caller_of(form: CallForm) -> str:
    """The number encrypted, so that it may travel to the form of a new report."""
    number = form.cleaned_data.get("number", "") if form.is_bound and form.is_valid() else ""
    return seal(number, SEALED) if number else ""


def number_in(caller: str) -> str:
    """The number that `caller_of` hid; "" for anything else."""
    try:
        return unseal(caller, SEALED) if caller else ""
    except (InvalidTag, KeyError, ValueError):
        return ""
