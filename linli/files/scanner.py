"""The office's own malware scanner (clamd), asked before anything of an upload is read or kept."""

from __future__ import annotations

import logging
import socket
import struct

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.core.errors import BadInput, Busy

log = logging.getLogger(__name__)
CHUNK = 64 * 1024
PATIENCE = 20
"""Seconds to wait for an answer."""


def refuse_malware(content: bytes) -> None:
    """Asks the scanner, where one is set. Raises `BadInput` for what it knows, `Busy` when it does not answer."""
    if not settings.LINLI_CLAMD:
        return
    try:
        answer = ask(b"INSTREAM", content)
    except OSError as error:
        answer = str(error)
    if answer.endswith("FOUND"):
        log.warning("an upload was refused: %s", answer)
        raise BadInput(words=_("这个文件里查出了病毒，没有收。请换一个，最好重新拍一张。"))
    if not answer.endswith("OK"):
        log.error("the malware scanner at %s: %s", settings.LINLI_CLAMD, answer)
        raise Busy(_("现在没法检查文件里有没有病毒，先不收。请过一会儿再送。"))


def ask(command: bytes, content: bytes | None = None) -> str:
    """One question to clamd, with ``content`` streamed after it; its answer. Raises `OSError`."""
    with _connected() as line:
        line.sendall(b"z" + command + b"\0")
        if content is not None:
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                line.sendall(struct.pack("!I", len(part)) + part)
            line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0"):
            more = line.recv(4096)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _connected() -> socket.socket:
    """The line to ``unix:PATH`` or ``tcp:HOST:PORT``."""
    kind, _colon, where = settings.LINLI_CLAMD.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = where.rpartition(":")
    if kind != "tcp" or not port.isdecimal():
        raise OSError(f"LINLI_CLAMD is unix:PATH or tcp:HOST:PORT, not {settings.LINLI_CLAMD!r}")
    return socket.create_connection((host, int(port)), PATIENCE)
