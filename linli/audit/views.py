"""The audit, for those whose office it is to read it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from linli.audit.forms import sentence_of, sought_of
from linli.audit.permissions import may_read_audit
from linli.audit.queries import (
    filtered,
    last_sealed_at,
    names_of,
    page_after,
    records_visible_to,
    say_words,
    top_viewers,
    unsealed_count,
)
from linli.audit.rules import words_of
from linli.core.actor import Request
from linli.core.errors import NotFound

PAGE = 50


@require_GET
def audit(request: Request) -> HttpResponse:
    """Who did or saw what, newest first."""
    if not may_read_audit(request.actor):
        raise NotFound
    sought = sought_of(request.GET, request.actor.now)
    records = page_after(filtered(records_visible_to(request.actor), sought), request.GET.get("before", ""), PAGE)
    names = names_of(uid for record in records for uid in (record.actor_uid, record.person_uid))
    words = say_words(name for each in records for name in (each.hat, each.purpose, *each.fields))
    onward = request.GET.copy()
    if len(records) > PAGE:
        onward["before"] = records[PAGE - 1].uid
    lines = [
        {
            "record": record,
            "words": words_of(record.verb),
            "who": names.get(record.actor_uid, ""),
            "whose": names.get(record.person_uid, ""),
            "hat": words.get(record.hat, record.hat) if record.actor_uid else "",
            "fields": [words.get(name, name) for name in record.fields],
            "why": words.get(record.purpose, record.purpose),
        }
        for record in records[:PAGE]
    ]
    context = {
        "lines": lines,
        "sentence": sentence_of(request.GET),
        "next": f"?{onward.urlencode()}" if len(records) > PAGE else "",
        "unsealed": unsealed_count(),
        "sealed_at": last_sealed_at(),
    }
    return render(request, "audit/audit.html", context)


@require_GET
def viewers(request: Request) -> HttpResponse:
    """Who looked at personal data most in thirty days: the monthly review (PRV-036)."""
    if not may_read_audit(request.actor):
        raise NotFound
    counted = top_viewers(request.actor, request.actor.now - timedelta(days=30))
    names = names_of(uid for uid, _ in counted)
    rows = [{"uid": uid, "name": names.get(uid, uid[:8]), "looks": looks} for uid, looks in counted]
    return render(request, "audit/viewers.html", {"rows": rows})
