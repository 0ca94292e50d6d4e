from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.batches import views
from linli.batches.clock import advance_batches
from linli.batches.models import Batch, SavedMapping
from linli.batches.tests.conftest import NOW, shelf
from linli.core.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_desk(client, clerk, monkeypatch):
    """A browser in which the clerk is signed in: the door is another module's."""
    monkeypatch.setattr("linli.config.middleware.ActorMiddleware.__call__", _door(clerk))
    return client


def _door(actor):
    def enter(self, request):
        request.actor = actor
        return self.answer(request)

    return enter


def upload(client, content=b"", name="a.csv"):
    file = SimpleUploadedFile(name, content or "姓名,电话,民族\n央珍,1,x\n,2,y\n".encode())
    answer = client.post("/batches/new/names/", {"file": file})
    return Batch.objects.last(), answer


def test_the_whole_way_in_the_browser(at_the_desk):
    batch, answer = upload(at_the_desk)
    page = at_the_desk.get(answer["Location"]).content.decode()
    assert "不记民族和宗教" in page
    assert "PRV-040" in page
    assert "央珍" in page
    at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_0": "name", "save_as": "街道表"})
    page = at_the_desk.get(f"/batches/{batch.uid}/").content.decode()
    assert "没有姓名" in page
    assert at_the_desk.post(f"/batches/{batch.uid}/confirm/").status_code == 422
    assert shelf() == set()
    at_the_desk.post(f"/batches/{batch.uid}/confirm/", {"without_bad": "on"})
    assert shelf() == {"央珍", "街道表"} - {"街道表"}
    assert "没有姓名" in at_the_desk.get(f"/batches/{batch.uid}/").content.decode()


def test_upload_that_is_no_table_says_so_beside_the_field(at_the_desk):
    _batch, answer = upload(at_the_desk, b"\x00\x01", "a.xlsx")
    assert answer.status_code == 422
    assert "不是表格文件" in answer.content.decode()
    assert not Batch.objects.exists()


def test_columns_that_are_missing_are_named(at_the_desk):
    batch, _answer = upload(at_the_desk)
    answer = at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_1": "phone"})
    assert answer.status_code == 422
    assert Batch.objects.get().state == "UPLOADED"


def test_shipped_mapping_is_recognised(at_the_desk):
    batch, _answer = upload(at_the_desk, "来信人,电话\n央珍,1\n".encode())
    assert (batch.mapping["name"], batch.options["mapping"]) == ("来信人", "letters")
    assert '<option value="name" selected>' in at_the_desk.get(f"/batches/{batch.uid}/").content.decode()


def test_saved_mapping_is_used_by_itself_or_when_asked(at_the_desk):
    SavedMapping.objects.create(importer="names", name="簿", mapping={"name": "谁"}, saved_at=NOW)
    SavedMapping.objects.create(importer="names", name="册", mapping={"phone": "谁", "name": "某某"}, saved_at=NOW)
    batch, _answer = upload(at_the_desk, "谁,电话\n央珍,1\n".encode())
    assert batch.mapping == {"name": "谁", "phone": "电话"}
    page = at_the_desk.get(f"/batches/{batch.uid}/?mapping=册").content.decode()
    assert page.count('<option value="phone" selected>') == 1
    assert '<option value="name" selected>' not in page


def test_two_columns_cannot_be_the_same(at_the_desk):
    batch, _answer = upload(at_the_desk)
    answer = at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_0": "name", "heading_1": "name"})
    assert answer.status_code == 422
    assert "已经有一列指成这个了" in answer.content.decode()


def test_the_line_of_the_headings_can_be_said(at_the_desk):
    file = SimpleUploadedFile("a.csv", "姓名,电话\n名字,手机\n央珍,1\n".encode())
    at_the_desk.post("/batches/new/names/", {"file": file, "line": "2"})
    batch = Batch.objects.get()
    assert (batch.headings, batch.heading_line, batch.total) == (["名字", "手机"], 2, 1)


def test_preview_shows_the_rows_that_are_asked_for(at_the_desk):
    batch, _answer = upload(at_the_desk)
    at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_0": "name"})
    page = at_the_desk.get(f"/batches/{batch.uid}/?show=new").content.decode()
    assert "央珍" in page
    assert "没有姓名" not in page


def test_mapping_is_carried_to_a_colleague_as_one_file(at_the_desk):
    SavedMapping.objects.create(importer="names", name="簿", mapping={"name": "谁"}, saved_at=NOW)
    saved = SavedMapping.objects.get()
    answer = at_the_desk.get(f"/batches/mappings/names/{saved.pk}.json")
    at_the_desk.post(f"/batches/mappings/names/{saved.pk}/forget/")
    assert not SavedMapping.objects.exists()
    file = SimpleUploadedFile("簿.json", answer.content)
    assert at_the_desk.post("/batches/mappings/names/", {"file": file}).status_code == 302
    assert SavedMapping.objects.values_list("name", "mapping").get() == ("簿", {"name": "谁"})
    assert "簿" in at_the_desk.get("/batches/mappings/names/").content.decode()
    assert at_the_desk.post(f"/batches/mappings/names/{saved.pk}/forget/").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"[]", b"{}", b"[" * 60_000, b'{"kind": "linli mapping 1", "importer": "places"}',
        b'{"kind": "linli mapping 1", "importer": "names", "name": "x", "mapping": {"other": "y"}}',
        b'{"kind": "linli mapping 1", "importer": "names", "name": 1, "mapping": {"name": "y"}}', b" " * 70_000,
    ],
)  # fmt: skip
def test_file_that_is_no_mapping_says_so(at_the_desk, content):
    answer = at_the_desk.post("/batches/mappings/names/", {"file": SimpleUploadedFile("a.json", content)})
    assert answer.status_code == 422
    assert not SavedMapping.objects.exists()


def test_progress_polls_without_script_and_with_it(at_the_desk, monkeypatch):
    monkeypatch.setattr(views, "SECONDS", 0.0)
    batch, _answer = upload(at_the_desk)
    at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_0": "name"})
    page = at_the_desk.get(f"/batches/{batch.uid}/").content.decode()
    assert 'http-equiv="refresh"' in page
    assert "htmx" in page
    piece = at_the_desk.get(f"/batches/{batch.uid}/", headers={"HX-Request": "true"}).content.decode()
    assert piece.strip().startswith('<section id="progress"')
    advance_batches(NOW)
    answer = at_the_desk.get(f"/batches/{batch.uid}/", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"


def test_failed_batch_shows_why_and_can_go_on_or_be_dropped(at_the_desk, monkeypatch):
    batch, _answer = upload(at_the_desk, "姓名,电话\n坏,1\n".encode())
    at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_0": "name"})
    at_the_desk.post(f"/batches/{batch.uid}/confirm/")
    assert "这一行进不去" in at_the_desk.get(f"/batches/{batch.uid}/").content.decode()
    at_the_desk.post(f"/batches/{batch.uid}/retry/")
    assert Batch.objects.get().state == "FAILED"
    at_the_desk.post(f"/batches/{batch.uid}/cancel/")
    assert at_the_desk.get(f"/batches/{batch.uid}/").status_code == 200
    assert Batch.objects.get().state == "CANCELLED"


def test_template_export_and_bad_rows_download_as_text(at_the_desk):
    for url, cell in (("/batches/template/names.xlsx", "央珍"), ("/batches/export/names.xlsx", "=1+1")):
        answer = at_the_desk.get(url)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert (sheet["A2"].value, sheet["A2"].data_type) == (cell, "s")
    assert "'=1+1" in at_the_desk.get("/batches/export/names.csv").content.decode()
    batch, _answer = upload(at_the_desk)
    at_the_desk.post(f"/batches/{batch.uid}/columns/", {"heading_0": "name"})
    sheet = openpyxl.load_workbook(io.BytesIO(at_the_desk.get(f"/batches/{batch.uid}/refused.xlsx").content)).active
    assert [cell.value for cell in sheet[2]] == [None, "2", "没有姓名"]


def test_list_asks_the_same_number_of_questions(at_the_desk, django_assert_max_num_queries):
    for number in (1, 3, 30):
        for _n in range(number):
            upload(at_the_desk)
        with django_assert_max_num_queries(2):
            assert at_the_desk.get("/batches/").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/batches/",
        "/batches/new/names/",
        "/batches/template/names.xlsx",
        "/batches/export/names.csv",
        "/batches/mappings/names/",
    ],
)
def test_strangers_are_sent_to_sign_in(client, url):
    assert client.get(url)["Location"].startswith("/sign-in/")


def test_another_ones_batch_and_unknown_kinds_are_not_found(at_the_desk, colleague, monkeypatch):
    batch, _answer = upload(at_the_desk)
    monkeypatch.setattr("linli.config.middleware.ActorMiddleware.__call__", _door(colleague))
    for url in (f"/batches/{batch.uid}/", f"/batches/{batch.uid}/refused.xlsx", "/batches/new/nothing/"):
        assert at_the_desk.get(url).status_code == NotFound.status
    for act in ("columns", "confirm", "cancel", "retry"):
        assert at_the_desk.post(f"/batches/{batch.uid}/{act}/").status_code == NotFound.status
