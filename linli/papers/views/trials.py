"""Trying with a telephone whether the address on the posters can be opened."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from linli.access.rules import local_path
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed
from linli.papers.actions import confirm_address
from linli.papers.forms import TrialForm
from linli.papers.permissions import may_try_address
from linli.papers.prints.paper import base_of
from linli.papers.queries import addresses_tried, shown_code
from linli.ui.forms import put_refusal

TELEPHONES = ("Mobi", "Android", "iPhone", "HarmonyOS")


@never_cache
@require_http_methods(["GET", "POST"])
def trial(request: Request) -> HttpResponse:
    """The test code, and a field for what the telephone shows."""
    if not may_try_address(request.actor):
        raise NotAllowed
    base, form = base_of(request), TrialForm(request.POST or None)
    if base and form.is_valid():
        try:
            confirm_address(actor=request.actor, base=base, code=form.cleaned_data["code"])
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return redirect(request.get_full_path())
    context = {
        "form": form,
        "back": local_path(request.GET.get("next", ""), reverse("posters")),
        "base": base,
        "tried": addresses_tried().filter(base=base).first(),
        "url": f"{base}{reverse('address-tried')}",
    }
    return render(request, "papers/trial.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def tried(request: Request) -> HttpResponse:
    """What stands behind the test code: six figures, on a telephone that came by the address on the posters."""
    is_telephone = any(name in request.headers.get("User-Agent", "") for name in TELEPHONES)
    base = base_of(request)
    is_there = is_telephone and base == f"{request.scheme}://{request.get_host()}"
    return render(request, "papers/tried.html", {"code": shown_code(base) if is_there else ""})
