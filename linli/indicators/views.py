"""The page of figures of a place, and the rows behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from linli.core.actor import Request
from linli.core.errors import NotFound
from linli.core.times import day_of, say_day
from linli.indicators.forms import PeriodForm
from linli.indicators.permissions import may_see_exact_figures
from linli.indicators.prints import month_sheet_of
from linli.indicators.queries import codes_of, counted_in, figures_by, figures_of, names_of, own_place_of, rows_behind
from linli.indicators.rules import (
    BEHIND,
    LEVELS,
    RATE_WORDS,
    Figures,
    hidden_among,
    is_small,
    month_of,
    months_back,
    whole_months,
)
from linli.matters.queries import page_of
from linli.people.queries import bodies_for
from linli.places.models import Place
from linli.places.queries import ancestors_of, place_by_code
from linli.ui.prints import pdf_response

MONTH = "indicators/print_month.html"
GROUP_WORDS = {"month": _("按月"), "body": _("按单位"), "class": _("按类别"), "place": _("按地方")}


def mine(request: Request) -> HttpResponse:
    """To the figures of the place where the reader has a post."""
    place = own_place_of(request.actor)
    if place is None:
        raise NotFound
    return redirect("figures-of-place", code=place.code)


def of_place(request: Request, code: str) -> HttpResponse:
    """The figures with numerator and denominator, then the same split once."""
    place = _place(code)
    form = PeriodForm(request.GET or None)
    is_exact = may_see_exact_figures(request.actor, place)
    period = form.period(day_of(request.actor.now))
    period = period if is_exact else whole_months(*period)
    group = form.group()
    figures = figures_of(place, *period)
    parts = figures_by(group, place, *period)
    shut = not is_exact and _is_shut(place, period)
    names = names_of(group, [key for key, _figures in parts])
    named = [(key, names.get(key) or str(_("没有写明")), part) for key, part in parts]
    codes = codes_of([key for key, _part in parts]) if group == "place" else {}
    context = {
        "place": place,
        "above": [above for above in ancestors_of(place) if above.level in LEVELS and above != place],
        "figures": _shown(figures, place, period, is_exact=is_exact, shut=shut),
        "totals": _totals(figures, place, period, is_exact=is_exact, shut=shut),
        "is_exact": is_exact,
        "sentence": _sentence(place, period, group, day_of(request.actor.now)),
        "head": [
            GROUP_WORDS[group],
            _("件数"),
            *(words for words, _parts in RATE_WORDS.values()),
        ],
        "rows": _rows(Split(place, period, group, codes), named, is_exact=is_exact),
        "group_words": GROUP_WORDS[group],
    }
    return render(request, "indicators/figures.html", context)


def _is_shut(place: Place, period: tuple[date, date]) -> bool:
    """Whether the place above does not show this one, so that its own page must not show it either."""
    above = [each for each in ancestors_of(place) if each.level in LEVELS and each != place]
    if not above:
        return False
    parts = figures_by("place", above[-1], *period)
    hidden = hidden_among([part["cases"] for _key, part in parts])
    return any(parts[at][0] == place.pk for at in hidden)


def rows(request: Request, code: str, figure: str) -> HttpResponse:
    """The very rows a figure counts, for those who may see them: all, or those that pull it down."""
    place = _place(code)
    group, key = request.GET.get("by", ""), request.GET.get("key", "")
    good_key = group in {"", "class", "place"} or (group == "body" and (key.isdigit() or not key))
    if figure not in BEHIND or not may_see_exact_figures(request.actor, place) or not good_key:
        raise NotFound
    behind, is_short = BEHIND[figure], bool(request.GET.get("short")) and bool(BEHIND[figure].short_of)
    period = PeriodForm(request.GET).period(day_of(request.actor.now))
    counted = counted_in(place, period, group, key)
    found = rows_behind(request.actor, counted, figure, is_short=is_short)
    page = page_of(found.select_related("place", "holder_body"), request.GET.get("after", ""))
    chosen = {"by": group, "key": key} if group else {}
    here = _behind(place, period, figure, **chosen)
    context = {
        "place": place,
        "period": period,
        "page": page,
        "count": found.count(),
        "title": RATE_WORDS[figure][0] if figure in RATE_WORDS else behind.all_words,
        "tabs": [
            {"href": here, "words": behind.all_words, "current": not is_short},
            *(
                [{"href": f"{here}&short=1", "words": behind.short_words, "current": is_short}]
                if behind.short_of
                else []
            ),
        ],
        "next": f"{here}{'&short=1' if is_short else ''}&after={page.next}" if page.next else "",
        "back": _address(place, period, by=group or "month"),
    }
    return render(request, "indicators/rows.html", context)


def month_sheet(request: Request, code: str) -> HttpResponse:
    """The month on one sheet, for the browser's printer; last month where none is named."""
    context = _month(request, code)
    first = context["sheet"].month
    here = reverse("figures-month", args=[code])
    later = month_of(first)[1] + timedelta(days=1)
    context |= {
        "before": f"{here}?month={first - timedelta(days=1):%Y-%m}",
        "after": f"{here}?month={later:%Y-%m}" if later <= day_of(request.actor.now) else "",
        "pdf": f"{reverse('figures-month-pdf', args=[code])}?month={first:%Y-%m}",
        "back": reverse("figures-of-place", args=[code]),
    }
    return render(request, MONTH, context)


def month_pdf(request: Request, code: str) -> HttpResponse:
    """The same as PDF."""
    context = _month(request, code)
    return pdf_response(MONTH, context, f"{context['place'].name} {context['sheet'].month:%Y-%m}")


def _month(request: Request, code: str) -> dict[str, Any]:
    """What stands on the sheet, for those who see every figure. Raises `NotFound`."""
    place, today = _place(code), day_of(request.actor.now)
    if not may_see_exact_figures(request.actor, place):
        raise NotFound
    try:
        day = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        day = today.replace(day=1) - timedelta(days=1)
    office = next(iter(bodies_for(place, body_kind="community_office")), None)
    return {
        "place": place,
        "sheet": month_sheet_of(place, day),
        "office": office.name if office else "",
        "day": say_day(today),
    }


def _behind(place: Place, period: tuple[date, date], figure: str, **more: Any) -> str:
    query = urlencode({"start": period[0], "end": period[1], **more})
    return f"{reverse('figures-rows', args=[place.code, figure])}?{query}"


def _place(code: str) -> Place:
    place = place_by_code(code)
    if place.level not in LEVELS:
        raise NotFound
    return place


def _address(place: Place, period: tuple[date, date], **more: str) -> str:
    query = urlencode({"start": period[0], "end": period[1], **more})
    return f"{reverse('figures-of-place', args=[place.code])}?{query}"


def _shown(
    figures: Figures, place: Place, period: tuple[date, date], *, is_exact: bool, shut: bool
) -> list[dict[str, Any]]:
    """Each rate as the page draws it; a small group is not shown to the public."""
    shown = []
    for name, rate in figures.rates().items():
        words, parts = RATE_WORDS[name]
        hidden = not is_exact and (is_small(rate.whole) or (shut and rate.whole > 0))
        shown.append(
            {
                "label": words,
                "value": _("太少，不公布") if hidden else str(rate),
                "parts": parts,
                "fraction": "" if hidden or not rate.whole else f"{_plain(rate.part)} / {rate.whole}",
                "href": _behind(place, period, name) if is_exact and rate.whole else "",
            }
        )
    return shown


def _totals(
    figures: Figures, place: Place, period: tuple[date, date], *, is_exact: bool, shut: bool
) -> list[dict[str, Any]]:
    """How many there were, and which of them stand outside the rates; the public is not told of a few."""
    words = {
        "cases": _("这段时间共 %(count)d 件"),
        "deferred": _("%(count)d 件暂缓，不算在按时率里"),
        "unflagged": _("%(count)d 件没有期限，不算在按时率里"),
    }
    return [
        {
            "words": line % {"count": figures[name]},
            "href": _behind(place, period, name) if is_exact else "",
        }
        for name, line in words.items()
        if (figures[name] or name == "cases") and (is_exact or not (shut or is_small(figures[name])))
    ]


def _plain(part: Any) -> str:
    """A numerator without needless noughts: 120, or 119.5 where half ones count."""
    return str(part) if part.denominator == 1 else f"{float(part):g}"


@dataclass(frozen=True, slots=True)
class Split:
    """What is split, by what; ``codes`` are the places of a split by places."""

    place: Place
    period: tuple[date, date]
    group: str
    codes: dict[Any, Place]


def _rows(split: Split, named: list[tuple[Any, str, Figures]], *, is_exact: bool) -> list[list[dict[str, Any]]]:
    """The split as cells with words and, for readers, where they open; the public sees no cell it could work out."""
    columns = {"cases": [part["cases"] for _key, _name, part in named]}
    columns |= {rate: [part.rates()[rate].whole for _key, _name, part in named] for rate in RATE_WORDS}
    hidden = {name: frozenset() if is_exact else hidden_among(wholes) for name, wholes in columns.items()}
    found = []
    for at, (key, name, part) in enumerate(named):
        said = {"cases": str(part["cases"])} | {rate: str(each) for rate, each in part.rates().items()}
        cells = [{"words": name, "href": _part_page(split, key)}]
        for column, words in said.items():
            shut = at in hidden[column] or (at in hidden["cases"] and columns[column][at] > 0)
            href = _part_rows(split, key, column) if is_exact and columns[column][at] else ""
            cells.append({"words": "—" if shut and column != "cases" else _("少") if shut else words, "href": href})
        found.append(cells)
    return found


def _part_page(split: Split, key: Any) -> str:
    """The page of a place in a split by places."""
    if split.group != "place" or key not in split.codes:
        return ""
    return _address(split.codes[key], split.period, by="place")


def _part_rows(split: Split, key: Any, figure: str) -> str:
    """The rows behind one cell of a split."""
    if split.group == "month":
        first, last = month_of(key)
        return _behind(split.place, (max(first, split.period[0]), min(last, split.period[1])), figure)
    if split.group == "place" and key in split.codes:
        return _behind(split.codes[key], split.period, figure)
    return _behind(split.place, split.period, figure, by=split.group, key=key or "")


def _sentence(place: Place, period: tuple[date, date], group: str, today: date) -> list[dict[str, Any]]:
    """The filter as a sentence: which months, split how."""
    months = months_back(today, 6)[::-1]
    periods: list[tuple[tuple[date, date], Any]] = [(months[0], _("这个月")), (months[1], _("上个月"))]
    periods += [(month, date_format(month[0], str(_("Y年n月")))) for month in months[2:]]
    periods.append(((today - timedelta(days=365), today), _("最近一年")))
    chosen = next((words for each, words in periods if each[0] == period[0]), f"{period[0]} – {period[1]}")
    return [
        {"words": _("看")},
        {
            "words": chosen,
            "options": [
                {"words": words, "href": _address(place, each, by=group), "current": each[0] == period[0]}
                for each, words in periods
            ],
        },
        {
            "words": GROUP_WORDS[group],
            "options": [
                {"words": words, "href": _address(place, period, by=name), "current": name == group}
                for name, words in GROUP_WORDS.items()
            ],
        },
    ]
