"""我的: what is held about me, what I agreed to, who looked, and leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.audit.actions import record_act
from linli.audit.queries import looks_at
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import day_of
from linli.people import actions, forms, rules
from linli.people.models import Consent, Person
from linli.people.queries import consents_of, held_about, names_of, with_places
from linli.ui.forms import put_refusal
from linli.ui.views.switches import remember_reading

LOOKS_SHOWN = 100


def me(request: Request) -> Person:
    """The person behind this request, or the way to the door."""
    mine = Person.objects.filter(pk=request.actor.person_id or 0, erased_at=None)
    person = with_places(mine, day_of(request.actor.now)).first()
    if person is None:
        raise NotAllowed
    return person


@never_cache
@require_safe
def show(request: Request) -> HttpResponse:
    """My page."""
    return render(request, "people/me.html", {"person": me(request)})


def _home(request: Request, words: Any, language: str, *, is_large: bool | None = None) -> HttpResponse:
    """Back to my page, with a word in the language and letters just chosen."""
    with override(language):
        messages.success(request, str(words))
    answer = HttpResponseRedirect(reverse("me"))
    remember_reading(answer, language, is_large=is_large)
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: Request) -> HttpResponse:
    """Put my data right."""
    person = me(request)
    form = forms.OwnForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.correct_person(actor=request.actor, person=person, draft=form.draft())
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return _home(request, gettext_lazy("改好了。"), form.cleaned_data["language"])
    context = {"form": form, "title": _("改我的资料"), "lead": _("写错了、换了号，在这里改。"), "back": reverse("me")}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def prefer(request: Request) -> HttpResponse:
    """Channels, quiet hours, language, letters."""
    person = me(request)
    start = {name: getattr(person, name) for name in forms.PreferencesForm.base_fields}
    form = forms.PreferencesForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        typed = {**form.cleaned_data, "channels": tuple(form.cleaned_data["channels"])}
        try:
            actions.set_preferences(actor=request.actor, person=person, preferences=actions.Preferences(**typed))
        except BadInput as refusal:
            put_refusal(form, refusal)
        else:
            return _home(request, gettext_lazy("记下了。"), typed["language"], is_large=typed["wants_large"])
    lead = _("停水、办结这些消息怎么告诉您，什么时候别打扰。急事（比如漏气）不等安静时段。")
    context = {"form": form, "title": _("怎么告诉我"), "lead": lead, "back": reverse("me")}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def consents(request: Request) -> HttpResponse:
    """What I agreed to, and what I am asked."""
    person = me(request)
    rows = list(consents_of(person.pk))
    newest: dict[str, Consent] = {}
    for row in rows:
        newest.setdefault(row.scope, row)
    questions = [{"scope": scope, "row": newest.get(scope.name)} for scope in rules.SCOPES]
    past = [
        {"row": row, "words": rules.SCOPES.get(row.scope).words} for row in rows if row.state not in {"asked", "given"}
    ]
    return render(request, "people/consents.html", {"questions": questions, "past": past})


@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: Request, scope: str) -> HttpResponse:
    """One question with its whole text: yes, or take the yes back."""
    person = me(request)
    if scope not in rules.SCOPES:
        raise NotFound
    open_row = consents_of(person.pk).filter(scope=scope, state="given").first()
    form = forms.ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("withdraw"):
        if open_row is not None:
            actions.withdraw_consent(actor=request.actor, consent=open_row)
        messages.success(request, _("已经撤回，马上生效。"))
        return HttpResponseRedirect(reverse("me-consents"))
    if form.is_valid():
        actions.give_consent(actor=request.actor, person=person, scope=scope)
        messages.success(request, _("记下了。随时可以撤回。"))
        return HttpResponseRedirect(reverse("me-consents"))
    context = {"form": form, "scope": rules.SCOPES.get(scope), "row": open_row}
    return render(request, "people/consent.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def looks(request: Request) -> HttpResponse:
    """谁看过我的信息: who looked, when, why (PRV-036)."""
    person = me(request)
    rows = list(looks_at(person.uid)[:LOOKS_SHOWN])
    names = names_of({row.actor_uid for row in rows})
    shown = [
        {
            "at": row.at,
            "who": names.get(row.actor_uid) or _("系统"),
            "hat": rules.post_words(row.hat),
            "why": rules.PURPOSES.get(row.purpose, row.purpose),
            "what": "、".join(str(rules.CONTACT_WORDS.get(name, name)) for name in row.fields),
        }
        for row in rows
    ]
    return render(request, "people/looks.html", {"looks": shown})


@never_cache
@require_safe
def data(request: Request) -> HttpResponse:
    """Everything held about me, to read."""
    return render(request, "people/data.html", {"held": _readable(held_about(me(request)))})


def _readable(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with a heading, and their filled cells in words."""
    return [
        {
            "words": each["words"],
            "rows": [
                {
                    "what": row.get("what", ""),
                    "cells": [
                        (rules.EXPORT_WORDS.get(name, name), rules.say_held(value))
                        for name, value in row.items()
                        if name != "what" and value not in ("", [], None)
                    ],
                }
                for row in each["rows"]
            ],
        }
        for each in held
    ]


@never_cache
@require_safe
def data_file(request: Request) -> HttpResponse:
    """The same as a file that machines read (PIPL 45: to take along)."""
    person = me(request)
    answer = JsonResponse(
        {"person": person.uid, "made_at": request.actor.now.isoformat(), "held": held_about(person)},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    record_act(actor=request.actor, verb="person.exported", subject=person.uid, person_uid=person.uid)
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: Request) -> HttpResponse:
    """Have everything deleted."""
    person = me(request)
    form = forms.LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.erase_person(actor=request.actor, person=person)
        return render(request, "people/left.html")
    context = {"form": form, "person": person}
    return render(request, "people/leave.html", context, status=422 if form.errors else 200)


@require_safe
def register(request: Request) -> HttpResponse:
    """The processing register: every personal field, why, on what ground, how long (PRV-044). Open to all."""
    from linli.people.held import HELD

    return render(request, "people/register.html", {"held": [each for each in HELD if each.fields]})
