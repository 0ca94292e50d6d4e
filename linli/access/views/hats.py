"""Which of one's posts one acts in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.access import actions
from linli.access.queries import COOKIE, hats_of, is_demo, needs_second_factor, session_of
from linli.access.views.doors import agent_of, landing, open_door, wanted
from linli.core.actor import Request
from linli.core.errors import NotAllowed, NotFound
from linli.core.times import day_of
from linli.people.models import Appointment, Person
from linli.people.rules import POSTS


@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """The list of one's hats, and putting on another."""
    actor = request.actor
    if not actor.is_signed_in:
        raise NotAllowed
    token, today = request.COOKIES.get(COOKIE, ""), day_of(actor.now)
    hats = hats_of(session_of(token, actor.now), actor.person_id, today)
    if request.method == "POST":
        hat = next((each for each in hats if each.uid == request.POST.get("hat")), None)
        if hat is None:
            raise NotFound
        fresh = actions.wear_hat(actor=actor, token=token, appointment=hat)
        return open_door(request, fresh, wanted(request))
    waits = not actor.second_factor and needs_second_factor(actor.person_id, today)
    shown = [{"hat": hat, "words": POSTS[hat.post].words, "is_worn": hat.pk == actor.appointment_id} for hat in hats]
    return render(request, "access/hats.html", {"hats": shown, "waits": waits, "next": landing()})


@require_POST
def wear_role(request: Request, person_uid: str) -> HttpResponse:
    """One press puts on a role of the demo; elsewhere there is no such address."""
    if not is_demo():
        raise NotFound
    person = Person.objects.filter(uid=person_uid, erased_at=None).first()
    if person is None:
        raise NotFound
    uid = request.POST.get("hat", "")
    hat = Appointment.objects.filter(uid=uid, person=person).select_related("body", "place").first() if uid else None
    if uid and hat is None:
        raise NotFound
    opened = actions.wear_role(actor=request.actor, person=person, appointment=hat, device=agent_of(request))
    return open_door(request, opened.token, wanted(request))
