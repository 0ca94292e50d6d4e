import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from linli.core.actor import Actor
from linli.core.errors import NotFound
from linli.files import views
from linli.files.actions import store_files, take_images, take_sheets, take_sounds
from linli.files.queries import address_of, path_of

from .test_actions import NOW, VISITOR, picture
from .test_rules import book, ogg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.LINLI_DATA = tmp_path


def store(take, name, raw):
    taken = take(actor=VISITOR, uploads=[SimpleUploadedFile(name, raw)])
    return store_files(actor=VISITOR, taken=taken, owner="tickets")[0]


def show(file, actor=VISITOR, small=False, **headers):
    token = address_of(file, VISITOR, small=small).split("/")[-2]
    request = RequestFactory().get("/", headers=headers)
    request.actor = actor
    return views.show(request, token)


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_picture_is_shown_with_careful_headers():
    file = store(take_images, "楼道.jpg", picture((900, 600)))
    answer = show(file)
    assert body(answer) == path_of(file.sha256).read_bytes()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private, max-age=")
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")


def test_thumbnail_has_an_address_of_its_own():
    file = store(take_images, "a.jpg", picture((900, 600)))
    assert body(show(file, small=True)) == path_of(file.thumb_sha256).read_bytes()


def test_sheet_is_only_ever_an_attachment():
    answer = show(store(take_sheets, "名单.html", book()))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_voice_note_plays_in_place_and_in_pieces():
    file = store(take_sounds, "a.ogg", ogg())
    assert show(file)["Content-Type"] == "audio/ogg"
    answer = show(file, Range="bytes=0-3")
    assert (answer.status_code, body(answer), answer["Content-Range"]) == (206, b"OggS", f"bytes 0-3/{file.size}")
    assert show(file, Range=f"bytes={file.size}-").status_code == 416


def test_address_of_another_session_or_of_lost_bytes_is_not_there():
    file = store(take_images, "a.jpg", picture())
    with pytest.raises(NotFound):
        show(file, actor=Actor(now=NOW, account_id=4, account_uid="c" * 32))
    path_of(file.sha256).unlink()
    with pytest.raises(NotFound):
        show(file)


def test_browser_gets_it_through_the_whole_house(client, monkeypatch):
    monkeypatch.setattr("linli.config.middleware.now", lambda: NOW)
    file = store(take_images, "a.jpg", picture())
    answer = client.get(address_of(file, VISITOR))
    assert (answer.status_code, answer["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert client.get("/files/x:y/").status_code == 404
