"""Accounts of others: opened in person, with a slip."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.access import actions, forms
from linli.access.models import Account
from linli.access.permissions import may_open_account
from linli.access.queries import account_of
from linli.access.rules import SLIP_LIFE
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.people.models import Person
from linli.people.queries import persons_visible_to
from linli.ui.forms import put_refusal


@never_cache
@require_http_methods(["GET", "POST"])
def open_for(request: Request, person_uid: str) -> HttpResponse:
    """Open an account for somebody, or give a new slip to who forgot the passphrase."""
    person = persons_visible_to(request.actor).filter(uid=person_uid).first()
    if person is None:
        raise NotFound
    if not may_open_account(request.actor, person):
        raise NotAllowed
    account = account_of(person.pk)
    has_login = bool(account and account.login)
    form = forms.OpenForm(request.POST if request.method == "POST" and not has_login else None)
    if request.method == "POST":
        if account is not None and has_login:
            return _slip(request, person, account)
        if form.is_valid():
            try:
                opened = actions.open_account(actor=request.actor, person=person, login=form.cleaned_data["login"])
            except BadInput as refusal:
                put_refusal(form, refusal)
            else:
                return _slip(request, person, opened)
    context = {"person": person, "account": account, "form": form, "has_login": has_login}
    return render(request, "access/open.html", context, status=422 if form.errors else 200)


def _slip(request: Request, person: Person, account: Account) -> HttpResponse:
    """The slip, shown this once, to be printed and handed over."""
    code = actions.give_slip(actor=request.actor, account=account)
    if not code:
        return render(request, "access/vouched.html", {"person": person})
    context = {"person": person, "account": account, "code": code, "until": request.actor.now + SLIP_LIFE}
    return render(request, "access/slip.html", {**context, "address": request.build_absolute_uri("/sign-in/start/")})
