"""For the journeys: the demo, planted once and copied for each file, served by `linli serve`; Chromium; roles.

See README.md beside this.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from linli.demo import cast

PHONE, DESK = (360, 740), (1280, 800)
ROLES = {role.slug: role for role in cast.ROLES}
CHROMIUM = os.environ.get("LINLI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Whatever asks for the server is a journey; nobody has to remember the marker."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def linli(env, *words):
    """Run the `linli` command beside the tests' own process; what it printed."""
    command = [sys.executable, "-m", "linli.config.command", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout


@dataclass
class Server:
    """A running Linli: its address, its data folder, its environment."""

    url: str
    data: Path
    env: dict[str, str]

    def linli(self, *words):
        """Run the `linli` command on this server's data."""
        return linli(self.env, *words)

    def tick(self):
        """One round of the clock; what it did."""
        return json.loads(self.linli("tick", "--once"))["done"]

    def rows(self, query, *values):
        """What SQL finds in this server's database, as dicts."""
        with sqlite3.connect(self.data / "linli.sqlite3") as store:
            store.row_factory = sqlite3.Row
            return [dict(row) for row in store.execute(query, values)]

    def sent(self):
        """What went out to telephones so far, as text."""
        out = self.data / "sms.txt"
        return out.read_text(encoding="utf-8") if out.exists() else ""


@pytest.fixture(scope="session")
def planted(tmp_path_factory):
    """The folder of the demo as it is right after `linli demo`, and the environment it was made in."""
    folder = tmp_path_factory.mktemp("planted")
    env = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    env |= {
        "LINLI_DATA": str(folder / "data"),
        "LINLI_KEY_FILE": str(folder / "keys.json"),
        "LINLI_STATIC": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
    }
    for words in (["migrate", "-v0"], ["prepare", "-v0"], ["demo"]):
        linli(env, *words)
    with sqlite3.connect(folder / "data" / "linli.sqlite3") as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "data", env


@pytest.fixture(scope="module")
def server(planted, tmp_path_factory):
    """A server on a fresh copy of the demo, without a clock (`server.tick()` rings it)."""
    source, env = planted
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(source, data)
    env = {**env, "LINLI_DATA": str(data), "LINLI_SMS": f"file:{data / 'sms.txt'}"}
    log = data.parent / "serve.log"
    command = [sys.executable, "-m", "linli.config.command", "serve", "--port", "0", "--no-tick"]
    with log.open("w") as out, subprocess.Popen(command, env=env, stdout=out, stderr=out) as process:
        try:
            yield Server(_address(process, log), data, env)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(process, log):
    """The address a starting server prints."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"http://\S+", log.read_text())
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text()}")


@pytest.fixture(scope="module")
def browser():
    """Chromium. It ends with the file: its event loop would get in the way of other tests' database."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "The journeys need Chromium: install it, or name it in LINLI_CHROMIUM."
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, server):
    """``visit(size=PHONE, language="zh-hans", large=False, javascript=True)``: a page of somebody not signed in."""
    opened = []

    def visit(size=PHONE, language="zh-hans", *, large=False, javascript=True):
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size[0] < DESK[0],
            java_script_enabled=javascript,
            reduced_motion="reduce",
            timezone_id="Asia/Shanghai",
            locale="zh-CN",
        )
        opened.append(context)
        cookies = {"language": language, "large": "1" if large else "0"}
        context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in cookies.items()])
        context.set_default_timeout(10_000)
        return context.new_page()

    yield visit
    for context in opened:
        context.close()


@pytest.fixture
def as_role(visit, server):
    """``as_role("desk", ...)``: a page of that role of the demo, signed in (the same words as `visit`)."""

    def as_role(slug, *words, **more):
        page = visit(*words, **more)
        if slug:
            wear(page, server, slug)
        return page

    return as_role


def press(page, name):
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    """Follow the link of that name."""
    page.get_by_role("link", name=name, exact=True).click()


def photo(name, colour):
    """A picture as a phone sends it, for `set_input_files`."""
    out = BytesIO()
    Image.new("RGB", (1200, 900), colour).save(out, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def wear(page, server, slug):
    """Put on a role with one press, as the start page's cards do."""
    (hat,) = server.rows(
        "SELECT person.uid AS person, hat.uid AS hat FROM people_appointment hat"
        " JOIN people_person person ON person.id = hat.person_id"
        " WHERE person.display_name = ? AND hat.post = ? AND hat.to_on IS NULL LIMIT 1",
        ROLES[slug].name,
        ROLES[slug].post,
    )
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.request.get("/sign-in/").text())[1]
    form = {"csrfmiddlewaretoken": token, "hat": hat["hat"], "next": "/healthz"}
    answer = page.request.post(f"/roles/{hat['person']}/", form=form, max_redirects=0)
    assert answer.status == 302, f"{slug} could not be put on: {answer.status} {answer.text()[:300]}"


@pytest.fixture
def shot():
    """``shot(page, "desk-open")``: a picture in the folder that LINLI_TEST_SHOTS names; without it, none."""
    folder = os.environ.get("LINLI_TEST_SHOTS")

    def shot(page, name):
        if not folder:
            return
        size, whole = page.viewport_size, page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**size, "height": max(size["height"], whole)})  # what clings to the foot stays there
        page.screenshot(path=Path(folder) / f"{name}.png")
        page.set_viewport_size(size)

    return shot
