"""What a message is, which ways it takes outward, and when. Plain values in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from linli.core.times import day_of, local, moment

QUIET = (time(21, 30), time(7, 30))
"""When nobody is disturbed who has not chosen hours of their own."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long to wait after each failed try; after the last the delivery is dead and listed."""

LEASE = timedelta(minutes=2)
"""How long a claimed delivery is left to its deliverer; whoever crashed loses it to the next."""

CODES = frozenset({"code"})
"""Kinds that carry a one-time code: never in an inbox, gone after a day."""

CODE_LIFE = timedelta(days=1)
CONTACT_LIFE = timedelta(days=30)
INBOX_LIFE = timedelta(days=365)
UNREAD_LIFE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be queued. It names a person, a body, or a bare telephone or mail address (a receipt's).

    ``for_group``: its title tells nothing that a body's own group chat may not hear, such as whose home it is.
    """

    kind: str
    title: Any
    words: Any = ""
    url: str = ""
    person_id: int | None = None
    body_id: int | None = None
    phone: str = ""
    email: str = ""
    subject: str = ""
    urgent: bool = False
    language: str = ""
    not_before: datetime | None = None
    for_group: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person wants to be told."""

    phone: str = ""
    email: str = ""
    channels: tuple[str, ...] = ()
    quiet: tuple[time, time] = QUIET


@dataclass(frozen=True, slots=True)
class Way:
    """One way outward: a channel and an address."""

    channel: str
    to: str


def ways_of(reach: Reach, open_channels: Iterable[str]) -> list[Way]:
    """The ways a person chose, as far as this installation has the channel and we have the address."""
    addresses = {"sms": reach.phone, "mail": reach.email}
    chosen = [channel for channel in addresses if channel in reach.channels]
    return [Way(channel, addresses[channel]) for channel in chosen if addresses[channel] and channel in open_channels]


def quiet_until(now: datetime, quiet: tuple[time, time]) -> datetime | None:
    """The end of the quiet hours that ``now`` falls into, or None outside them. Hours may run over midnight."""
    start, end = quiet
    here = local(now).time()
    if start <= end:
        return moment(day_of(now), end) if start <= here < end else None
    if here >= start:
        return moment(day_of(now) + timedelta(days=1), end)
    return moment(day_of(now), end) if here < end else None


def goes_at(now: datetime, quiet: tuple[time, time], *, is_urgent: bool) -> datetime:
    """When a message may leave: at once, or when the quiet hours end."""
    return now if is_urgent else quiet_until(now, quiet) or now


def next_try(now: datetime, tries: int) -> datetime | None:
    """When to try again after ``tries`` failures; None when it is enough."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None
