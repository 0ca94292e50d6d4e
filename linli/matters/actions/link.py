"""Links between matters, and the thread they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed, WrongState
from linli.core.flow import action
from linli.matters.actions._story import entry_of, write
from linli.matters.models import Link, Matter
from linli.matters.permissions import may_move
from linli.matters.states import LINK_WORDS, THREADING, Audience


@action
def link_matters(
    *, actor: Actor, source: Matter, target: Matter, kind: str, figures: Mapping[str, Any] | None = None
) -> Link:
    """Say how one matter leads to another; all but duplicates then share one thread. Both stories tell it.

    Raises `NotAllowed`, `WrongState` for a matter with itself, `LostRace` where the link stands already.
    """
    if not (may_move(actor, source) and may_move(actor, target)):
        raise NotAllowed
    if kind not in LINK_WORDS or source.pk == target.pk:
        raise WrongState
    try:
        with transaction.atomic():
            link = Link.objects.create(
                source=source, target=target, kind=kind, figures=dict(figures or {}), at=actor.now
            )
    except IntegrityError as error:
        raise LostRace from error
    if kind in THREADING:
        _join(source, target)
    _tell_both(actor, "linked", link)
    return link


@action
def unlink_matters(*, actor: Actor, source: Matter, target: Matter, kind: str) -> None:
    """Take a link off again (un-merging, SRQ-050). A thread once joined stays joined.

    Raises `NotAllowed`, `LostRace` where there is no such link any more.
    """
    if not (may_move(actor, source) and may_move(actor, target)):
        raise NotAllowed
    found, _by_model = Link.objects.filter(source=source, target=target, kind=kind).delete()
    if not found:
        raise LostRace
    _tell_both(actor, "unlinked", Link(source=source, target=target, kind=kind))


def _join(source: Matter, target: Matter) -> None:
    """Put the target's whole thread on the source's."""
    root = source.root_id
    if target.root_id != root:
        Matter.objects.filter(Q(thread=target.root_id) | Q(pk=target.root_id)).update(thread=root)
        target.thread_id = root


def _tell_both(actor: Actor, act: str, link: Link) -> None:
    """A line in both stories; a sealed matter is not named in the other's, a duplicate is the staff's to know."""
    for matter, other, way in ((link.source, link.target, "to"), (link.target, link.source, "from")):
        named = {} if other.audience == Audience.SEALED else {"uid": other.uid, "number": other.number}
        is_open = other.audience == Audience.PUBLIC and link.kind in THREADING
        audience = Audience.PUBLIC if is_open else Audience.STAFF
        figures = {"link": link.kind, "way": way, **named}
        write(actor, matter, entry_of(actor, matter, f"matter.{act}", audience=audience, figures=figures), "", "")
