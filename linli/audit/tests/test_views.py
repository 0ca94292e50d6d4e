from datetime import timedelta

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from linli.audit import views
from linli.audit.actions import record_acts, record_look
from linli.audit.models import AuditRecord
from linli.audit.queries import records_visible_to, top_viewers
from linli.audit.rules import TELLERS, Record, Teller
from linli.core.actor import Actor, Grant, system
from linli.core.errors import NotFound

from .test_actions import DOLMA, GRID_WORKER, NOW

pytestmark = pytest.mark.django_db
AUDITOR = Actor(now=NOW, account_id=8, grants=(Grant("auditor", "everywhere"),))
STREET_AUDITOR = Actor(now=NOW, account_id=9, grants=(Grant("auditor", "street", 5),))


@pytest.fixture
def tellers(monkeypatch):
    told = {
        "codes": Teller("codes", lambda ids: {5: "540102001"}),
        "persons": Teller("persons", lambda uids: {DOLMA: "卓玛", "b" * 32: "次仁"}),
    }
    monkeypatch.setattr(TELLERS, "_records", told)


def page(reader, view=views.audit, **asked):
    request = RequestFactory().get("/audit/", asked)
    request.actor, request._messages = reader, CookieStorage(request)
    return view(request).content.decode()


def look(actor=GRID_WORKER, purpose="回访", **options):
    record_look(actor=actor, person_uid=DOLMA, fields=("phone",), purpose=purpose, **options)


def test_auditor_reads_who_looked_at_whom_and_why(tellers):
    look()
    words = page(AUDITOR)
    for said in ("次仁", "网格员", "看了个人信息", "卓玛", "回访", "还没封存的有 1 条"):
        assert said in words


def test_nobody_else_finds_the_page():
    for actor in (GRID_WORKER, Actor(now=NOW), Actor(now=NOW, account_id=4, grants=(Grant("desk", "everywhere"),))):
        for view in (views.audit, views.viewers):
            with pytest.raises(NotFound):
                page(actor, view)


def test_auditor_of_a_street_sees_its_communities_alone(tellers):
    for code in ("540102001001", "540102002001", ""):
        record_acts(actor=system(NOW), records=[Record("x", community=code)])
    assert [record.community for record in records_visible_to(STREET_AUDITOR)] == ["540102001001"]
    assert records_visible_to(AUDITOR).count() == 3


def test_auditor_of_a_street_sees_nothing_while_nobody_tells_its_code(monkeypatch):
    monkeypatch.setattr(TELLERS, "_records", {})
    record_acts(actor=system(NOW), records=[Record("x", community="540102001001")])
    assert not records_visible_to(STREET_AUDITOR).exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["c", "b", "a"]),
        ({"verb": "person.looked"}, ["a"]),
        ({"verb": "account."}, ["b"]),
        ({"days": "7"}, ["c", "b"]),
        ({"days": "7", "verb": "account."}, ["b"]),
        ({"subject": "c"}, ["c"]),
        ({"actor": "b" * 32}, ["a"]),
        ({"verb": "'; DROP TABLE", "days": "x"}, ["c", "b", "a"]),
    ],
)
def test_filter_finds(asked, found):
    look(actor=GRID_WORKER.at(NOW - timedelta(days=20)), subject="a")
    records = [Record("account.signed_in", "b"), Record("ticket.accepted", "c")]
    record_acts(actor=system(NOW), records=records)
    words = page(AUDITOR, **asked)
    assert [name for name in "cba" if f"?subject={name}" in words] == found


def test_pages_follow_one_another():
    record_acts(actor=system(NOW), records=[Record("x", f"T{n:03d}") for n in range(views.PAGE + 2)])
    assert "T001" not in page(AUDITOR).replace("T0010", "")
    last = list(AuditRecord.objects.order_by("-id"))[views.PAGE - 1]
    words = page(AUDITOR, before=last.uid)
    assert ("T001" in words, "T000" in words, "T002" in words) == (True, True, False)


def test_page_asks_the_same_number_of_questions_however_long(tellers):
    counts = []
    for more in (1, 2, 297):
        record_acts(actor=GRID_WORKER, records=[Record("x", person_uid=DOLMA) for _ in range(more)])
        with CaptureQueriesContext(connection) as asked:
            page(AUDITOR)
        counts.append(len(asked))
    assert counts == [3, 3, 3]


def test_review_counts_who_looked_most(tellers):
    for _ in range(3):
        look()
    look(actor=Actor(now=NOW, account_id=1, person_uid="e" * 32))
    look(actor=GRID_WORKER.at(NOW - timedelta(days=40)))
    assert top_viewers(AUDITOR, NOW - timedelta(days=30)) == [("b" * 32, 3), ("e" * 32, 1)]
    assert "看了 3 次" in page(AUDITOR, views.viewers)


def test_words_of_others_are_shown_as_words():
    look(purpose="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(AUDITOR)
