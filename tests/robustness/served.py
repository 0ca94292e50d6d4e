"""A real `linli serve` on a port of its own, and people who report through it and try again when the line breaks."""

from __future__ import annotations

import io
import json
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress

import httpx
from PIL import Image

from linli.config.tests.test_backups import ROOT, Installation
from linli.core.numbers import random_code

READY = 60
PATIENCE = 90


def free_port() -> int:
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        return here.getsockname()[1]


def photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), tuple(secrets.token_bytes(3))).save(content, "JPEG")
    return content.getvalue()


class House(Installation):
    """An installation with the tests' town in it, which can be served, killed and served again."""

    def __init__(self, folder, database="", data=None, **env):
        super().__init__(folder, database)
        self.data = data or self.data
        self.env |= {"LINLI_DATA": str(self.data), "LINLI_STATIC": str(folder / "static"), "LINLI_SMS": "file:", **env}
        self.port, self.server, self.log = free_port(), None, folder / "log"
        self.address = f"http://127.0.0.1:{self.port}"

    def plant(self, reports=0):
        assert self.linli("migrate", "-v0").returncode == 0
        words = [sys.executable, "-m", "tests.robustness.plant", str(reports)]
        done = subprocess.run(words, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        self.tags = json.loads(done.stdout)
        return self

    def serve(self, *words, before=()):
        command = [*before, sys.executable, "-m", "linli.config.command", "serve", "--port", str(self.port), *words]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        until = time.monotonic() + READY
        while time.monotonic() < until:
            assert self.server.poll() is None, self.log.read_text()
            with suppress(OSError):
                # only a knock: a page asked for would leave a thread with its connection open
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return self
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def kill(self):
        self.server.kill()
        self.server.wait()

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def ask(self, code):
        """What a line of Python, run in this installation, prints as JSON."""
        return json.loads(self.python(f"import json; {code}"))

    def tickets(self):
        """Every report that came in by a draft: its key and its public id."""
        code = (
            "from linli.tickets.models import Ticket; "
            "print(json.dumps([*Ticket.objects.exclude(draft_key=None).values_list('draft_key', 'matter__uid')]))"
        )
        return self.ask(code)


class Reporter:
    """A browser at a poster. ``seen`` are the reports that the house said it has: draft key -> public id."""

    def __init__(self, house, number=0, **cookies):
        self.house, self.number, self.seen = house, number, {}
        self.path = f"/p/{house.tags[number % len(house.tags)]}/"
        self.browser = httpx.Client(base_url=house.address, timeout=30, cookies=cookies)
        self.token = ""

    def open(self):
        """The poster's page, for the form's token."""
        answer = self.browser.get(self.path)
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)[1]
        return answer

    def send(self, key, *, with_photo=False):
        """Send a report once; where the house first shows what is already known nearby, say that it was seen."""
        fields = {
            "csrfmiddlewaretoken": self.token, "draft_key": key, "words": f"三楼的灯不亮 {key}",
            "category_code": "street_light",
        }  # fmt: skip
        files = {"photos": ("a.jpg", photo(), "image/jpeg")} if with_photo else None
        answer = self.browser.post(self.path, data=fields, files=files)
        for _again in range(5):
            if answer.status_code != 200:
                break
            seen = re.search(r'name="seen" value="([^"]*)"', answer.text)[1]
            answer = self.browser.post(self.path, data={**fields, "seen": seen}, files=files)
        if answer.status_code == 302:
            self.seen[key] = re.fullmatch(r"/t/(\w+)/receipt/", answer.headers["Location"])[1]
        return answer

    def insist(self, key, *, with_photo=False):
        """Send until the house says that it has it, as the draft on a telephone does."""
        until = time.monotonic() + PATIENCE
        while key not in self.seen:
            assert time.monotonic() < until, self.house.log.read_text()[-3000:]
            with suppress(httpx.TransportError):
                if not self.token:
                    self.open()
                answer = self.send(key, with_photo=with_photo)
                assert answer.status_code in {302, 503}, answer.text
            if key not in self.seen:
                time.sleep(0.2)


@contextmanager
def people_reporting(house, count=4):
    """So many people who report one thing after the other until the block ends; gives what was acknowledged."""
    stop, faults = threading.Event(), []
    people = [Reporter(house, number) for number in range(count)]

    def go_on(person):
        try:
            while not stop.is_set():
                person.insist(random_code(16), with_photo=person.number % 2 == 1)
        except (AssertionError, OSError, TypeError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=go_on, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield people
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE + 10)
    assert faults == []


def acknowledged(people):
    return {key: uid for person in people for key, uid in person.seen.items()}


__all__ = ["House", "Reporter", "acknowledged", "people_reporting"]
