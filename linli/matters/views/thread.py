"""The thread page, my day, search."""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.core.actor import Request
from linli.core.errors import NotAllowed
from linli.matters.actions import follow_matter, mark_seen, unfollow_matter
from linli.matters.forms import SearchForm
from linli.matters.permissions import may_follow_as_person
from linli.matters.queries import (
    duplicates_of,
    followed_by,
    looks_of,
    matter_of,
    matters_visible_to,
    my_day,
    page_of,
    search_matters,
    sight_of,
    thread_of,
    way_of,
)
from linli.matters.queries.sight import follows
from linli.matters.rules.clocks import urgency
from linli.matters.rules.numbers import clean_number
from linli.matters.states import URGENCY_WORDS, Audience

RUNNING_FIRST = ("-phase", "-id")
"""Waiting, open, then done: what was merged stands behind what goes on."""


@require_GET
def detail(request: Request, uid: str) -> HttpResponse:
    """The thread page: the whole way of a matter, as far as its reader may know it."""
    actor = request.actor
    matter = matter_of(actor, uid)
    is_following = follows(actor, matter)
    sight = sight_of(actor, matter, is_follower=is_following)
    with suppress(DatabaseError):  # a store that takes no writes still shows its pages
        mark_seen(actor=actor, matter=matter)
    matters = thread_of(matter, actor)
    is_staff = sight == Audience.STAFF
    context = {
        "matter": matter,
        "matters": matters,
        "way": way_of(matters, actor),
        "sight": sight,
        "is_staff": is_staff,
        "is_following": is_following,
        "may_follow": may_follow_as_person(actor, matter),
        "duplicates": duplicates_of(matter, actor),
        "looks": looks_of(matter) if is_staff else [],
    }
    return render(request, "matters/matter_detail.html", context)


@require_POST
def follow(request: Request, uid: str) -> HttpResponse:
    """I want to be told."""
    follow_matter(actor=request.actor, matter=matter_of(request.actor, uid))
    return redirect("matter", uid)


@require_POST
def unfollow(request: Request, uid: str) -> HttpResponse:
    """I do not want to be told any more."""
    unfollow_matter(actor=request.actor, matter=matter_of(request.actor, uid))
    return redirect("matter", uid)


@require_GET
def day(request: Request) -> HttpResponse:
    """My day: what I hold by urgency, and what I follow."""
    actor = request.actor
    if not (actor.is_signed_in or actor.receipts):
        raise NotAllowed
    page = my_day(actor, request.GET.get("after", ""))
    groups = [
        (URGENCY_WORDS[name], list(rows))
        for name, rows in groupby(page.rows, lambda matter: urgency(matter.urgent_at, matter.phase, actor.now))
    ]
    followed = page_of(followed_by(actor), size=10).rows if not request.GET.get("after") else []
    return render(request, "matters/day.html", {"groups": groups, "page": page, "followed": followed})


@require_GET
def search(request: Request) -> HttpResponse:
    """Find a matter by words or by its number; a whole number leads straight to it."""
    actor = request.actor
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    number = clean_number(words)
    if number:
        exact = matters_visible_to(actor).filter(number=number).first()
        if exact:
            return redirect("matter", exact.uid)
    found = search_matters(actor, words).select_related("place", "holder_body")
    page = page_of(found, request.GET.get("after", ""), order=RUNNING_FIRST)
    return render(request, "matters/search.html", {"form": form, "words": words, "page": page})
