"""What every act on a report does in the same order: permission, move, rows, audit, news."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from linli.audit.actions import record_acts
from linli.audit.rules import Record
from linli.charters.rules import Charter, Reason
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotAllowed, NotFound
from linli.core.turn import update_row
from linli.matters.actions import Change, Telling, move_matter, tell_matter
from linli.matters.models import Entry, Matter
from linli.matters.queries import sight_of
from linli.matters.states import Audience
from linli.notices.actions import queue_notices
from linli.notices.rules import Message
from linli.tickets.actions._news import news_of
from linli.tickets.models import Ticket
from linli.tickets.queries import charter_for, community_code_of
from linli.tickets.rules.times import TAKE_BACK_WITHIN
from linli.tickets.states import TAKE_BACK

May = Callable[[Actor, Ticket], bool]


def permit(actor: Actor, ticket: Ticket, may: May) -> None:
    """Go on where ``may`` says so; to those who may not know of the report it is not there."""
    if not may(actor, ticket):
        raise NotFound if sight_of(actor, ticket.matter) is None else NotAllowed


def step(
    actor: Actor,
    ticket: Ticket,
    move: str,
    change: Change | None = None,
    *,
    rows: Mapping[str, Any] | None = None,
    news: str = "",
    facts: Mapping[str, Any] | None = None,
    others: Sequence[Message] = (),
) -> Entry:
    """One step of the table with the report's own columns, the audit and the news, after permission was asked."""
    change = replace(change or Change(), charter=charter_of_ticket(ticket))
    entry = move_matter(actor=actor, matter=ticket.matter, move=move, change=change)
    settle(actor, ticket, entry, rows)
    announce(actor, ticket, news, facts or {}, others, is_held=move in TAKE_BACK)
    return entry


def tell(
    actor: Actor,
    ticket: Ticket,
    telling: Telling,
    *,
    rows: Mapping[str, Any] | None = None,
    news: str = "",
    facts: Mapping[str, Any] | None = None,
    others: Sequence[Message] = (),
) -> Entry:
    """One line of the story without a step, with the report's own columns, the audit and the news."""
    entry = tell_matter(actor=actor, matter=ticket.matter, telling=telling)
    settle(actor, ticket, entry, rows)
    announce(actor, ticket, news, facts or {}, others)
    return entry


def settle(actor: Actor, ticket: Ticket, entry: Entry, rows: Mapping[str, Any] | None) -> None:
    """The report's own columns, and the line of the audit."""
    put(ticket, **(rows or {}))
    detail = {"from": entry.from_state, "to": entry.to_state} if entry.move else {}
    record_acts(
        actor=actor,
        records=[Record(entry.verb, ticket.matter.uid, community_code_of(ticket.matter), detail=detail)],
    )


def put(ticket: Ticket, **columns: Any) -> None:
    """Set columns of the report, in the database and in memory."""
    if columns:
        update_row(ticket, columns)


def announce(
    actor: Actor,
    ticket: Ticket,
    news: str,
    facts: Mapping[str, Any],
    others: Sequence[Message] = (),
    *,
    is_held: bool = False,
) -> None:
    """Queue the news for those who follow the report, and the messages for ``others``, in one insert.

    ``is_held``: what a clerk may still take back leaves half a minute later; what is urgent leaves at once.
    """
    messages = [*(news_of(actor, ticket, news, facts) if news else ()), *others]
    if is_held and actor.channel == "web":
        later = actor.now + TAKE_BACK_WITHIN
        messages = [one if one.urgent else replace(one, not_before=later) for one in messages]
    if messages:
        queue_notices(actor=actor, messages=messages)


def reason_of(charter: Charter, kind: str, code: str) -> Reason:
    """The reason of that code in the charter's closed list. Raises `BadInput`."""
    from django.utils.translation import gettext as _

    try:
        return charter.reason(kind, code)
    except KeyError:
        raise BadInput({"reason": [_("请从列表里选一个理由。")]}) from None


def need(words: str, field: str = "note") -> str:
    """What was typed, where something must be. Raises `BadInput`."""
    from django.utils.translation import gettext as _

    if not words.strip():
        raise BadInput({field: [_("请写几个字，让反映的人看得明白。")]})
    return words.strip()


def charter_of_ticket(ticket: Ticket) -> Charter:
    """The charter the report began with; asked for once in an act."""
    known: Charter | None = ticket.__dict__.get("charter")
    if known is None:
        known = ticket.__dict__["charter"] = charter_for(ticket.matter)
    return known


def to_body(matter: Matter, body_id: int | None, title: Any, words: Any = "", *, urgent: bool = False) -> list[Message]:
    """A message to those who wear a post of a body; nothing where there is no body. What is inside a home, or a
    secret, is named in no group chat.
    """
    if body_id is None:
        return []
    url = f"/tickets/{matter.uid}/"
    is_open = matter.audience == Audience.PUBLIC
    return [
        Message("ticket", title, words, url=url, body_id=body_id, subject=matter.uid, urgent=urgent, for_group=is_open)
    ]
