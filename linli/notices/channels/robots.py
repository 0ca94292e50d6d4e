"""Group robots of WeCom, DingTalk and Feishu: a body's notices into its own people's group.

What goes there is the title, which is the product's own words, and the address: a group holds no words of a reporter.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx
from django.conf import settings

from linli.core.times import now
from linli.notices.channels import Parcel, Refused, Unreachable

log = logging.getLogger(__name__)
LATER = frozenset({-1, 45009, 45033, 130101, 410100, 9499, 11232, 11247})
"""Answers after which another try makes sense: busy, or too many messages in a minute."""


def signed(secret: str, words: str) -> str:
    """HMAC-SHA256 in base64, as both DingTalk and Feishu want it, of different words with different secrets."""
    return base64.b64encode(hmac.new(secret.encode(), words.encode(), hashlib.sha256).digest()).decode()


@dataclass(frozen=True, slots=True)
class Robot:
    """One group's robot: its kind, the address its maker gave, and its secret where it signs."""

    kind: str
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)

    def told(self, words: str, seconds: int) -> tuple[dict[str, str], dict[str, Any]]:
        """The query and the body of a text message, signed for this second."""
        if self.kind == "feishu":
            body: dict[str, Any] = {"msg_type": "text", "content": {"text": words}}
            sign = {"timestamp": str(seconds), "sign": signed(f"{seconds}\n{self.secret}", "")}
            return {}, (sign | body if self.secret else body)
        body = {"msgtype": "text", "text": {"content": words}}
        if self.kind == "dingtalk" and self.secret:
            stamp = str(seconds * 1000)
            return {"timestamp": stamp, "sign": signed(self.secret, f"{stamp}\n{self.secret}")}, body
        return {}, body

    def send(self, parcel: Parcel) -> str:
        """Post one notice."""
        link = f"\n{settings.LINLI_PUBLIC_URL}{parcel.url}" if parcel.url and settings.LINLI_PUBLIC_URL else ""
        query, body = self.told(f"{parcel.title}{link}", int(now().timestamp()))
        address = httpx.URL(self.address).copy_merge_params(query)
        try:
            answer = httpx.post(address, json=body, timeout=5)
            if answer.status_code == 429 or answer.status_code >= 500:
                raise Unreachable(str(answer.status_code))
            told = answer.json()
            code = int(told.get("errcode", told.get("code", 1)))
        except (httpx.HTTPError, ValueError, AttributeError, TypeError) as error:
            raise Unreachable(type(error).__name__) from error
        if code in LATER:
            raise Unreachable(f"{self.kind} {code}")
        if code:
            raise Refused(f"{self.kind} {code}")
        return self.kind


@dataclass(frozen=True, slots=True)
class Robots:
    """The robot of each body, by the body's name."""

    by_body: Mapping[str, Robot]

    def send(self, parcel: Parcel) -> str:
        """Hand it to the robot of the body that the parcel is for."""
        robot = self.by_body.get(parcel.to)
        if robot is None:
            raise Refused("no robot for this body")
        return robot.send(parcel)


def robots_in(written: str) -> dict[str, Robot]:
    """``安和物业=dingtalk:https://...#SECRET``, several with blanks between them; a blank in a name is ``%20``.

    Raises `ValueError` for what is none of the three.
    """
    found = {}
    for one in written.split():
        name, _, rest = one.partition("=")
        kind, _, address = rest.partition(":")
        address, _, secret = address.partition("#")
        if kind not in {"wecom", "dingtalk", "feishu"} or not address.startswith(("https://", "http://")):
            raise ValueError(f"LINLI_ROBOTS: {name}=... is not wecom:, dingtalk: or feishu: with an address")
        found[unquote(name)] = Robot(kind, address, unquote(secret))
    return found


def named_robots() -> dict[str, Robot]:
    """The robots of the settings; none where they cannot be read, which `linli doctor` says: other ways stay open."""
    try:
        return robots_in(settings.LINLI_ROBOTS)
    except ValueError:
        log.exception("LINLI_ROBOTS cannot be read")
        return {}
