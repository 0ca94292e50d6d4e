"""Voice notes, as a browser records them: Opus in WebM or Ogg, AAC in MP4."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from linli.files.rules.clean import Clean, clean_name, refuse

MAX_SOUND_BYTES = 3 * 1024 * 1024
MAX_SECONDS = 120
START = 4096
"""A container names its tracks within so many bytes."""

CLUSTER = b"\x1f\x43\xb6\x75"
MP4_BRANDS = (b"M4A ", b"mp41", b"mp42", b"isom", b"iso2", b"iso5", b"iso6", b"dash")
MP4_PICTURE = re.compile(rb"hdlr.{8}vide", re.DOTALL)


def clean_sound(raw: bytes, name: str = "") -> Clean:
    """A voice note of at most two minutes and 3 MB, known by its own bytes. Raises `BadInput` with words."""
    if len(raw) > MAX_SOUND_BYTES:
        raise refuse(_("这段录音超过 3 MB。请分成几段，每段两分钟以内。"))
    mime, seconds = _told(raw)
    if not mime:
        raise refuse(_("这不是能播放的录音。请用这一页上的“录音”按钮重录一段，或改用文字。"))
    if seconds is not None and seconds > MAX_SECONDS:
        raise refuse(_("这段录音超过两分钟。请分成几段，或改用文字。"))
    return Clean("sound", mime, raw, clean_name(name), seconds=seconds)


def _told(raw: bytes) -> tuple[str, int | None]:
    """The type and length that the bytes themselves tell; no type where they are something else."""
    if raw.startswith(b"\x1aE\xdf\xa3") and b"A_OPUS" in raw[:START] and not re.search(rb"V_[A-Z]", raw[:START]):
        return "audio/webm", _webm_seconds(raw)
    if raw.startswith(b"OggS") and b"OpusHead" in raw[:START]:
        return "audio/ogg", _ogg_seconds(raw)
    if raw[4:8] == b"ftyp" and raw[8:12] in MP4_BRANDS and b"mp4a" in raw and not MP4_PICTURE.search(raw):
        return "audio/mp4", _mp4_seconds(raw)
    return "", None


def _webm_seconds(raw: bytes) -> int | None:
    """When the last cluster begins (milliseconds in its timecode, EBML element E7)."""
    at = raw.find(b"\xe7", raw.rfind(CLUSTER), raw.rfind(CLUSTER) + 16) if CLUSTER in raw else -1
    if at < 0 or at + 1 >= len(raw):
        return None
    length = raw[at + 1] & 0x7F
    return int.from_bytes(raw[at + 2 : at + 2 + length]) // 1000 if 0 < length <= 8 else None


def _ogg_seconds(raw: bytes) -> int | None:
    """The last page's position, in samples of 1/48,000 second (RFC 7845)."""
    position = int.from_bytes(raw[raw.rfind(b"OggS") + 6 :][:8], "little")
    return position // 48000 if position < 1 << 63 else None


def _mp4_seconds(raw: bytes) -> int | None:
    """The movie header's length over its scale; a recording sent in pieces may not tell it."""
    at = raw.find(b"mvhd") + 4
    if at < 4 or at + 32 > len(raw):
        return None
    skip, size = (20, 8) if raw[at] == 1 else (12, 4)
    scale = int.from_bytes(raw[at + skip : at + skip + 4])
    length = int.from_bytes(raw[at + skip + 4 : at + skip + 4 + size])
    return length // scale if scale and length and length < 1 << (8 * size - 1) else None
