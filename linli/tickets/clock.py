"""What the tick asks of reports, and what follows when a clock of one sounds."""

from __future__ import annotations

from datetime import datetime

from linli.core.actor import Actor, system
from linli.matters.models import Matter
from linli.matters.states import Level
from linli.tickets.actions import answer_alarm, miss_promises, remind_raters, tell_unopened
from linli.tickets.models import Ticket
from linli.tickets.queries.reading import JOINED
from linli.tickets.queries.waiting import promises_missed, tickets_to_remind, tickets_unopened

AT_ONCE = 200


def on_alarm(matter: Matter, level: Level, actor: Actor) -> None:
    """A clock of a report sounded; the spine calls this in the same transaction."""
    ticket = Ticket.objects.select_related(*JOINED).get(pk=matter.pk)
    ticket.matter = matter
    answer_alarm(actor=actor, ticket=ticket, level=level)


def remind_of_rating(now: datetime) -> int:
    """Remind those who have not rated yet."""
    tickets = list(tickets_to_remind(now)[:AT_ONCE])
    return remind_raters(actor=system(now), tickets=tickets) if tickets else 0


def notice_missed_promises(now: datetime) -> int:
    """A promise that was not kept goes to a supervisor the same day."""
    promises = list(promises_missed(now)[:AT_ONCE])
    return miss_promises(actor=system(now), promises=promises) if promises else 0


def notice_unopened(now: datetime) -> int:
    """What nobody opened for two office hours goes to whoever answers for the desk."""
    tickets = tickets_unopened(now)
    return tell_unopened(actor=system(now), tickets=tickets) if tickets else 0


CLOCK = (remind_of_rating, notice_missed_promises, notice_unopened)
