"""The pattern page: every component, in each state, with plain values in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.core import times
from linli.ui.forms import SampleForm
from linli.ui.prints import pdf_response


def show(request: HttpRequest) -> HttpResponse:
    """Every component of the shelf, in each state."""
    if request.method == "POST":
        form = SampleForm(request.POST, request.FILES)
        if form.is_valid():
            return HttpResponseRedirect(request.path)
        return render(request, "ui/patterns.html", {**_samples(), "form": form}, status=422)
    return render(request, "ui/patterns.html", _samples())


def show_print(request: HttpRequest) -> HttpResponse:
    """A sheet and a poster, as the printer gets them."""
    return render(request, "ui/patterns_print.html", {**_samples(), "address": request.build_absolute_uri("/")})


def show_pdf(request: HttpRequest) -> HttpResponse:
    """The same two sheets as a PDF."""
    context = {**_samples(), "address": request.build_absolute_uri("/")}
    return pdf_response("ui/patterns_print.html", context, _("样式板"))


def _samples() -> dict[str, Any]:
    """Plain values for the pattern page, in the reader's language."""
    now = times.moment(times.day_of(times.now())) + timedelta(hours=14, minutes=20)
    return {
        **_choices(),
        **_counts(times.day_of(now)),
        "moments": SimpleNamespace(
            now=now, past=now - timedelta(minutes=40), soon=now + timedelta(hours=3), later=now + timedelta(days=18)
        ),
        "photos": [{"src": "/static/ui/mark.svg", "href": "#photo", "alt": _("一张照片"), "words": "14:19"}],
        "facts": [(_("在哪里"), _("二楼")), (_("谁在办"), _("已经有人接了"))],
        "tabs": [
            {"href": "#1", "words": _("我的一天"), "count": 7, "current": True},
            {"href": "#2", "words": _("说一声")},
            {"href": "#3", "words": _("数字")},
        ],
        "hat": {"href": "#hat", "words": _("二楼")},
        "form": SampleForm(),
        "wrong": SampleForm({"words": "", "choice": "x"}, prefix="wrong"),
        "steps": [_("说什么事"), _("在哪里"), _("送出")],
    }


def _choices() -> dict[str, Any]:
    """What can be chosen from."""
    return {
        "options": [("a", _("灯"), _("门口、楼梯")), ("b", _("水")), ("c", _("别的"))],
        "picked": ["a", "c"],
        "trail": [{"words": _("南院"), "href": "#t"}, {"words": _("2号楼")}],
        "branches": [
            {"words": _("东门"), "href": "#e", "sub": "1–6"},
            {"words": _("西门"), "value": "w", "current": True},
        ],
        "levels": [{"name": "yard", "label": _("院子"), "options": [("s", _("南院"))], "selected": "s"}],
        "parts": [
            {"words": _("显示")},
            {
                "words": _("新来的"),
                "options": [{"href": "#n", "words": _("新来的"), "current": True}, {"href": "#o", "words": _("办结")}],
            },
            {"words": _("二楼"), "off": "#x"},
        ],
    }


def _counts(day: date) -> dict[str, Any]:
    """What can be counted, and a week from ``day``."""
    rows = [(_("灯"), 42, 40), (_("水"), 17, 15), (_("别的"), 3, 3)]
    kinds = ("done", "soon", "late")
    return {
        "bars": [
            {"words": words, "value": count, "kind": kind, "href": "#r"}
            for (words, count, _n), kind in zip(rows, kinds, strict=True)
        ],
        "days": [
            {
                "day": (day + timedelta(days=n)).day,
                "weekday": times.say_day(day + timedelta(days=n)).rsplit(" ", 1)[-1],
                "words": _("开会") if n == 2 else "",
                "href": "#d" if n == 2 else "",
                "current": n == 0,
                "off": (day + timedelta(days=n)).weekday() > 4,
            }
            for n in range(7)
        ],
        "table": {"head": [_("什么事"), _("来了"), _("办结")], "rows": rows},
    }
