from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from linli.audit.models import AuditRecord
from linli.batches.actions import (
    add_rows,
    cancel_batch,
    confirm_batch,
    end_upload,
    forget_mapping,
    forget_rows,
    keep_mapping,
    map_columns,
    open_batch,
    receive_file,
    retry_batch,
    step_batch,
    stop_batch,
)
from linli.batches.clock import advance_batches, carry_on, forget
from linli.batches.imports import IMPORTERS
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
    assert batch.dropped == {"民族": "PRV-040"}
    assert not any("秘密" in row.raw for row in batch.rows.all())


def test_receive_file_is_refused_to_who_may_not_import_and_ended_by_the_sender(clerk, colleague, nobody):
    table = read_table(sheet("央珍"))
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


def test_keep_mapping_and_forget_mapping(clerk, nobody):
    words = {"importer": NAMES, "name": " 街道表 ", "mapping": {"name": "谁"}, "options": {"loud": True, "old": True}}
    with pytest.raises(NotAllowed):
        keep_mapping(actor=nobody, **words)
    keep_mapping(actor=clerk, **words)
    keep_mapping(actor=clerk, **words)
    assert list(SavedMapping.objects.values_list("name", "mapping")) == [("街道表", {"name": "谁"})]
    batch = received(clerk, "谁\n央珍".encode())
    assert (batch.mapping, batch.options) == ({"name": "谁"}, {"loud": True, "mapping": "街道表"})
    with pytest.raises(NotAllowed):
        forget_mapping(actor=nobody, importer=NAMES, name="街道表")
    forget_mapping(actor=clerk, importer=NAMES, name="街道表")
    with pytest.raises(WrongState):
        forget_mapping(actor=clerk, importer=NAMES, name="街道表")
    verbs = AuditRecord.objects.filter(verb__startswith="mapping.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["mapping.kept", "mapping.kept", "mapping.forgotten"]


def test_what_is_dropped_is_stored_nowhere(clerk, caplog):
    number = "11010519491231002X"
    batch = received(clerk, f"姓名,证件,民族\n央珍,{number},秘密\n".encode())
    mapped_batch = map_columns(actor=clerk, batch=batch, mapping=batch.mapping, options={})
    carry_on(clerk, mapped_batch, 5)
    assert batch.dropped == {"证件": "PRV-022", "民族": "PRV-040"}
    kept = "".join(row.raw + str(row.faults) for row in BatchRow.objects.all())
    kept += str(Batch.objects.values().get()) + str(list(AuditRecord.objects.values())) + caplog.text
    assert not {number, "秘密"} & {words for words in (number, "秘密") if words in kept}


def test_names_gone_are_kept_as_ciphertext_until_the_file_is_dropped(clerk, names_importer, monkeypatch):
    told = replace(names_importer, gone=lambda actor, rows, options: ["卓玛"])
    monkeypatch.setitem(IMPORTERS._records, "names", told)
    batch = mapped(clerk, sheet("央珍"))
    assert batch.names_gone() == result_of(batch)["gone"] == ["卓玛"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT gone FROM batches_batch")
        assert "卓玛" not in cursor.fetchone()[0]
    assert cancel_batch(actor=clerk, batch=batch).names_gone() == []
