"""The doctor tests the three ways of standing against a real server, and the documented proxy against a real nginx."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

import pytest

from linli.config.machine import standing

ROOT = Path(__file__).resolve().parents[3]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def linli(env, *words):
    """What a command says on an installation."""
    command = [sys.executable, "-m", "linli.config.command", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """An empty, migrated data folder to be copied; each copy makes keys of its own."""
    data = tmp_path_factory.mktemp("migrated") / "data"
    linli({**os.environ, "LINLI_DATA": str(data), "LINLI_DATABASE_URL": ""}, "migrate", "-v0")
    return data


class Served:
    """An installation in a folder, served, and asked through the `linli` command."""

    def __init__(self, folder, migrated, **more):
        self.port, self.folder = free_port(), folder
        shutil.copytree(migrated, folder / "data")
        env = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        self.env = {**env, "LINLI_DATA": str(folder / "data"), "PORT": str(self.port), **more}

    def linli(self, *words):
        return linli(self.env, *words)

    def doctor(self):
        found = {one["name"]: one for one in json.loads(self.linli("doctor", "--json"))}
        return found["standing"]

    def serve(self, host="127.0.0.1"):
        command = [sys.executable, "-m", "linli.config.command", "serve", "--no-tick", "--host", host]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.mark.slow
def test_doctor_finds_a_desk_that_the_network_reaches(tmp_path, migrated):
    if standing.own_address() in {"", "127.0.0.1"}:
        pytest.skip("no network here")
    with Served(tmp_path / "open", migrated).serve("0.0.0.0") as house:
        assert "answers to the network" in house.doctor()["words"]
    with Served(tmp_path / "shut", migrated).serve() as house:
        assert house.doctor() == {
            "name": "standing", "state": "good", "mend": "",
            "words": "desk: nothing is reached from outside; posters bear telephone, hours and place code",
        }  # fmt: skip


@pytest.mark.slow
def test_doctor_asks_each_name_of_an_office_for_this_very_installation(tmp_path, migrated):
    with Served(tmp_path / "one", migrated, LINLI_HOSTS="localhost").serve() as house:
        assert house.doctor()["words"] == "office: the names in LINLI_HOSTS lead here"
        other = Served(tmp_path / "other", migrated, LINLI_HOSTS="localhost")
        other.env["PORT"] = str(house.port)
        assert "another installation answers" in other.doctor()["words"]
    assert "ConnectError" in house.doctor()["words"]


@pytest.mark.django_db
def test_public_address_without_tls_is_a_fault(settings):
    settings.LINLI_PUBLIC_URL = "http://linli.example.cn"
    assert standing.way_of_standing() == standing.PUBLIC
    assert "is not https" in standing.faults_of_standing()[0]


def documented(folder, upstream, http, https):
    """The proxy of docs/operators.md, on ports that are free here."""
    block = re.search(r"```nginx\n(.*?)```", (ROOT / "docs" / "operators.md").read_text(), re.DOTALL)[1]
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{http};", "listen 443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "linli.example.cn": "localhost", "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "/etc/ssl/linli.pem": str(folder / "cert.pem"), "/etc/ssl/linli.key": str(folder / "cert.key"),
    }.items():  # fmt: skip
        assert old in block
        block = block.replace(old, new)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    log = f"access_log off; error_log {folder}/error.log;"
    head = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
    return f"{head}http {{ {paths} {log}\n{block}}}\n"


@pytest.fixture
def proxied(tmp_path, migrated):
    """Linli behind the documented nginx, with a certificate of our own making."""
    if not NGINX:
        pytest.skip("no nginx here")
    http, https = free_port(), free_port()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", "cert.key", "-out", "cert.pem"),
        ],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    url = f"https://localhost:{https}"
    more = {"LINLI_PUBLIC_URL": url, "LINLI_PROXY": "127.0.0.1", "SSL_CERT_FILE": str(tmp_path / "cert.pem")}
    with Served(tmp_path, migrated, **more).serve() as house:
        (tmp_path / "nginx.conf").write_text(documented(tmp_path, house.port, http, https))
        words = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")]
        proxy = subprocess.Popen(words)
        end = time.monotonic() + 20
        while time.monotonic() < end and socket.socket().connect_ex(("127.0.0.1", https)):
            time.sleep(0.05)
        try:
            yield house, url, f"http://localhost:{http}"
        finally:
            proxy.terminate()
            proxy.wait(timeout=20)


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(house, url, data=None, **headers):
    """An answer, whatever its status; no redirect is followed."""
    trusted = ssl.create_default_context(cafile=house.env["SSL_CERT_FILE"])
    try:
        return build_opener(HTTPSHandler(context=trusted), Stay).open(Request(url, data, headers))
    except HTTPError as answer:
        return answer


@pytest.mark.slow
def test_documented_proxy_serves_https_and_the_doctor_is_content(proxied):
    house, url, plain = proxied
    assert house.doctor()["words"] == "public: LINLI_PUBLIC_URL leads here by https"
    moved = ask(house, f"{plain}/p/ABCDEF/")
    assert (moved.status, moved.headers["Location"]) == (301, "https://localhost/p/ABCDEF/")
    page = ask(house, f"{url}/sign-in/")
    assert "max-age" in page.headers["Strict-Transport-Security"]
    assert "Secure" in page.headers["Set-Cookie"]


@pytest.mark.slow
def test_documented_proxy_lets_nobody_pretend_an_address(proxied):
    house, url, _ = proxied
    page = ask(house, f"{url}/sign-in/")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
    form = f"csrfmiddlewaretoken={token}&login=nobody&passphrase=wrong".encode()
    cookie = page.headers["Set-Cookie"].split(";")[0]
    more = {"Cookie": cookie, "Referer": f"{url}/sign-in/", "X-Forwarded-For": "10.9.9.9"}
    assert ask(house, f"{url}/sign-in/", form, **more).status == 422
    with sqlite3.connect(house.folder / "data" / "linli.sqlite3") as store:
        found = store.execute("SELECT address FROM audit_auditrecord WHERE verb = 'account.sign_in_failed'").fetchall()
    assert found == [("127.0.0.1",)]
