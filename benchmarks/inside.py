"""Measured without a server, in a process whose environment names the town: ``python -m benchmarks.inside ticking``."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tempfile
import time
from datetime import timedelta

from benchmarks.pairs import FORM, Pair, pairs
from benchmarks.town import clicks, prepare, rates

DUE = 500
IMPORTED = 4000


def since(began) -> dict[str, float]:
    now = clicks()
    return {"seconds": round(now[0] - began[0], 3), "cpu_seconds": round(now[1] - began[1], 3)}


def statements(cast: dict) -> dict:
    """What each errand asks of the database: before its transaction, inside it, after it."""
    return {pair.name: {side: _counted(cast, pair, side) for side in ("base", "ours")}
            for pair in pairs(cast, cast["waiting"][-20:])}  # fmt: skip


def _counted(cast: dict, pair: Pair, side: str) -> dict[str, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    errand = pair.side(side)
    client = Client(HTTP_HOST="127.0.0.1")
    if errand.who:
        client.cookies["linli_session"] = cast["tokens"][errand.who]
    kind = "application/x-www-form-urlencoded"
    for number in range(2):
        path = errand.paths[-1 - number if errand.is_spent else 0]
        body = errand.body.removeprefix(FORM).replace("{key}", f"{time.time_ns():024}")
        with CaptureQueriesContext(connection) as asked:
            answer = client.generic(errand.method, path, body, content_type=kind)
            words = [query["sql"] for query in asked.captured_queries]
        assert answer.status_code < 400, (path, answer.status_code)
    return _split(words)


def _split(words: list[str]) -> dict[str, int]:
    begin = [place for place, sql in enumerate(words) if re.match("BEGIN", sql)]
    end = [place for place, sql in enumerate(words) if re.match("COMMIT", sql)]
    if not begin or not end:
        return {"all": len(words)}
    return {"before": begin[-1], "inside": end[-1] - begin[-1] - 1, "after": len(words) - end[-1] - 1}


def ticking(cast: dict) -> dict:
    """The tick's round over every report of the town, running; then with some alarms due."""
    from linli.config.clock import tick_once
    from linli.core.times import now
    from linli.matters.models import Matter
    from linli.notices.models import Notice

    at = now()
    Notice.objects.all().update(expanded_at=at)
    soon = at + timedelta(days=3)
    Matter.objects.filter(phase="done").update(
        phase="open", state="ACCEPTED", closed_at=None, due_at=soon, due_from_at=at, urgent_at=soon, next_alarm_at=soon
    )
    Matter.objects.filter(next_alarm_at__lte=at).update(next_alarm_at=soon)
    began = clicks()
    tick_once(at)
    first = since(began)
    at += timedelta(minutes=10)  # what was filed just now has been counted, and is not looked at again
    tick_once(at)
    began = clicks()
    for _ in range(5):
        tick_once(at)
    idle = {name: round(value / 5 * 1000, 1) for name, value in since(began).items()}
    due = list(Matter.objects.filter(phase="open").values_list("pk", flat=True)[:DUE])
    Matter.objects.filter(pk__in=due).update(next_alarm_at=at, due_at=at, step_due_at=None)
    began = clicks()
    done, _faults = tick_once(at)
    busy = since(began)
    return {
        "open": Matter.objects.exclude(phase="done").count(),
        "first_cpu_seconds": first["cpu_seconds"],
        "idle_ms": idle["seconds"], "idle_cpu_ms": idle["cpu_seconds"],
        "sounded": done.get("matters.tick_matters", 0),
        "ms_each_cpu": round(busy["cpu_seconds"] * 1000 / max(1, done.get("matters.tick_matters", 1)), 2),
        "ms_each": round(busy["seconds"] * 1000 / max(1, done.get("matters.tick_matters", 1)), 2),
    }  # fmt: skip


def figures(cast: dict) -> dict:
    """The roll-ups from nothing."""
    from django.core.management import call_command

    from linli.matters.models import Matter

    began = clicks()
    call_command("figures", "rebuild", stdout=sys.stderr)
    return {"reports": Matter.objects.count(), **since(began)}


MAILBOX = ("留言编号", "留言主题", "留言时间", "留言详情")
HOTLINE = (
    "REC_ID",
    "CREATE_TIME",
    "EVENT_TYPE_NAME",
    "DISTRICT_NAME",
    "STREET_NAME",
    "COMMUNITY_NAME",
    "INTIME_ARCHIVE_NUM",
)
WORDS = (
    "小区门口的路灯坏了很久，晚上出来散步什么也看不见，老人走路很不安全，打过几次电话也没有人来修，请有关部门来看一看。"
)


def imports(cast: dict) -> dict:
    """A mailbox's sheet, whose rows have 350 characters of words, and a hotline's export of places and verdicts."""
    mailbox = [(number, f"路灯坏了 {number}", "2019/2/28 11:25:05", WORDS * 6) for number in range(IMPORTED)]
    hotline = [
        (number, "2018-02-08 15:34:40", "市政设施", "云岭区", "湖滨街道", "社区1", number % 10 > 0)
        for number in range(IMPORTED)
    ]
    return {
        "mailbox": _imported("messages", MAILBOX, mailbox),
        "hotline": _imported("hotline", HOTLINE, hotline),
        "rows": IMPORTED,
        "target": 1000,
    }


def _imported(mapping: str, headings: tuple[str, ...], rows: list) -> dict[str, int]:
    from django.core.management import call_command

    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *(map(_cell, row) for row in rows)])
        file.flush()
        began, out = clicks(), io.StringIO()
        call_command("import", "tickets", file.name, mapping=mapping, confirm=True, json=True, stdout=out)
        spent = since(began)
    if json.loads(out.getvalue())["created"] != len(rows):
        raise SystemExit(out.getvalue()[:2000])
    return rates(len(rows), (spent["seconds"], spent["cpu_seconds"]))


def _cell(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


if __name__ == "__main__":
    prepare()
    told = json.load(sys.stdin)
    known = {"statements": statements, "ticking": ticking, "figures": figures, "imports": imports}
    print(json.dumps(known[sys.argv[1]](told)))
