"""Reading a sheet somebody sent, told by its bytes and never by its name; bombs and lies are refused first."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from linli.batches.rules import opening
from linli.batches.rules.opening import clean
from linli.batches.rules.tables import MAX_COLUMNS, Sheet, Table, refuse, table_of

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED, MAX_MEMBERS = 400 * 1024 * 1024, 2_000
SECONDS = 60
"""How long opening a workbook may take."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COMPOUND = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
KINDS = ("[Content_Types].xml", "mimetype")


def read_table(content: bytes, known: Collection[str] = (), line: int = 0) -> Table:
    """The table in an xlsx, xls, ods or csv file (UTF-8, GB 18030, UTF-16).

    ``known`` are headings that are expected, by which the right sheet and the line of the headings are found; ``line``
    says that line where it is known better. Raises `BadInput`.
    """
    if not content:
        raise refuse(_("文件是空的。请选有内容的表格。"))
    if len(content) > MAX_BYTES:
        raise refuse(_("文件超过 20 MB。请分成几个文件，一个一个录。"))
    if content.startswith(b"PK\x03\x04"):
        _refuse_bombs(content)
        return table_of(_opened(content), known, line)
    if content.startswith(COMPOUND):
        if LOCKED in content:
            raise refuse(_("这个文件加了密码。请去掉密码再上传。"))
        return table_of(_opened(content), known, line)
    return table_of([Sheet("", list(_csv_rows(content)))], known, line)


def _opened(content: bytes) -> list[Sheet]:
    """The sheets of a workbook, read by another process that may run out of memory, crash or hang without harm."""
    broken = _("这个文件打不开，可能损坏了，或者解开后太大。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")
    command = [sys.executable, "-I", opening.__file__]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        read = [json.loads(line) for line in done.stdout.splitlines()]
    except subprocess.CalledProcessError as error:
        if b"PasswordError" in error.stderr:
            raise refuse(_("这个文件加了密码。请去掉密码再上传。")) from None
        raise refuse(broken) from None
    except (subprocess.TimeoutExpired, ValueError):
        raise refuse(broken) from None
    return [Sheet(each["name"], each["rows"], [tuple(found) for found in each["merged"]]) for each in read]


def _refuse_bombs(content: bytes) -> None:
    """Unpack every member once, counting: a header that lies about its size is found out here and not in memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or total > MAX_UNPACKED:
                raise refuse(_("这个文件解开后太大，不像正常的表格。请另存为 .csv 再上传。"))
            if not {member.filename for member in members}.intersection(KINDS):
                raise refuse(_("这不是表格文件。请上传 .xlsx、.xls、.ods 或 .csv 文件。"))
            for member in members:
                with archive.open(member) as opened:
                    while opened.read(1024 * 1024):
                        pass
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise refuse(_("这个文件已损坏。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")) from None


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    head = text[:4000].splitlines()[:20]
    delimiter = max(",;\t", key=lambda sign: sum(line.count(sign) for line in head))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(row) > MAX_COLUMNS * 2:
                raise refuse(_("表格超过 200 列。请只留要录的列。"))
            yield [clean(cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell) for cell in row]
    except csv.Error:
        raise refuse(_("这个 CSV 文件的格式读不出来。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")) from None


def _decoded(content: bytes) -> str:
    """Text in UTF-8 or, as Chinese Windows writes it, GB 18030; "Unicode text" of Excel is UTF-16 with a mark."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip()[:1] == "<":
            raise refuse(_("这是网页另存成的表格。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。"))
        if "\x00" in text or text.startswith(("%PDF", "{")):
            break
        return text
    raise refuse(_("这不是表格文件。请上传 .xlsx、.xls、.ods 或 .csv 文件。"))
