from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from linli.audit.models import AuditRecord
from linli.batches.actions import (
    add_rows,
    cancel_batch,
    confirm_batch,
    end_upload,
    forget_rows,
    map_columns,
    open_batch,
    receive_file,
    retry_batch,
    step_batch,
    stop_batch,
)
from linli.batches.clock import advance_batches, carry_on, forget
from linli.batches.models import Batch, BatchRow, SavedMapping
from linli.batches.queries import batch_of, counts_of, result_of
from linli.batches.rules import read_table
from linli.batches.tests.conftest import NAMES, NOW, shelf
from linli.core.actor import system
from linli.core.errors import BadInput, Busy, LostRace, NotAllowed, NotFound, WrongState

pytestmark = pytest.mark.django_db


def sheet(*names, headings="姓名,电话,民族"):
    return "\n".join([headings, *(f"{name},138,秘密" for name in names)]).encode()


def received(clerk, content):
    return receive_file(actor=clerk, importer=NAMES, name="名单.csv", content=content)


def mapped(clerk, content):
    batch = received(clerk, content)
    batch = map_columns(actor=clerk, batch=batch, mapping=batch.mapping, options={})
    carry_on(clerk, batch, 5)
    return Batch.objects.get(pk=batch.pk)


def finished(clerk, content):
    confirm_batch(actor=clerk, batch=mapped(clerk, content), without_bad=True)
    advance_batches(NOW)
    return Batch.objects.get()


def test_receive_file_reads_nothing_that_the_scanner_has_not_seen(clerk, settings):
    settings.LINLI_CLAMD = "unix:/nowhere/clamd.ctl"
    with pytest.raises(Busy):
        received(clerk, sheet("央珍"))
    assert not Batch.objects.exists()


def test_receive_file_proposes_columns_and_drops_what_is_denied(clerk):
    batch = received(clerk, sheet("央珍", "卓玛"))
    assert (batch.state, batch.total) == ("UPLOADED", 2)
    assert batch.mapping == {"name": "姓名", "phone": "电话"}
    assert batch.dropped == ["民族"]
    assert not any("秘密" in row.raw for row in batch.rows.all())


def test_receive_file_is_refused_to_who_may_not_import_and_ended_by_the_sender(clerk, colleague, nobody):
    table = read_table(sheet("央珍"), "名单.csv")
    words = {"importer": NAMES, "name": "名单.csv", "content": b"", "table": table}
    with pytest.raises(NotAllowed):
        open_batch(actor=nobody, **words)
    batch = open_batch(actor=clerk, **words)
    for other in (colleague, nobody):
        with pytest.raises(NotAllowed):
            end_upload(actor=other, batch=batch)
    end_upload(actor=clerk, batch=batch)
    assert list(AuditRecord.objects.values_list("verb", flat=True)) == ["batch.opened", "batch.received"]
    with pytest.raises(WrongState):
        end_upload(actor=clerk, batch=batch)


def test_receive_file_encrypts_the_cells_at_rest(clerk):
    received(clerk, sheet("央珍"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM batches_batchrow")
        (raw,) = cursor.fetchone()
    assert raw.startswith("k1:")


def test_receive_file_is_refused_to_whom_the_importer_does_not_let(nobody):
    with pytest.raises(NotAllowed):
        received(nobody, sheet("央珍"))
    assert not Batch.objects.exists()


def test_map_columns_checks_every_row_and_names_the_bad(clerk):
    batch = mapped(clerk, sheet("央珍", "", "卓玛"))
    assert batch.state == "CHECKED"
    assert counts_of(batch) == {"new": 2, "changed": 0, "already": 0, "refused": 1}
    bad = batch.rows.get(status="refused")
    assert (bad.line, bad.faults) == (3, ["没有姓名"])


def test_map_columns_needs_the_required_ones_and_real_headings(clerk, colleague):
    batch = received(clerk, sheet("央珍"))
    for mapping in ({"phone": "电话"}, {"name": "民族"}, {"name": "姓名", "phone": "姓名"}):
        with pytest.raises(BadInput):
            map_columns(actor=clerk, batch=batch, mapping=mapping, options={})
    with pytest.raises(NotAllowed):
        map_columns(actor=colleague, batch=batch, mapping=batch.mapping, options={})


def test_map_columns_may_be_done_again_and_kept_under_a_name(clerk):
    batch = mapped(clerk, sheet("央珍", ""))
    map_columns(actor=clerk, batch=batch, mapping={"name": "电话"}, options={}, save_as="街道表")
    carry_on(clerk, batch, 5)
    assert counts_of(batch)["new"] == 2
    assert SavedMapping.objects.get(importer="names").mapping == {"name": "电话"}


def test_confirm_batch_takes_the_good_rows_in_once(clerk):
    batch = finished(clerk, sheet("央珍", "", "卓玛"))
    assert (batch.state, batch.created, batch.refused, batch.done) == ("DONE", 2, 1, 3)
    assert shelf() == {"央珍", "卓玛"}
    assert set(batch.rows.exclude(status="refused").values_list("raw", flat=True)) == {""}
    assert result_of(batch)["refused"] == [{"row": 3, "reasons": ["没有姓名"]}]
    assert AuditRecord.objects.filter(verb="batch.finished", account_uid=clerk.account_uid).exists()
    with pytest.raises(WrongState):
        step_batch(actor=system(NOW), batch=batch)


def test_confirm_batch_asks_before_leaving_bad_rows_out(clerk, colleague):
    batch = mapped(clerk, sheet("央珍", ""))
    with pytest.raises(BadInput):
        confirm_batch(actor=clerk, batch=batch)
    with pytest.raises(NotAllowed):
        confirm_batch(actor=colleague, batch=batch, without_bad=True)
    confirm_batch(actor=clerk, batch=batch, without_bad=True)
    with pytest.raises(WrongState):
        confirm_batch(actor=clerk, batch=Batch.objects.get(), without_bad=True)
    batch.state = "CHECKED"
    with pytest.raises(LostRace):
        confirm_batch(actor=clerk, batch=batch, without_bad=True)


def test_a_second_time_the_same_file_adds_nothing(clerk):
    finished(clerk, sheet("央珍", "卓玛"))
    Batch.objects.all().delete()
    batch = finished(clerk, sheet("央珍", "卓玛"))
    assert (batch.created, batch.already) == (0, 2)


def test_a_small_file_that_fails_leaves_nothing_behind(clerk):
    batch = finished(clerk, sheet("央珍", "坏", "卓玛"))
    assert (batch.state, batch.done, batch.created) == ("FAILED", 0, 0)
    assert "这一行进不去" in batch.fault
    assert shelf() == set()


def test_a_large_file_goes_on_where_it_stopped(clerk, monkeypatch):
    monkeypatch.setattr("linli.batches.actions.SMALL", 2)
    monkeypatch.setattr("linli.batches.actions.STEP", 2)
    batch = mapped(clerk, sheet("一", "二", "三", "坏", "五"))
    confirm_batch(actor=clerk, batch=batch)
    advance_batches(NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.done, shelf()) == ("FAILED", 2, {"一", "二"})
    monkeypatch.setattr("linli.batches.tests.conftest.BROKEN", "")
    retry_batch(actor=clerk, batch=batch)
    advance_batches(NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.created, shelf()) == ("DONE", 5, {"一", "二", "三", "坏", "五"})


def test_a_breakdown_is_tried_again_and_then_given_up(clerk):
    batch = mapped(clerk, sheet("崩"))
    confirm_batch(actor=clerk, batch=batch)
    for _round in range(4):
        advance_batches(NOW)
        assert Batch.objects.get().state == "RUNNING"
    advance_batches(NOW)
    assert Batch.objects.get().state == "FAILED"


def test_step_batch_lost_to_another_ticker_does_nothing(clerk):
    confirm_batch(actor=clerk, batch=mapped(clerk, sheet("央珍", "卓玛")))
    seen_by_both = Batch.objects.get()
    step_batch(actor=system(NOW), batch=seen_by_both)
    with pytest.raises(LostRace):
        step_batch(actor=system(NOW), batch=seen_by_both)
    assert Batch.objects.get().created == len(shelf()) == 2


def test_only_the_clock_and_the_owner_step_stop_and_forget(clerk, colleague, nobody):
    batch = received(clerk, sheet("央珍"))
    for call in (
        lambda: step_batch(actor=nobody, batch=batch),
        lambda: stop_batch(actor=colleague, batch=batch, fault="x", is_final=True),
        lambda: forget_rows(actor=clerk, batch=batch),
        lambda: add_rows(actor=clerk, batch=batch, rows=[]),
        lambda: cancel_batch(actor=colleague, batch=batch),
        lambda: retry_batch(actor=colleague, batch=batch),
    ):
        with pytest.raises(NotAllowed):
            call()
    with pytest.raises(NotFound):
        batch_of(colleague, batch.uid)


def test_cancel_batch_deletes_its_rows(clerk):
    batch = mapped(clerk, sheet("央珍"))
    cancel_batch(actor=clerk, batch=batch)
    assert not BatchRow.objects.exists()
    with pytest.raises(WrongState):
        cancel_batch(actor=clerk, batch=Batch.objects.get())


def test_rights_taken_away_before_the_step_stop_the_batch(clerk):
    batch = mapped(clerk, sheet("央珍"))
    confirm_batch(actor=clerk, batch=batch)
    Batch.objects.update(owner={**Batch.objects.get().owner, "grants": []})
    advance_batches(NOW)
    assert Batch.objects.get().state == "FAILED"
    assert shelf() == set()


def test_rows_are_forgotten_in_time(clerk):
    finished(clerk, sheet("央珍", ""))
    received(clerk, sheet("卓玛"))
    assert forget(NOW + timedelta(days=6)) == 0
    assert forget(NOW + timedelta(days=8)) == 1
    assert Batch.objects.filter(state="CANCELLED").count() == 1
    assert forget(NOW + timedelta(days=31)) == 1
    assert not BatchRow.objects.exists()
    assert forget(NOW + timedelta(days=32)) == 0
