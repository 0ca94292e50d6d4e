"""Pictures: decoded, turned upright, drawn anew."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageDraw, ImageFile, ImageOps

from linli.core.errors import BadInput
from linli.files.rules.clean import MAX_BYTES, Clean, clean_name, refuse

MAX_PIXELS = 50_000_000
MAX_SIDE = 2048
THUMB_SIDE = 480
QUALITY = 82
IMAGES = {"JPEG", "PNG", "WEBP", "AVIF"}
"""What Pillow may open at all: each decoder left out is one that a false file cannot reach."""

HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in the stored picture's pixels."""


def clean_image(raw: bytes, name: str = "") -> Clean:
    """A picture as a fresh JPEG: turned upright, at most 2048 px, without EXIF, and its thumbnail (PRV-038).

    Raises `BadInput` with words for the sender.
    """
    picture = _opened(raw)
    return drawn(picture, name)


def _opened(raw: bytes) -> Image.Image:
    """The picture in ``raw``, decoded, upright, without transparency, within the limits."""
    if len(raw) > MAX_BYTES:
        raise refuse(_("这张照片超过 15 MB。请在手机里选“中等大小”再发，或者截屏后发截图。"))
    if raw[4:8] == b"ftyp" and raw[8:12] in HEIC:
        raise refuse(
            _("这是苹果手机的 HEIC 照片，这里打不开。请截屏后发截图，或在“设置-相机-格式”里选“兼容性最佳”再拍。")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=sorted(IMAGES)) as picture:
                _within_limits(picture)
                picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
                # A library that sets type turns this off for the whole process, and half a picture would pass.
                ImageFile.LOAD_TRUNCATED_IMAGES = False
                picture.load()
                return _flat(ImageOps.exif_transpose(picture))
    except BadInput:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refuse(_("这张照片的像素太多（超过 5000 万）。请截屏后发截图。")) from None
    except Exception:  # noqa: BLE001  decoders raise what they like on spoiled bytes
        raise refuse(_("这不是能打开的照片。请发 JPG、PNG、WebP 或 AVIF 格式；打不开时截屏后发截图。")) from None


def _within_limits(picture: Image.Image) -> None:
    """Refuses a bomb by its header, before a single pixel is decoded."""
    if picture.width * picture.height > MAX_PIXELS:
        raise refuse(_("这张照片的像素太多（超过 5000 万）。请截屏后发截图。"))


def _flat(picture: Image.Image) -> Image.Image:
    """``picture`` in RGB on white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture.convert("RGB")


def drawn(picture: Image.Image, name: str = "") -> Clean:
    """An upright RGB picture as stored JPEG bytes with its thumbnail; nothing of the source's metadata comes along."""
    full = picture.copy()
    full.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    small = full.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Clean(
        "image", "image/jpeg", _jpeg(full), clean_name(name), _jpeg(small), width=full.width, height=full.height
    )


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def covered(content: bytes, boxes: Sequence[Box], name: str = "") -> Clean:
    """A stored picture with ``boxes`` painted over for good (faces, plates: PRV-038)."""
    picture = _opened(content)
    brush = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        brush.rectangle((min(left, right), min(top, bottom), max(left, right), max(top, bottom)), fill="#3a3a3a")
    return drawn(picture, name)
