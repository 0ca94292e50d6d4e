"""Pages for what went wrong before or outside a view of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address or form that cannot be read."""
    return render(request, "ui/refusal.html", {"reason": "bad"}, status=400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not for this reader."""
    return render(request, "ui/refusal.html", {"reason": "denied"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    return render(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; the page needs neither database nor request."""
    return HttpResponse(loader.get_template("ui/500.html").render(), status=500)
