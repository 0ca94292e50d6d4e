"""The three ways of standing: at a desk, in the office's network, in public. What each needs, and whether it holds."""

from __future__ import annotations

import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.core.secret import digest

DESK, OFFICE, PUBLIC = "desk", "office", "public"
WORDS: dict[str, Any] = {
    DESK: _("只在这台电脑上"),
    OFFICE: _("办公室网络"),
    PUBLIC: _("公开网址"),
}
PATIENCE = 5.0


def way_of_standing() -> str:
    """How this installation stands, as its settings say."""
    if settings.LINLI_PUBLIC_URL:
        return PUBLIC
    return OFFICE if settings.LINLI_HOST_NAMES else DESK


def installation_mark() -> str:
    """By which the doctor knows that it is this installation which answered. It tells nothing else."""
    return digest("this installation", "mark")[:16]


def answers(url: str) -> str:
    """What came in place of this very installation's answer at ``url``; "" where it is this one."""
    try:
        trusted = ssl.create_default_context()
        answer = httpx.get(f"{url}/healthz", timeout=PATIENCE, trust_env=False, verify=trusted)
        mark = answer.json().get("installation")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return f"{type(error).__name__}: {str(error) or url}"[:160]
    except (ValueError, AttributeError):
        return f"{answer.status_code}, not an answer of Linli"
    return "" if mark == installation_mark() else "another installation answers"


def own_address() -> str:
    """The machine's address in the network it stands in, "" without one. No packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        try:
            tried.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(tried.getsockname()[0])


def faults_at_desk() -> list[str]:
    """At a desk nothing may be reached from outside."""
    address = own_address()
    with socket.socket() as tried:
        tried.settimeout(PATIENCE)
        if not address or address.startswith("127.") or tried.connect_ex((address, settings.PORT)):
            return []
    return [f"{address}:{settings.PORT} answers to the network; serve with --host 127.0.0.1, or set LINLI_HOSTS"]


def faults_in_office() -> list[str]:
    """In the office's network each name that is typed must lead here."""
    found = {name: answers(f"http://{name}:{settings.PORT}") for name in settings.LINLI_HOST_NAMES}
    return [f"http://{name}:{settings.PORT} {words}" for name, words in found.items() if words]


def faults_in_public() -> list[str]:
    """In public: https, whose certificate holds; http sent on to it; the proxy believed, and nobody else."""
    url = settings.LINLI_PUBLIC_URL
    if not url.startswith("https://"):
        return [f"{url} is not https: passphrases and cookies would travel in the open"]
    faults = []
    if words := answers(url):
        faults.append(f"{url} {words} (some routers do not lead home: try it with a telephone on mobile data)")
    elif not sends_on_to_https(url):
        faults.append(f"http://{urlsplit(url).netloc} is not sent on to https")
    if not settings.LINLI_PROXY:
        faults.append("LINLI_PROXY is not set: every visitor would share one address, and one lock")
    return faults


def sends_on_to_https(url: str) -> bool:
    """Whether plain http is answered by a step to https; a closed port is as good."""
    host = urlsplit(url).hostname
    try:
        answer = httpx.get(f"http://{host}/healthz", timeout=PATIENCE, trust_env=False)
    except httpx.HTTPError:
        return True
    return answer.is_redirect and answer.headers.get("location", "").startswith("https://")


CHECKS = {DESK: faults_at_desk, OFFICE: faults_in_office, PUBLIC: faults_in_public}


def faults_of_standing() -> list[str]:
    """What is wrong with the way this installation stands."""
    return CHECKS[way_of_standing()]()
