"""Filters and tags that every template may use: moments, areas, shares, clocks, drawn figures."""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import segno
from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import DisallowedHost
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from linli.core import numbers, secret, times
from linli.ui import rules

register = template.Library()
register.filter("moment", times.say_moment)
register.filter("day", times.say_day)
register.filter("area", numbers.area_words)
register.filter("yuan", numbers.yuan_words)
register.filter("masked", secret.mask_name)
register.filter("masked_phone", secret.mask_phone)
register.filter("progress", lambda step, now: rules.progress(int(step), int(now)))

DRAWN_MOST = 4000
SHORT = {"zh-hans": "中", "bo": "བོད", "en": "EN"}


def drawn(template_name: str, **facts: Hashable) -> SafeString:
    """A piece of a page that shows these facts and nothing else: drawn once, since the same facts look the same."""
    return _drawn(template_name, get_language() or "", tuple(facts.items()))


@lru_cache(DRAWN_MOST)
def _drawn(template_name: str, _language: str, facts: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(template_name, dict(facts))


@register.filter
def tag_of(language: str) -> str:
    """The ``lang`` attribute for a language of ours: ``zh-Hans``."""
    return to_locale(language or "zh-hans").replace("_", "-")


@register.filter
def short_language(language: str) -> str:
    """A language in the one or two letters of the header's switch."""
    return SHORT.get(language, language)


@register.filter
def chosen(value: Any, selected: Any) -> bool:
    """Whether ``value`` is the selected one, or among the selected ones."""
    if isinstance(selected, (list, tuple, set, frozenset)):
        return str(value) in {str(one) for one in selected}
    return str(value) == str(selected)


@register.filter
def among(number: int, listed: str) -> bool:
    """Whether ``number`` is named in ``"2,3"``."""
    return str(number) in str(listed).replace(" ", "").split(",")


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the first thing to type in or choose, for a link from the error summary."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def steps(stations: str | Iterable[str]) -> dict[str, Any]:
    """The states of a row of beads, and the sentence that says the same."""
    states = rules.stations_of(stations)
    at = next((number for number, state in enumerate(states, 1) if state != "done"), len(states))
    if all(state == "done" for state in states):
        return {"states": states, "words": _("%(all)s 步都走完了") % {"all": len(states)}}
    return {"states": states, "words": _("一共 %(all)s 步，到第 %(at)s 步") % {"all": len(states), "at": at}}


def say_left(left: rules.Left) -> str:
    """``还剩 3 小时``, ``超 40 分钟``."""
    amount = {"n": left.amount}
    if left.kind == "late":
        said = {
            "minutes": ngettext("超 %(n)s 分钟", "超 %(n)s 分钟", left.amount),
            "hours": ngettext("超 %(n)s 小时", "超 %(n)s 小时", left.amount),
            "days": ngettext("超 %(n)s 天", "超 %(n)s 天", left.amount),
        }
    else:
        said = {
            "minutes": ngettext("还剩 %(n)s 分钟", "还剩 %(n)s 分钟", left.amount),
            "hours": ngettext("还剩 %(n)s 小时", "还剩 %(n)s 小时", left.amount),
            "days": ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", left.amount),
        }
    return said[left.unit] % amount


@register.simple_tag(takes_context=True)
def clock(
    context: Context, due: datetime | None, now: datetime | None = None, paused: Any = None, done: Any = None
) -> dict[str, Any]:
    """A deadline as a chip and a date: kind, words, the moment and how it is said."""
    actor = context.get("actor")
    now = now or (actor.now if actor else times.now())
    if done:
        return {
            "kind": "done",
            "words": done if isinstance(done, str) and done != "1" else _("办结"),
            "at": None,
            "by": "",
        }
    if paused:
        words = _("先停着：%(why)s") % {"why": paused} if isinstance(paused, str) and paused != "1" else _("先停着")
        return {"kind": "wait", "words": words, "at": None, "by": ""}
    if not due:
        return {"kind": "wait", "words": _("没有期限"), "at": None, "by": ""}
    left = rules.time_left(due, now)
    return {
        "kind": left.kind,
        "words": say_left(left),
        "at": due,
        "by": _("%(moment)s 前") % {"moment": times.say_moment(due)},
    }


@register.simple_tag
def gauge(part: Any, whole: Any, mark: Any = "") -> dict[str, int]:
    """The width of a share's bar and the place of its mark (``2/3``, ``0.5``)."""
    return {
        "width": rules.bar_width(Fraction(str(part or 0)), Fraction(str(whole or 0))),
        "mark": rules.bar_width(Fraction(str(mark)), 1) if mark else 0,
    }


@register.simple_tag
def share(part: Any, whole: Any) -> str:
    """``90.16 %``."""
    return numbers.percent(Fraction(str(part or 0)), Fraction(str(whole or 0)))


@register.simple_tag
def bars(rows: Iterable[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """Rows of ``words, value, href, kind`` with the width of each bar; the longest fills the box."""
    listed = [dict(row) for row in rows or ()]
    top = max((row["value"] for row in listed), default=0)
    return [{**row, "width": rules.bar_width(row["value"], top)} for row in listed]


@register.simple_tag
def qr(url: str, label: str = "") -> SafeString:
    """A QR code of ``url`` as inline SVG, black on white, with a quiet border."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, svgclass="qr", lineclass=None,
        title=label or _("二维码"), light="#fff",
    )  # fmt: skip
    return mark_safe(out.getvalue().decode().replace("<svg ", '<svg role="img" ', 1))


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, even where its manifest is missing (the page for a failure must not fail)."""
    try:
        return str(staticfiles_storage.url(path))
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """Where a switch in the header returns to: this page, or where its form stood if this answers a form."""
    request = context.get("request")
    if request is None:
        return "/"
    if request.method in {"GET", "HEAD"}:
        return str(request.get_full_path())
    return back(context) or "/"


@register.simple_tag(takes_context=True)
def back(context: Context) -> str:
    """The page of ours that one came from, or ""."""
    request = context.get("request")
    if request is None:
        return ""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
        is_ours = came.netloc == request.get_host() and not came.path.startswith("//")
    except (ValueError, DisallowedHost):
        return ""
    if not is_ours:
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


@register.filter
def lines(words: Any) -> list[str]:
    """The lines of a label."""
    return str(words).split("\n")


@register.simple_tag
def attributes(named: Mapping[str, Any] | None) -> SafeString:
    """HTML attributes from a widget's: true ones bare, false ones not at all."""
    kept = {name: value for name, value in (named or {}).items() if value is not False and value is not None}
    return format_html_join(
        "",
        "{}",
        ((format_html(' {}="{}"', name, value) if value is not True else f" {name}",) for name, value in kept.items()),
    )
