"""The front door and what belongs to no module."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from linli.access.queries import is_opened
from linli.config.health import health_of
from linli.config.navigation import Installation
from linli.core.actor import Request
from linli.core.times import now
from linli.demo.views import start as show_demo
from linli.lists.permissions import may_list


def start(request: Request) -> HttpResponse:
    """The start page: in a demo the tour's, else the house's own."""
    if Installation.is_demo:
        return show_demo(request)
    context = {"is_new": not is_opened(), "may_study": may_list(request.actor)}
    return render(request, "config/start.html", context)


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """For the watchman: 200 while all is well, 503 with the reasons while it is not."""
    health = health_of(now())
    return JsonResponse(health.as_dict(), status=503 if health.faults else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without our token: ask to send it again."""
    return render(request, "ui/refusal.html", {"reason": reason}, status=403)
