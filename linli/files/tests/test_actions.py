import errno
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.audit.models import AuditRecord
from linli.core.actor import Actor, Grant, system
from linli.core.errors import BadInput, Busy, NotAllowed, NotFound
from linli.files import clock
from linli.files.actions import (
    cover_boxes,
    drop_files,
    keep_files,
    store_files,
    store_images,
    sweep_blobs,
    sweep_drafts,
    take_images,
)
from linli.files.models import StoredFile
from linli.files.queries import address_of, content_of, folder, opened_by, path_of

DESK = Grant("desk", "community", 7)
NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
VISITOR = Actor(now=NOW)


def picture(size=(3000, 1500), form="JPEG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#b8321f").save(out, form, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_picture_is_stored_smaller_with_a_thumbnail():
    upload = SimpleUploadedFile("楼道.jpg", picture())
    [file] = store_images(actor=VISITOR, uploads=[upload], owner="tickets")
    assert (file.mime, file.width, file.height, file.kind) == ("image/jpeg", 2048, 1024, "image")
    with Image.open(io.BytesIO(content_of(file))) as kept:
        assert kept.size == (2048, 1024)


@pytest.mark.django_db
def test_address_ends_and_belongs_to_one_session():
    [file] = store_images(actor=VISITOR, uploads=[SimpleUploadedFile("a.jpg", picture())], owner="tickets")
    token = address_of(file, VISITOR).split("/")[-2]
    assert opened_by(token, VISITOR)[0] == file
    with pytest.raises(NotFound):
        opened_by(token, VISITOR.at(NOW + timedelta(minutes=21)))
    with pytest.raises(NotFound):
        opened_by(token, Actor(now=NOW, account_id=5, account_uid="f" * 32))
    with pytest.raises(NotFound):
        opened_by(token[:-1] + "x", VISITOR)


def stored(name="a.jpg", size=(60, 40), **options):
    uploads = [SimpleUploadedFile(name, picture(size))]
    return store_images(actor=VISITOR, uploads=uploads, owner="tickets", **options)[0]


def old(*files, days=2):
    """Bytes that nobody touched for days."""
    for file in files:
        for sha256 in (file.sha256, file.thumb_sha256):
            os.utime(path_of(sha256), (NOW.timestamp() - days * 86400,) * 2)


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.LINLI_DATA = tmp_path


@pytest.mark.django_db
def test_same_picture_lies_on_disk_once():
    first, second = stored(size=(600, 400)), stored("b.jpg", size=(600, 400))
    assert first.sha256 == second.sha256
    assert sum(path.is_file() for path in folder().rglob("*")) == 2


@pytest.mark.django_db
def test_rows_alone_are_made_inside_the_transaction(django_assert_num_queries):
    taken = take_images(actor=VISITOR, uploads=[SimpleUploadedFile("a.jpg", picture()) for _ in range(9)])
    with django_assert_num_queries(3):  # savepoint, one INSERT, release
        store_files(actor=VISITOR, taken=taken, owner="tickets")


@pytest.mark.django_db
def test_one_bad_picture_refuses_them_all():
    with pytest.raises(BadInput):
        store_images(
            actor=VISITOR,
            uploads=[SimpleUploadedFile("a.jpg", picture()), SimpleUploadedFile("b.jpg", b"<html>")],
            owner="tickets",
        )
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_full_disk_is_said_and_leaves_nothing_half_written(monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("linli.files.actions.os.fsync", full)
    with pytest.raises(Busy):
        stored()
    assert not [path for path in folder().rglob("*") if path.is_file()]
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_covering_makes_a_new_picture_and_asks_for_staff():
    file = stored(size=(200, 100))
    with pytest.raises(NotAllowed):
        cover_boxes(actor=VISITOR, file=file, boxes=[(0, 0, 100, 100)])
    clerk = Actor(now=NOW, account_id=1, grants=(DESK,))
    twin = cover_boxes(actor=clerk, file=file, boxes=[(0, 0, 100, 100)])
    assert (twin.uid != file.uid, twin.sha256 != file.sha256, twin.owner) == (True, True, "tickets")
    assert AuditRecord.objects.get().detail == {"from": file.uid, "boxes": 1}


@pytest.mark.django_db
def test_draft_that_nobody_sent_is_swept_and_a_kept_one_stays():
    lost, kept = stored(is_draft=True), stored(size=(50, 50), is_draft=True)
    keep_files(actor=VISITOR, uids=[kept.uid])
    assert clock.sweep_drafts(NOW + timedelta(days=1)) == 0
    assert clock.sweep_drafts(NOW + timedelta(days=3)) == 1
    assert list(StoredFile.objects.values_list("uid", flat=True)) == [kept.uid]
    assert lost.sha256 != kept.sha256


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_after_a_day():
    gone, kept = stored(size=(600, 400)), stored(size=(50, 50))
    drop_files(actor=VISITOR, uids=[gone.uid])
    fresh = stored(size=(30, 30))
    StoredFile.objects.filter(pk=fresh.pk).delete()
    old(gone, kept)
    os.utime(path_of(fresh.sha256), (NOW.timestamp(),) * 2)
    os.utime(path_of(fresh.thumb_sha256), (NOW.timestamp(),) * 2)
    assert sum(sweep_blobs(actor=system(NOW), part=part) for part in range(256)) == 2
    assert not path_of(gone.sha256).exists()
    assert path_of(kept.sha256).exists()
    assert path_of(fresh.sha256).exists()
    with pytest.raises(NotFound):
        content_of(gone)


@pytest.mark.django_db
def test_bytes_stored_again_are_touched_so_that_no_sweep_takes_them():
    file = stored()
    StoredFile.objects.all().delete()
    old(file)
    take_images(actor=VISITOR, uploads=[SimpleUploadedFile("a.jpg", picture((60, 40)))])
    assert sum(sweep_blobs(actor=system(NOW), part=part) for part in range(256)) == 0


@pytest.mark.django_db
def test_nobody_but_the_clock_sweeps():
    with pytest.raises(NotAllowed):
        sweep_drafts(actor=VISITOR)
    with pytest.raises(NotAllowed):
        sweep_blobs(actor=VISITOR, part=0)
    assert clock.sweep_blobs(NOW) == 0
    assert clock.sweep_blobs(NOW) == 0
