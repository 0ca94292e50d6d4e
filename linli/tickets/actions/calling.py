"""Ringing back: the third urge and a broken promise go to a supervisor, who rings the reporter the same day."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import LostRace, NotAllowed
from linli.core.flow import action
from linli.matters.actions import Telling
from linli.matters.states import Audience
from linli.tickets import permissions
from linli.tickets.actions._calls import ask_call_back
from linli.tickets.actions._steps import need, permit, tell
from linli.tickets.models import Promise, Ticket


@action
def call_back_reporter(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Notes what a supervisor told the reporter on the telephone, and what was said there.

    Raises `NotAllowed` where nobody is to ring, `LostRace` where a colleague has rung, `BadInput` without words.
    """
    permit(actor, ticket, permissions.may_call_back)
    words = need(note)
    waiting = Ticket.objects.filter(pk=ticket.pk, call_back_at=ticket.call_back_at)
    if not waiting.update(call_back_at=None):
        raise LostRace
    ticket.call_back_at = None
    fields = {} if ticket.matter.contacted_at else {"contacted_at": actor.now}
    tell(actor, ticket, Telling("called_back", words, fields=fields))
    return ticket


@action
def miss_promises(*, actor: Actor, promises: Sequence[Promise]) -> int:
    """Marks promises whose day went by unkept, and asks a supervisor of each to ring the reporter.

    Raises `NotAllowed` for anybody but the clock.
    """
    if not actor.is_system:
        raise NotAllowed
    missed = 0
    for promise in promises:
        if not Promise.objects.filter(pk=promise.pk, kept_at=None, missed_at=None).update(missed_at=actor.now):
            continue
        ticket = promise.ticket
        words = _("答应过的没有做到：%(words)s") % {"words": promise.words}
        rows, told = ask_call_back(actor, ticket, words)
        tell(actor, ticket, Telling("promise_missed", audience=Audience.STAFF), rows=rows, others=told)
        missed += 1
    return missed
