"""One walk over every address as everybody, kept for all tests that judge pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tests.robustness.world import Address, World


@dataclass(frozen=True)
class Answer:
    """What one reader was answered at one address."""

    who: str
    address: Address
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    text: str
    fault: str = ""

    def __str__(self) -> str:
        return f"{self.who} at {self.address.path} ({self.address.key}): {self.status} {self.fault}"


def walk(world: World, names: Iterable[str]) -> list[Answer]:
    """Ask for everything that can be asked for; what an address writes is taken back."""
    return [visit(world, who, address) for address in world.addresses() if reads(world, address) for who in names]


def reads(world: World, address: Address) -> bool:
    """Whether the address is a page, and not only an act."""
    return visit(world, "anonymous", address).status != 405


def acts(world: World, address: Address) -> bool:
    """Whether something can be sent to the address."""
    return visit(world, "anonymous", address, "post").status != 405


def visit(world: World, who: str, address: Address, method: str = "get", **more: Any) -> Answer:
    """Go there once, and take back whatever it did."""
    client = world.clients[who]
    before = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(address.path, **more)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    told = {name: morsel.OutputString() for name, morsel in answer.cookies.items()}
    client.cookies = before
    text = content.decode() if "text/html" in answer.get("Content-Type", "") else ""
    fault = repr(client.exc_info[1]) if client.exc_info else ""
    client.exc_info = None
    return Answer(who, address, answer.status_code, dict(answer.headers), told, text, fault)
