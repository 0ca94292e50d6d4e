"""The malware scanner: a small clamd of our own that speaks the real one's protocol."""

import socketserver
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.config import doctor
from linli.core.errors import BadInput, Busy
from linli.files.actions import take_images
from linli.files.queries import folder
from linli.files.scanner import CHUNK, refuse_malware
from linli.files.tests.test_actions import NOW, VISITOR, picture

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """PING and INSTREAM, as in clamd(8)."""

    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            seen = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                assert size <= CHUNK
                seen += self.rfile.read(size)
            found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in seen else b"stream: OK\0"
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0" if seen.startswith(b"huge") else found)


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path):
    """A scanner that answers, at either kind of address."""
    path = str(tmp_path / "clamd.ctl")
    kind = socketserver.ThreadingTCPServer if request.param == "tcp" else socketserver.ThreadingUnixStreamServer
    with kind(("127.0.0.1", 0) if request.param == "tcp" else path, Clamd) as server:
        settings.LINLI_CLAMD = f"tcp:127.0.0.1:{server.server_address[1]}" if request.param == "tcp" else f"unix:{path}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_malware_in_an_upload_is_refused_and_nothing_is_kept(clamd, settings, tmp_path):
    settings.LINLI_DATA = tmp_path
    with pytest.raises(BadInput, match="病毒"):
        take_images(actor=VISITOR, uploads=[SimpleUploadedFile("a.jpg", picture() + EICAR)])
    assert not list(folder().glob("*/*/*"))
    refuse_malware(b"x" * (3 * CHUNK + 1))
    assert len(take_images(actor=VISITOR, uploads=[SimpleUploadedFile("a.jpg", picture())])) == 1


def test_upload_is_not_taken_while_the_scanner_cannot_look(clamd, settings):
    with pytest.raises(Busy, match="没法检查"):
        refuse_malware(b"huge")
    for address in ("unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:1", "clamd"):
        settings.LINLI_CLAMD = address
        with pytest.raises(Busy, match="没法检查"):
            refuse_malware(b"anything")
        assert doctor.scanner(NOW).state == doctor.NEED


def test_doctor_says_whether_uploads_are_searched(clamd, settings):
    assert doctor.scanner(NOW).state == doctor.GOOD
    settings.LINLI_CLAMD = ""
    found = doctor.scanner(NOW)
    assert (found.state, "clamav-daemon" in found.mend) == (doctor.WISH, True)
    refuse_malware(EICAR)
