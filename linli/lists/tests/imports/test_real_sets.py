"""The two real sets, where they lie beside the project; their rows are nowhere in it."""

import csv
import json
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from linli.indicators.queries import figures_by, figures_of
from linli.matters.models import Matter
from linli.places.models import Place
from linli.tickets.models import Ticket

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"
HOTLINE = DATA / "hotline" / "pingshan_2018_first80pct.csv"
MESSAGES = DATA / "messages" / "sample_附件2.xlsx"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not HOTLINE.exists(), reason="no ../shared/data beside the project"),
]


def taken(path, mapping):
    out = StringIO()
    call_command(
        "import", "tickets", str(path), mapping=mapping, create_places=True, confirm=True, json=True, stdout=out
    )
    return json.loads(out.getvalue())


def _told():
    out = StringIO()
    call_command("figures", json=True, stdout=out)
    return json.loads(out.getvalue())


def _figures_say_the_same():
    """The command, the query and a rebuild; each row in the month it was made."""
    told = _told()
    assert told["rates"]["on_time"] == {"part": "7204", "whole": 7998, "percent": "90.07 %"}
    assert told["counts"]["unflagged"] == 2
    district = Place.objects.get(level="district")
    figures = figures_of(district, date(2018, 2, 1), date(2018, 11, 30))
    assert (figures["in_time"], figures["owed"] - figures["in_time"], figures["unflagged"]) == (7204, 794, 2)
    months = figures_by("month", district, date(2018, 1, 1), date(2018, 12, 31))
    with HOTLINE.open(encoding="utf-8") as file:
        made = Counter(row["CREATE_TIME"][:7] for row in csv.DictReader(file))
    assert {f"{month:%Y-%m}": part["cases"] for month, part in months} == made
    call_command("figures", "rebuild", stdout=StringIO())
    assert _told() == told


def test_hotline_totals_equal_the_files_own_flags():
    result = taken(HOTLINE, "hotline")
    assert (result["rows"], result["created"], result["refused"]) == (8000, 8000, [])
    assert Counter(Matter.objects.values_list("on_time", flat=True)) == {"yes": 7204, "no": 794, "unknown": 2}
    without = [each for each in result["noted"] if each["note"].startswith("没有写街道")]
    assert [(each["count"], len(each["rows"])) for each in without] == [(9, 9)]
    assert Matter.objects.filter(place__level="district").count() == 9
    _figures_say_the_same()
    again = taken(HOTLINE, "hotline")
    assert (again["created"], again["already_there"], Matter.objects.count()) == (0, 8000, 8000)


def test_messages_come_in_whole():
    result = taken(MESSAGES, "messages")
    assert (result["rows"], result["created"], result["already_there"], result["refused"]) == (495, 494, 1, [])
    assert not Ticket.objects.filter(words="").exists()
    assert taken(MESSAGES, "messages")["created"] == 0
