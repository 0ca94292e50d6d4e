"""What goes with every page: a strict policy, closed cookies, nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from linli.access.models import Account
from linli.access.queries import COOKIE
from linli.access.tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:|<iframe|<object|<embed|<base\b", re.IGNORECASE
)
FETCHED = re.compile(
    r"""(?:src|srcset|poster|action|data|formaction)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|<link[^>]*href=["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import""",
    re.IGNORECASE,
)
HOST = re.compile(r"""(?:https?:|wss?:|["'(]\s*)//([a-z0-9][a-z0-9.-]*\.[a-z]{2,})""", re.IGNORECASE)
NAMESPACES = {"www.w3.org"}


def test_no_page_fails(walked):
    assert [str(answer) for answer in walked if answer.status >= 500 and answer.address.path != "/healthz"] == []


def test_every_answer_carries_the_strict_policy(walked):
    for answer in walked:
        if answer.address.module == "files" and answer.status == 200:
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            continue
        told = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";") if part)
        assert told == POLICY, answer


def test_every_answer_says_nosniff_no_frames_and_keeps_where_one_came_from(walked):
    for answer in walked:
        told = {name: answer.headers.get(name) for name in ("X-Content-Type-Options", "X-Frame-Options")}
        assert told == {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}, answer
        assert answer.headers["Referrer-Policy"] == "same-origin", answer
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", answer
        assert "Server" not in answer.headers
        assert "X-Powered-By" not in answer.headers


def test_no_page_has_script_or_style_inside_it(walked):
    pages = [answer for answer in walked if answer.text]
    assert len(pages) > 100
    for answer in pages:
        assert INLINE.findall(answer.text) == [], answer


def test_no_page_fetches_anything_from_elsewhere(walked):
    for answer in walked:
        assert FETCHED.findall(answer.text) == [], answer
        hosts = set(HOST.findall(answer.text)) - NAMESPACES
        assert hosts - {"testserver"} == set(), answer


def test_static_files_name_no_other_host():
    found = {}
    for file in sorted(ROOT.glob("linli/*/static/**/*")):
        if file.suffix in {".js", ".css", ".svg", ".html", ".json", ".webmanifest"}:
            hosts = set(HOST.findall(file.read_text(encoding="utf-8"))) - NAMESPACES
            if hosts and "vendor" not in file.parts:
                found[file.name] = hosts
    assert found == {}


def test_signed_in_pages_are_kept_by_no_shared_cache(walked):
    for answer in walked:
        if answer.who != "anonymous" and answer.status == 200 and answer.text:
            kept = answer.headers.get("Cache-Control", "")
            assert "private" in kept or "no-store" in kept, answer
            assert "no-store" in kept or "Cookie" in answer.headers.get("Vary", ""), answer


def test_cookies_are_closed_to_scripts_and_to_other_sites(walked):
    set_on_walk = {told for answer in walked for told in answer.cookies.values()}
    for told in set_on_walk:
        assert "HttpOnly" in told, told
        assert "SameSite=Lax" in told, told


@pytest.fixture
def public(settings):
    """An installation whose public address is https."""
    settings.IS_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.CSRF_COOKIE_SECURE = settings.SESSION_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    return Client(headers={"x-forwarded-proto": "https"})


def test_cookies_are_secure_and_https_is_remembered_on_a_public_installation(world, public):
    Account.objects.filter(login="desk").update(passphrase=make_password(PASSPHRASE))
    answer = public.get("/sign-in/")
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    public.post("/language/", {"language": "en"})
    public.post("/sign-in/", {"login": "desk", "passphrase": PASSPHRASE})
    assert {COOKIE, "csrftoken", "language"} <= public.cookies.keys()
    for name, morsel in public.cookies.items():
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == (True, True, "Lax"), name


def test_settings_of_a_public_installation_pass_djangos_own_check(tmp_path):
    env = {**os.environ, "LINLI_PUBLIC_URL": "https://linli.example", "LINLI_DATA": str(tmp_path / "data")}
    env["LINLI_KEY_FILE"] = str(tmp_path / "keys.json")
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests of this process set it
    words = [sys.executable, "-m", "linli.config.command", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
