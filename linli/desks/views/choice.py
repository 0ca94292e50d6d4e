"""Which list of the desk is open: it travels in the address, so that every page and act comes back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from linli.core.actor import Actor, Request
from linli.core.errors import NotFound
from linli.desks.queries import after_this
from linli.desks.states import SHOWN
from linli.matters.models import Matter
from linli.places.models import Place
from linli.places.queries import place_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A list by name, at a place where one was chosen."""

    show: str = "new"
    place: Place | None = None

    @classmethod
    def of(cls, request: Request) -> Choice:
        """What the address says; nonsense is the list of what is to be decided. Read once for a request."""
        known: Choice | None = getattr(request, "desk_choice", None)
        if known is None:
            show, uid = request.GET.get("show", "new"), request.GET.get("at", "")
            known = cls(show if show in SHOWN else "new", _place(uid) if uid else None)
            request.desk_choice = known  # type: ignore[attr-defined]
        return known

    @property
    def query(self) -> str:
        """The same, for an address."""
        return self.to()

    def to(self, **changes: Any) -> str:
        """The address' query with something changed."""
        told = {"show": self.show, "at": self.place.uid if self.place else "", **changes}
        told = {name: value for name, value in told.items() if value and (name, value) != ("show", "new")}
        return f"?{urlencode(told)}" if told else ""

    def following(self, actor: Actor, matter: Matter) -> Matter | None:
        """What stands behind a matter in this list."""
        return after_this(actor, matter, self.show, self.place)


def _place(uid: str) -> Place | None:
    try:
        return place_of(uid)
    except NotFound:
        return None
