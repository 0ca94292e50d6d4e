"""Who acts: the one value that every action and every query receives."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest

LEVELS = ("district", "street", "community", "compound", "building")
"""Levels of the place tree that a matter carries as plain columns, widest first."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One right that an appointment gives: a post, for a body, over a place and all below it.

    ``level`` is one of `LEVELS`, ``"everywhere"`` (administrator of the installation) or ``"nowhere"``
    (a post whose rights come from its body alone, as a lift firm's).
    """

    post: str
    level: str
    place_id: int | None = None
    body_id: int | None = None

    def covers(self, thing: Any) -> bool:
        """Whether ``thing``, which carries ``district_id ... building_id``, lies inside this grant's place."""
        if self.level == "everywhere":
            return True
        return self.place_id is not None and getattr(thing, f"{self.level}_id", None) == self.place_id


@dataclass(frozen=True, slots=True)
class Actor:
    """Account, person, appointment worn, grants, channel, address, language, request id and now.

    Set by the door: the web and the clock take the clock's time, the importer and the demo the record's.
    ``receipts`` are the public ids of matters whose receipt code this session has shown.
    """

    now: datetime
    channel: str = "web"
    account_id: int | None = None
    account_uid: str = ""
    person_id: int | None = None
    person_uid: str = ""
    name: str = ""
    hat: str = ""
    appointment_id: int | None = None
    body_id: int | None = None
    grants: tuple[Grant, ...] = ()
    receipts: frozenset[str] = frozenset()
    address: str = ""
    language: str = "zh-hans"
    request_id: str = field(default_factory=lambda: secrets.token_hex(8))
    second_factor: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is behind this actor who signed in."""
        return self.account_id is not None

    @property
    def is_system(self) -> bool:
        """Whether the clock acts: Linli itself, by a rule."""
        return self.channel == "clock"

    def grants_of(self, posts: Iterable[str]) -> Iterator[Grant]:
        """The grants held in any of ``posts``."""
        wanted = frozenset(posts)
        return (grant for grant in self.grants if grant.post in wanted)

    def holds(self, *posts: str, over: Any = None) -> bool:
        """Whether the actor holds one of ``posts``; with ``over``, for a place that covers that thing."""
        return any(over is None or grant.covers(over) for grant in self.grants_of(posts))

    def at(self, moment: datetime) -> Actor:
        """The same actor at another moment (importer, demo, tests)."""
        return replace(self, now=moment)


class Request(HttpRequest):
    """What a view receives: the door has set who acts."""

    actor: Actor
    session_row: Any
    htmx: Any


def system(now: datetime) -> Actor:
    """The clock's actor."""
    return Actor(now=now, channel="clock", hat="clock")


def at_machine(now: datetime) -> Actor:
    """Whoever sits at the machine itself and types a command."""
    return Actor(now=now, channel="command", hat="administrator", grants=(Grant("administrator", "everywhere"),))
