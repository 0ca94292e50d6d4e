"""An old ledger on the start page: its year in figures, at once. The file is read in memory and nothing is kept."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.batches.prints import sheet_response
from linli.batches.queries import mappings_of
from linli.batches.rules import reason_of
from linli.charters.queries import charter_of
from linli.core.actor import Request
from linli.core.errors import BadInput, NotFound
from linli.core.times import day_of, say_day
from linli.lists.exports import year_rows
from linli.lists.forms import LedgerForm
from linli.lists.imports import TICKETS
from linli.lists.imports.study import YEAR_COLUMNS, Ledger, read_ledger
from linli.lists.permissions import may_study
from linli.lists.rules import ledgers, sample, year
from linli.tickets.permissions import may_import
from linli.tickets.states import SIZE_REASONS

SALT, HOURS = "last-year", 24


def _may(request: Request) -> None:
    if not may_study(request.actor):
        raise NotFound


@require_http_methods(["GET", "POST"])
def last_year(request: Request) -> HttpResponse:
    """Drop a ledger, look at its year."""
    _may(request)
    form = LedgerForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "lists/year.html", {"form": form}, status=422 if form.errors else 200)
    community = next((grant.place_id for grant in request.actor.grants if grant.level == "community"), None)
    charter = charter_of(community)
    try:
        content = form.cleaned_data["file"].read()
        ledger = read_ledger(content, charter, request.actor.now, mappings_of(TICKETS), form.said())
    except BadInput as refusal:
        form.add_error("file", [str(words) for found in refusal.fields.values() for words in found])
        return render(request, "lists/year.html", {"form": form}, status=422)
    form.point(ledger.headings, ledger.mapping)
    if not ledger.is_read:
        form.add_error(None, _("没认出哪一列是反映的时间。请在下面指一下，再选一次这个文件。"))
        return render(request, "lists/year.html", {"form": form, "is_pointing": True}, status=422)
    return render(request, "lists/year_result.html", _shown(request, ledger, charter) | {"form": form})


def _shown(request: Request, ledger: Ledger, charter: Any) -> dict[str, Any]:
    """Everything that the page says of the year."""
    reports = ledger.reports
    sums, span = year.sums_of(reports), sorted(day_of(each.opened_at) for each in reports)
    meeting = charter.next_meeting_day(max(each.opened_at for each in reports))
    again = year.came_again(reports, charter.thresholds.get("duplicate_days", 7))
    caveats = ledgers.caveats_of(sums, len(ledger.unread), has_guessed=ledger.has_guessed)
    agenda = year.agenda_of(reports, meeting, charter.thresholds)
    months = year.by_month(reports)
    tables: dict[str, Any] = {
        "months": months,
        "kinds": year.most_by(each.what for each in reports),
        "spots": year.most_by((each.spot for each in reports), 15),
        "again": again,
        "agenda": [(point, [str(SIZE_REASONS[code]) for code in point.reasons]) for point in agenda],
        "caveats": [str(words) for words in caveats],
    }
    words = {column.name: column.words for column in YEAR_COLUMNS}
    return tables | {
        "count": sums["all"],
        "span": (span[0], span[-1]),
        "figures": ledgers.figures_of(sums),
        "pace": year.median_days(reports),
        "meeting": meeting,
        "month_bars": [{"words": f"{month:%Y-%m}", "value": each["all"]} for month, each in months],
        "kind_bars": [{"words": name, "value": count} for name, count in tables["kinds"]],
        "spot_bars": [{"words": name, "value": count} for name, count in tables["spots"]],
        "dropped": [(heading, rule, reason_of(heading, rule)) for heading, rule in ledger.dropped.items()],
        "taken": [(heading, words[column]) for column, heading in ledger.mapping.items()],
        "may_keep": may_import(request.actor),
        "filled": signing.dumps(year_rows(tables, say_day(meeting)), salt=SALT, compress=True),
    }


@require_POST
def form_sheet(request: Request) -> HttpResponse:
    """The street's form, filled: the rows come back with the page that showed them, for nothing was kept."""
    _may(request)
    try:
        rows = signing.loads(request.POST.get("filled", ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        raise NotFound from None
    return sheet_response(_("年度办理情况表"), rows[0], rows[1:])


@require_GET
def sample_ledger(request: Request) -> HttpResponse:
    """An invented ledger to try with."""
    _may(request)
    rows = sample.rows(day_of(request.actor.now))
    return sheet_response(_("示范台账"), rows[0], rows[1:])
