"""What stands on every paper of a place: whom to ring and when, and the address that its codes lead to.

A paper outlives a change of address, so each bears a telephone number and the six characters of its place.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.access.queries import is_demo
from linli.charters.queries import charter_of
from linli.charters.rules import Charter, Words
from linli.charters.rules.plain import office_hours
from linli.core.actor import Request
from linli.papers.queries import is_tried
from linli.people.models import Body
from linli.people.queries import bodies_for
from linli.places.models import Place

FIRST_AID = ("police", "fire", "ambulance")
HOTLINE = "hotline"


@dataclass(frozen=True, slots=True)
class Paper:
    """Whom to ring, when, and where a code leads; ``base`` is "" until a telephone has opened it once.

    ``untried`` is the address that telephones may reach, but which nobody has tried.
    """

    office: Words
    phone: str
    is_own_phone: bool
    workdays: Words
    hours: str
    numbers: tuple[tuple[str, Words], ...]
    base: str
    own: str
    is_demo: bool
    untried: str = ""

    def url(self, path: str) -> str:
        """The whole address for a code, "" where nobody could open it."""
        return f"{self.base}{path}" if self.base else ""

    def trial_url(self, path: str) -> str:
        """In the demo alone: a code to try on this very machine."""
        return f"{self.own}{path}" if self.is_demo and not self.base else ""


def both(words: Any) -> Words:
    """The same words in Chinese and Tibetan, Chinese first (LNG-002); no Tibetan where nobody wrote it."""
    with override("zh-hans"):
        chinese = str(words)
    with override("bo"):
        tibetan = str(words)
    return Words(chinese, "" if tibetan == chinese else tibetan)


def base_of(request: Request) -> str:
    """The address under which a telephone finds us: the one set, else the request's unless it is this machine only."""
    if settings.LINLI_PUBLIC_URL:
        return str(settings.LINLI_PUBLIC_URL)
    host = request.get_host()
    return "" if is_this_machine(urlsplit(f"//{host}").hostname or "") else f"{request.scheme}://{host}"


def is_this_machine(name: str) -> bool:
    """Whether only this machine itself is reached by that name."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def own_of(request: Request) -> str:
    """The address under which this very machine finds itself."""
    return f"{request.scheme}://{request.get_host()}"


def paper_for(request: Request, place: Place | None) -> Paper:
    """What stands on the papers of a place, with codes that lead where this request came from."""
    return paper_at(place, base_of(request), own_of(request))


def paper_at(place: Place | None, base: str, own: str) -> Paper:
    """What stands on the papers of a place: the charter's number, else the community office's, else the hotline."""
    charter = charter_of(place.community_id if place else None)
    office = next(iter(bodies_for(place, body_kind="community_office")), None) if place else None
    own_phone = charter.phone or (office.phone if office else "")
    tried = bool(base) and is_tried(base)
    return Paper(
        office=_office(office, charter, is_hotline=not own_phone),
        phone=say_phone(own_phone or charter.phones[HOTLINE].number),
        is_own_phone=bool(own_phone),
        workdays=both(_("工作日")) if own_phone else Words(""),
        hours=office_hours(charter) if own_phone else "",
        numbers=tuple((charter.phones[code].number, charter.phones[code].words) for code in FIRST_AID),
        base=base if tried else "",
        own=own,
        is_demo=is_demo(),
        untried="" if tried else base,
    )


def say_phone(number: str) -> str:
    """A number as people read it aloud: ``0891-6321234``, ``139 0000 0001``; as it is where it has gaps already."""
    if not number.isdecimal() or len(number) < 9:
        return number
    if number.startswith("1") and len(number) == 11:
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    area = 3 if number.startswith(("010", "02")) else 4
    return f"{number[:area]}-{number[area:]}" if number.startswith("0") else number


def _office(office: Body | None, charter: Charter, *, is_hotline: bool) -> Words:
    """Whose number it is."""
    if is_hotline:
        return charter.phones[HOTLINE].words
    return Words(office.name, office.name_bo) if office else both(_("社区"))
