"""Pages: the charter for everybody, its change for the secretary, the working calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.charters.actions import FaultyCharter, apply_charter, change_calendar
from linli.charters.forms import CalendarForm, CharterForm
from linli.charters.permissions import may_apply_charter, may_change_calendar
from linli.charters.queries import calendar_of, charter_of, version_of, versions_of
from linli.charters.rules.days import FIRST_DAY, LAST_DAY
from linli.charters.rules.diff import differences
from linli.charters.rules.plain import categories_by_group, office_hours, promises
from linli.charters.rules.profiles import check, profile_names, profile_text
from linli.charters.rules.spans import say_span
from linli.charters.rules.year import holidays_of, makeup_days_of, months_of
from linli.core.actor import Request
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.times import WEEKDAYS_BO
from linli.places.models import Place
from linli.places.queries import place_by_code

WEEKDAYS = {"zh": "一二三四五六日", "en": "MTWTFSS", "bo": [day.removesuffix("།") for day in WEEKDAYS_BO]}
STARTER = """# 只写和全国通用章程不同的地方。
[charter]
extends = "cn-default"
title = { zh = "%s章程" }

[phones.office]
zh = "社区电话"
number = ""
"""


def _community(code: str) -> Place:
    place = place_by_code(code)
    if place.level != "community":
        raise NotFound
    return place


@require_safe
def show_charter(request: Request, code: str) -> HttpResponse:
    """What a resident of this community may expect, by when."""
    community = _community(code)
    charter = charter_of(community.pk)
    language = get_language() or "zh-hans"
    return render(
        request,
        "charters/charter_detail.html",
        {
            "community": community,
            "charter": charter,
            "promises": promises(charter, language),
            "groups": list(categories_by_group(charter, language)),
            "hours": office_hours(charter),
            "said": {name: say_span(span, language) for name, span in charter.steps.items()},
            "versions": list(versions_of(community.pk)[:10]),
            "may_change": may_apply_charter(request.actor, community),
        },
    )


def _form_page(request: Request, community: Place, form: CharterForm, **more: Any) -> HttpResponse:
    context = {"community": community, "form": form, "profiles": profile_names(), **more}
    status = 422 if more.get("faults") or form.errors else 200
    return render(request, "charters/charter_change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_charter(request: Request, code: str) -> HttpResponse:
    """Check first, see what would change, then apply."""
    community = _community(code)
    if not may_apply_charter(request.actor, community):
        raise NotAllowed
    last = versions_of(community.pk).first()
    if request.method != "POST":
        start = last.text if last else STARTER % community.name
        return _form_page(request, community, CharterForm(initial={"text": start}))
    form = CharterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, community, form)
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    shown = CharterForm(initial={"text": text})
    if request.POST.get("step") == "apply":
        try:
            version = apply_charter(actor=request.actor, community=community, text=text)
        except FaultyCharter as faulty:
            return _form_page(request, community, shown, faults=faulty.faults)
        messages.success(
            request, _("章程第%(number)s版从现在起用。正在办的事还按原来的章程。") % {"number": version.number}
        )
        return redirect("charter-detail", code=community.code)
    checked = check(text)
    if not checked.is_good:
        return _form_page(request, community, shown, faults=checked.faults)
    changes = differences(charter_of(community.pk).data, checked.data)
    return _form_page(request, community, shown, changes=changes, is_checked=True, text=text)


@require_safe
def download_charter(request: Request, code: str, number: int) -> HttpResponse:
    """An applied charter as it was written; number 0 is the national profile."""
    community = _community(code)
    text = version_of(community.pk, number).text if number else profile_text("cn-default")
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="charter-{community.code}-{number}.toml"'
    return answer


def _year_of(request: Request) -> int:
    words = request.GET.get("year", "")
    year = int(words) if words.isascii() and words.isdecimal() and len(words) == 4 else request.actor.now.year
    return min(max(year, FIRST_DAY.year), LAST_DAY.year)


@require_safe
def show_calendar(request: Request) -> HttpResponse:
    """A year: which days are worked, and who announced it."""
    code = request.GET.get("community", "")
    community = _community(code) if code else None
    calendar = calendar_of(community.pk if community else None)
    year = _year_of(request)
    return render(
        request,
        "charters/calendar_detail.html",
        {
            "community": community,
            "year": year,
            "years": range(max(year - 1, FIRST_DAY.year), min(year + 2, LAST_DAY.year + 1)),
            "is_official": calendar.is_official(year),
            "source": calendar.official_years.get(year, ""),
            "holidays": holidays_of(year, calendar),
            "makeup_days": makeup_days_of(year, calendar),
            "months": list(months_of(year, calendar)),
            "weekdays": WEEKDAYS.get((get_language() or "zh")[:2], WEEKDAYS["zh"]),
            "may_change": may_change_calendar(request.actor),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_days(request: Request) -> HttpResponse:
    """An administrator brings in a year's days by file."""
    if not may_change_calendar(request.actor):
        raise NotAllowed
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change = change_calendar(actor=request.actor, text=given["text"], layer=given["layer"])
        except BadInput as bad:
            form.add_error("text", [str(words) for words in bad.fields["text"]])
        else:
            days = len(change.days) if change else 0
            messages.success(request, _("日历已更新，有%(days)s天的上班或休息变了。") % {"days": days})
            return redirect(reverse("calendar-detail"))
    return render(request, "charters/calendar_change.html", {"form": form}, status=422 if form.errors else 200)
