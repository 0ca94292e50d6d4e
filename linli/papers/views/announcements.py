"""The sheet of an announcement for the doors: Chinese first, Tibetan where a reader has looked at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from linli.announcements.queries import announcement_of, span_of, title_of
from linli.charters.rules import Words
from linli.core.actor import Request
from linli.core.times import day_of, say_day
from linli.papers.prints import paper_for
from linli.ui.prints import pdf_response

SHEET = "papers/print_announcement.html"


def _sheet(request: Request, uid: str) -> dict[str, Any]:
    """What stands on it. Raises `NotFound`."""
    found = announcement_of(request.actor, uid)
    paper = paper_for(request, found.places.select_related("community").first())
    said: dict[str, list[str]] = {}
    for language in ("zh-hans", "bo"):
        with override(language):
            said[language] = [title_of(found, language), span_of(found), say_day(day_of(request.actor.now))]
    has_tibetan = bool(found.is_bo_read and found.words_bo)
    titles, spans, days = zip(said["zh-hans"], said["bo"] if has_tibetan else ["", "", ""], strict=True)
    return {
        "announcement": found,
        "paper": paper,
        "url": paper.url(reverse("announcement", args=[uid])),
        "title": Words(*titles),
        "span": Words(*spans),
        "words": Words(found.words, found.words_bo if has_tibetan else ""),
        "body": Words(found.body.name, found.body.name_bo if has_tibetan else ""),
        "day": days[0],
    }


@require_GET
def announcement_sheet(request: Request, uid: str) -> HttpResponse:
    """The sheet on the screen."""
    more = {"pdf": reverse("announcement-pdf", args=[uid]), "back": reverse("announcement-detail", args=[uid])}
    return render(request, SHEET, _sheet(request, uid) | more)


@require_GET
def announcement_pdf(request: Request, uid: str) -> HttpResponse:
    """The sheet as PDF."""
    context = _sheet(request, uid)
    return pdf_response(SHEET, context, context["title"].zh)
