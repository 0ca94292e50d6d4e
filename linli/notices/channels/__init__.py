"""Ways outward behind one small interface. Settings say which are open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes out. ``uid`` stays the same when a delivery is taken up again after a crash; ``attempt`` grows with
    every failure that was noted, so that a provider may tell a repeat from a new try.
    """

    uid: str
    to: str = field(repr=False)
    kind: str
    title: str
    words: str = field(repr=False)
    url: str = ""
    attempt: int = 0


class Unreachable(Exception):
    """Not now: the network, or the provider, may be back later."""


class Refused(Exception):
    """Never: this number or address is wrong, or the provider will not take it."""


class Channel(Protocol):
    """One way outward."""

    def send(self, parcel: Parcel) -> str:
        """Hand the parcel over; returns the provider's receipt. Raises `Unreachable` or `Refused`."""
        ...


def channel_of(name: str) -> Channel | None:
    """The channel called ``name`` as the settings open it, or None."""
    from linli.notices.channels.aliyun import Aliyun
    from linli.notices.channels.console import Console
    from linli.notices.channels.file import File
    from linli.notices.channels.robots import Robots, named_robots
    from linli.notices.channels.smtp import Smtp
    from linli.notices.channels.webhook import Webhook

    if name == "robot" and named_robots():
        return Robots(named_robots())
    address = {"sms": settings.LINLI_SMS, "mail": settings.LINLI_MAIL, "webhook": settings.LINLI_WEBHOOK}.get(name, "")
    scheme, _, rest = address.partition(":")
    if scheme == "console":
        return Console(name)
    if scheme == "file":
        return File(name, Path(rest) if rest else Path(settings.LINLI_DATA) / "outbox.jsonl")
    if name == "sms" and scheme == "aliyun":
        parts = urlsplit(address)
        return Aliyun(
            key=unquote(parts.username or ""),
            secret=unquote(parts.password or ""),
            options=dict(parse_qsl(parts.query)),
            endpoint=f"https://{parts.netloc.rpartition('@')[2]}/",
        )
    if name == "mail" and scheme == "smtp":
        return Smtp()
    is_webhook = name == "webhook" and scheme in {"https", "http"}
    return Webhook(address, settings.LINLI_WEBHOOK_SECRET) if is_webhook else None


def open_channels() -> tuple[str, ...]:
    """The names of the channels that the settings open."""
    return tuple(name for name in ("sms", "mail", "webhook", "robot") if channel_of(name))
