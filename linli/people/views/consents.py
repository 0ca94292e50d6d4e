"""A yes or its withdrawal that a clerk writes down for somebody who stands at the desk, with a witness (PRV-042)."""

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
from linli.people import actions, forms, permissions, rules
from linli.people.models import Person
from linli.people.queries import consents_of, persons_visible_to
from linli.ui.forms import put_refusal


def _person(request: Request, uid: str) -> Person:
    person = persons_visible_to(request.actor).filter(uid=uid).first()
    if person is None or not permissions.may_give_consent(request.actor, person):
        raise NotFound
    return person


@never_cache
@require_safe
def ask_all(request: Request, uid: str) -> HttpResponse:
    """The questions, one by one, and which of them stand answered with yes."""
    person = _person(request, uid)
    given = {row.scope: row for row in consents_of(person.pk).filter(state="given")}
    questions = [{"scope": scope, "row": given.get(scope.name)} for scope in rules.SCOPES]
    return render(request, "people/person_consents.html", {"person": person, "questions": questions})


@never_cache
@require_http_methods(["GET", "POST"])
def write_down(request: Request, uid: str, scope: str) -> HttpResponse:
    """One question with the text to read out: a yes before a witness, or the yes taken back on the person's word."""
    person = _person(request, uid)
    if scope not in rules.SCOPES:
        raise NotFound
    back = reverse("person-consents", args=[uid])
    row = consents_of(person.pk).filter(scope=scope, state="given").first()
    if request.method == "POST" and request.POST.get("withdraw"):
        if row is not None:
            actions.withdraw_consent(actor=request.actor, consent=row)
        messages.success(request, _("已经撤回，马上生效。"))
        return HttpResponseRedirect(back)
    form = forms.WitnessedForm(
        request.POST if request.method == "POST" else None, initial={"language": person.language}
    )
    if form.is_valid():
        typed = form.cleaned_data
        answer = actions.Answer(typed["given_by"], typed["witness"], typed["language"])
        try:
            actions.give_consent(actor=request.actor, person=person, scope=scope, answer=answer)
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("记下了。本人随时可以撤回。"))
            return HttpResponseRedirect(back)
    context = {"form": form, "person": person, "scope": rules.SCOPES.get(scope), "row": row}
    return render(request, "people/person_consent.html", context, status=422 if form.errors else 200)
