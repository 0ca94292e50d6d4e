"""Numbers, codes and files that somebody tries: nothing is learnt, and after a while nothing is answered."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.models import OneTimeCode
from linli.batches.models import Batch
from linli.files.models import StoredFile
from linli.tickets.models import Ticket
from tests.robustness.world import browser

pytestmark = pytest.mark.django_db
NUMBER = "ABCDEFGH-2026-000001-5"


def words_of(answer):
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r'name="(?:number|code)" value="[^"]*"', "", page)


def test_wrong_number_and_wrong_code_are_answered_alike(world):
    there = Ticket.objects.select_related("matter").first().matter.number
    tried = [
        browser().post("/find/", {"number": number, "code": "ZZZZ2222"}) for number in (there, NUMBER, "no number", "9")
    ]
    assert {answer.status_code for answer in tried} == {422}
    assert len({words_of(answer).replace(there, "").replace(NUMBER, "") for answer in tried[:2]}) == 1
    assert all("linli_receipts" not in answer.cookies for answer in tried)


def test_codes_cannot_be_tried_without_end(world):
    there = Ticket.objects.select_related("matter").first().matter.number
    statuses = [browser().post("/find/", {"number": there, "code": f"ZZZZ{n:04}"}).status_code for n in range(12)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    fresh = [
        browser().post("/find/", {"number": f"ABCDEFGH-2026-{n:06}-5", "code": "ZZZZ2222"}).status_code
        for n in range(40)
    ]
    assert fresh[-1] == 429


def test_codes_are_sent_to_a_number_and_from_an_address_so_often_and_no_more(world):
    sent = [browser().post("/sign-in/phone/", {"phone": "13800138000"}).status_code for _time in range(2)]
    assert sent == [200, 429]
    many = [browser().post("/sign-in/phone/", {"phone": f"138001380{n:02}"}).status_code for n in range(1, 25)]
    assert set(many) == {200, 429}
    assert OneTimeCode.objects.filter(use="phone").count() == 20


def test_code_that_was_sent_cannot_be_guessed(world):
    phone = "13800138001"
    browser().post("/sign-in/phone/", {"phone": phone})
    for guess in range(5):
        answer = browser().post("/sign-in/code/", {"phone": phone, "code": f"{guess:06}"})
        assert (answer.status_code, "linli_session" in answer.cookies) == (422, False)
    assert not OneTimeCode.objects.filter(use="phone", tries__lt=5, spent_at=None).exists()


LIES = {
    "page.jpg": (b"<html><script>alert(1)</script></html>", "image/jpeg"),
    "program.png": (b"MZ\x90\x00" + b"\0" * 200, "image/png"),
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "image/svg+xml"),
    "half.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image/png"),
    "../../../etc/passwd": (b"root:x:0:0", "image/jpeg"),
}


@pytest.mark.parametrize("name", LIES)
def test_file_that_lies_about_its_kind_is_refused_beside_its_field(world, name):
    before, files = Ticket.objects.count(), StoredFile.objects.count()
    content, kind = LIES[name]
    fields = {"draft_key": "ABCDEFGH23456789", "words": "灯", "photos": SimpleUploadedFile(name, content, kind)}
    answer = browser().post(f"/p/{world.town.place.other.tag}/", fields)
    assert answer.status_code == 422
    assert (Ticket.objects.count(), StoredFile.objects.count()) == (before, files)


def bomb():
    """A sheet of four hundred kilobytes that would fill half a gigabyte."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _megabyte in range(410):
                sheet.write(b"0" * 1024 * 1024)
    return content.getvalue()


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old", b"\x00\x01\x02", b""], ids=str)
def test_sheet_that_is_none_is_refused(world, content):
    before = Batch.objects.count()
    file = SimpleUploadedFile("people.xlsx", content)
    answer = world.clients["administrator"].post("/batches/new/people/", {"file": file})
    assert answer.status_code in {200, 422}
    assert Batch.objects.count() == before


@pytest.mark.slow
def test_sheet_that_is_a_bomb_is_refused(world):
    before = Batch.objects.count()
    file = SimpleUploadedFile("people.xlsx", bomb())
    assert world.clients["administrator"].post("/batches/new/people/", {"file": file}).status_code == 422
    assert Batch.objects.count() == before
