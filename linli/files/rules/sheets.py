"""Spreadsheets: kept as they came, handed over as attachments only."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

from linli.files.rules.clean import MAX_BYTES, Clean, clean_name, refuse

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"


def clean_sheet(raw: bytes, name: str = "") -> Clean:
    """An xlsx, ods, xls or csv file, told by its bytes, that does not unpack beyond measure. Raises `BadInput`."""
    if len(raw) > MAX_BYTES:
        raise refuse(_("这张表超过 15 MB。请删去用不着的工作表和图片，或分成几个文件。"))
    mime = _sheet_type(raw)
    if not mime:
        raise refuse(_("这不是能读的表格。请在 Excel 或 WPS 里“另存为” .xlsx 或 .csv 再上传。"))
    return Clean("sheet", mime, raw, clean_name(name))


def _sheet_type(raw: bytes) -> str:
    if raw.startswith(b"PK\x03\x04"):
        return _zipped_type(raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return XLS
    return "text/csv" if _is_text(raw) else ""


def _is_text(raw: bytes) -> bool:
    """Whether the bytes are words in UTF-8 or GB18030, and no page or script for a browser."""
    if not raw.strip() or b"\x00" in raw or raw.lstrip()[:1] in {b"<", b"%"}:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _zipped_type(raw: bytes) -> str:
    """The type of a zipped sheet, after unpacking it once to see how large it gets."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names = set(parts.namelist())
            if len(names) > MAX_PARTS or not _unpacks_within(parts, MAX_UNPACKED):
                raise refuse(_("这张表解开以后大得不正常。请把数据复制到一个新文件里再上传。"))
            if any(part.endswith("vbaProject.bin") for part in names):
                raise refuse(_("这张表带有宏。请“另存为”不带宏的 .xlsx 再上传。"))
            if "xl/workbook.xml" in names:
                return XLSX
            return ODS if "mimetype" in names and parts.read("mimetype").strip() == ODS.encode() else ""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return ""


def _unpacks_within(parts: zipfile.ZipFile, limit: int) -> bool:
    """Whether everything unpacked stays within ``limit``: counted, because a bomb's own figures lie."""
    left = limit
    for part in parts.infolist():
        with parts.open(part) as stream:
            while chunk := stream.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    return False
    return True
