"""What everybody may see: nothing before the desk releases it, and then no faces, plates, names or flats."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from linli.core.errors import BadInput
from linli.desks.tests.test_desk import page
from linli.doorsteps.views.mine import pictures_of
from linli.files.actions import take_images
from linli.files.models import StoredFile
from linli.files.queries import content_of
from linli.tickets.actions import release_ticket
from linli.tickets.held import retain
from linli.tickets.tests.conftest import NOW

RED = (250, 10, 10)


def shot():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), RED).save(out, "PNG")
    out.seek(0)
    out.name = "a.png"
    return out


@pytest.fixture
def pictured(town):
    uploads = take_images(actor=town.who.resident, uploads=[shot()])
    return town.file(words="2号楼3单元502室门口的灯坏了", uploads=uploads)


def sent(ticket, **typed):
    photo = ticket.photos.get()
    given = {"words": "楼道灯坏了", "is_answered": "on", f"show_{photo.pk}": "on"}
    return given | {f"{name}_{photo.pk}": value for name, value in typed.items()}


def pixel(file, at):
    return Image.open(io.BytesIO(content_of(file))).getpixel(at)


def test_stranger_sees_nothing_that_a_resident_sent_before_release(town, enter, pictured):
    words = page(enter(town.who.stranger).get(f"/t/{pictured.matter.uid}/"))
    assert "502" not in words
    assert "<img" not in words.split("<main")[1]
    assert pictures_of(town.who.stranger, pictured)["reported"] == []


def test_released_copy_has_lost_the_pixels_under_the_boxes(town, enter, pictured):
    client = enter(town.who.desk)
    answer = client.post(f"/desk/{pictured.matter.uid}/release/", sent(pictured, boxes="100,100,200,200"))
    assert answer.status_code == 302
    photo = pictured.photos.get()
    assert photo.public_file != photo.file
    assert max(pixel(photo.public_file, (150, 150))) < 80
    assert pixel(photo.public_file, (300, 50))[0] > 200
    shown = pictures_of(town.who.stranger, town.again(pictured))["reported"]
    original = pictures_of(town.who.desk, town.again(pictured))["reported"]
    assert (len(shown), shown != original) == (1, True)
    assert "楼道灯坏了" in page(enter(town.who.stranger).get(f"/t/{pictured.matter.uid}/"))


def test_picture_goes_out_only_once_somebody_looked_at_it(town, enter, pictured):
    client = enter(town.who.desk)
    address = f"/desk/{pictured.matter.uid}/release/"
    assert "请把人脸和车牌遮住" in page(client.post(address, sent(pictured)))
    assert pictured.photos.get().public_file is None
    client.post(address, sent(pictured, plain="on"))
    photo = pictured.photos.get()
    assert (photo.is_released, photo.public_file) == (True, photo.file)


@pytest.mark.parametrize("boxes", ["x", "1,2,3", "9999,9999,10000,10000", "5,5,5,5", "-9,-9,0,0"])
def test_boxes_that_cover_nothing_are_none(town, enter, pictured, boxes):
    answer = enter(town.who.desk).post(f"/desk/{pictured.matter.uid}/release/", sent(pictured, boxes=boxes))
    assert answer.status_code == 422


def test_form_begins_without_the_flat_and_asks_about_what_is_left(town, enter, pictured):
    client = enter(town.who.desk)
    address = f"/desk/{pictured.matter.uid}/release/"
    shown = page(client.get(address))
    assert "502室" not in shown.split('name="words"')[1].split("</textarea>")[0]
    flat = {"words": "3单元502室门口的灯", "is_answered": "on"}
    asked = client.post(address, flat)
    assert (asked.status_code, "里面像是写了门牌" in page(asked)) == (422, True)
    assert client.post(address, {"words": "楼道灯坏了"}).status_code == 422
    assert client.post(address, flat | {"is_guard_seen": "on"}).status_code == 302


def test_numbers_of_persons_never_go_out(town, pictured):
    with pytest.raises(BadInput):
        release_ticket(actor=town.who.desk, ticket=pictured, words="打13800000001", is_guard_seen=True)


def test_original_goes_a_week_after_its_covered_copy_went_out(town, enter, pictured):
    enter(town.who.desk).post(f"/desk/{pictured.matter.uid}/release/", sent(pictured, boxes="0,0,90,90"))
    original = pictured.photos.get().file
    assert retain(NOW + timedelta(days=6)) == 0
    assert retain(NOW + timedelta(days=8)) == 1
    photo = pictured.photos.get()
    assert photo.file == photo.public_file
    assert not StoredFile.objects.filter(pk=original.pk).exists()
    assert retain(NOW + timedelta(days=8)) == 0
