import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from PIL import Image

from linli.core.errors import BadInput
from linli.files.rules import clean_image, clean_name, clean_sheet, clean_sound, covered

from .test_actions import picture


def opened(content):
    return Image.open(io.BytesIO(content))


def said(error):
    return str(error.value.words)


def test_picture_loses_its_exif_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    clean = clean_image(picture((300, 200), exif=exif), "a.jpg")
    with opened(clean.content) as kept, opened(clean.thumbnail) as small:
        assert kept.size == (200, 300)
        assert dict(kept.getexif()) == dict(small.getexif()) == {}
    assert b"PhoneMaker" not in clean.content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_of_every_allowed_kind_becomes_a_jpeg(form):
    clean = clean_image(picture((64, 48), form), "骗人.exe")
    assert (clean.mime, clean.width, clean.height) == ("image/jpeg", 64, 48)
    with opened(clean.content) as kept:
        assert kept.format == "JPEG"


def test_transparent_picture_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    with opened(clean_image(out.getvalue()).content) as kept:
        assert kept.getpixel((4, 4)) == (255, 255, 255)


def test_panorama_keeps_its_shape():
    clean = clean_image(picture((4000, 400)))
    assert (clean.width, clean.height) == (2048, 205)
    with opened(clean.thumbnail) as small:
        assert small.size == (480, 48)


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 900 million pixels."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (b"", "打不开时截屏"),
        (b"GIF89a" + bytes(100), "打不开时截屏"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "打不开时截屏"),
        (b"<html><script>alert(1)</script></html>", "打不开时截屏"),
        (b"\xff\xd8\xff" + bytes(500), "打不开时截屏"),
        (b"MZ" + bytes(500), "打不开时截屏"),
        (b"\x00\x00\x00\x20ftypheic" + bytes(500), "HEIC"),
        (bomb(), "像素太多"),
        (b"\xff\xd8\xff" + bytes(15 * 1024 * 1024), "15 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_what_to_do(raw, hint):
    with pytest.raises(BadInput) as error:
        clean_image(raw, "照片.jpg")
    assert hint in said(error)


def test_cut_off_picture_is_refused():
    with pytest.raises(BadInput):
        clean_image(picture((800, 800), quality=95)[:2000])


def test_page_hidden_behind_a_picture_does_not_survive():
    assert b"<script>" not in clean_image(picture((32, 32)) + b"<script>alert(1)</script>").content


def test_covered_box_is_gone_for_good():
    clean = covered(picture((200, 100)), [(150, 80, 100, 20)])
    with opened(clean.content) as kept:
        assert max(abs(part - 0x3A) for part in kept.getpixel((125, 50))) < 6
        assert kept.getpixel((20, 50))[0] > 150


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\楼道.jpg", "楼道.jpg"),
        ('a"b\r\nSet-Cookie: x.jpg', "abSet-Cookie x.jpg"),
        ("x" * 300 + ".jpeg", "x" * 100 + ".jpeg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", ""),
    ],
)
def test_name_is_harmless(name, clean):
    assert clean_name(name) == clean


def webm(codec=b"A_OPUS", seconds=30) -> bytes:
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff\xe7\x84" + (seconds * 1000).to_bytes(4)
    return b"\x1aE\xdf\xa3" + bytes(40) + codec + bytes(40) + cluster + bytes(200)


def ogg(seconds=30) -> bytes:
    page = b"OggS\x00\x04" + (seconds * 48000).to_bytes(8, "little") + bytes(40)
    return b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(30) + page


def m4a(seconds=30, handler=b"soun") -> bytes:
    header = b"mvhd" + bytes(12) + (1000).to_bytes(4) + (seconds * 1000).to_bytes(4) + bytes(60)
    return b"\x00\x00\x00\x20ftypM4A " + bytes(20) + header + b"hdlr" + bytes(8) + handler + b"mp4a" + bytes(40)


@pytest.mark.parametrize(("raw", "mime"), [(webm(), "audio/webm"), (ogg(), "audio/ogg"), (m4a(), "audio/mp4")])
def test_voice_note_is_known_by_its_bytes(raw, mime):
    clean = clean_sound(raw, "说话.webm")
    assert (clean.kind, clean.mime, clean.seconds) == ("sound", mime, 30)


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (webm(seconds=121), "两分钟"),
        (ogg(seconds=600), "两分钟"),
        (m4a(seconds=121), "两分钟"),
        (webm(codec=b"A_OPUS V_VP8"), "录音”按钮"),
        (m4a(handler=b"vide"), "录音”按钮"),
        (b"ID3" + bytes(100), "录音”按钮"),
        (b"<script>", "录音”按钮"),
        (b"", "录音”按钮"),
        (webm() + bytes(3 * 1024 * 1024), "3 MB"),
    ],
)
def test_what_is_no_voice_note_is_refused(raw, hint):
    with pytest.raises(BadInput) as error:
        clean_sound(raw, "a.webm")
    assert hint in said(error)


def book() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "mime"),
    [
        (book(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("姓名，楼栋\n卓玛，3号楼\n".encode("gb18030"), "text/csv"),
        ("\ufeff姓名，楼栋\n".encode(), "text/csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "application/vnd.ms-excel"),
    ],
)
def test_sheet_is_known_by_its_bytes(raw, mime):
    assert clean_sheet(raw, "名单.txt").mime == mime


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (b"", "另存为"),
        (b"<html><script>", "另存为"),
        (b"%PDF-1.7", "另存为"),
        (b"a\x00b", "另存为"),
        (zipped({"word/document.xml": b"x"}), "另存为"),
        (book()[:200], "另存为"),
        (zipped({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), "宏"),
        (zipped({"xl/workbook.xml": bytes(210 * 1024 * 1024)}), "大得不正常"),
    ],
)
def test_what_is_no_sheet_is_refused(raw, hint):
    with pytest.raises(BadInput) as error:
        clean_sheet(raw, "a.xlsx")
    assert hint in said(error)
