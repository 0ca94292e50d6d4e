"""What the clock does: small turns general, silence closes without a rating, reminders and supervision (SRQ-010)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.core.times import day_of, say_moment
from linli.matters.actions import Change, Telling
from linli.matters.states import LEVEL_WORDS, Audience, Level
from linli.notices.rules import Message
from linli.people.queries import bodies_for
from linli.tickets.actions._steps import announce, charter_of_ticket, put, step, tell, to_body
from linli.tickets.models import Ticket
from linli.tickets.queries.waiting import supervisors_of
from linli.tickets.rules.times import finish_due_at
from linli.tickets.states import AWAITING_RATING, SUBMITTED, UNFINISHED

UPPER = {2: "street_office", 3: "district_office"}


@action
def answer_alarm(*, actor: Actor, ticket: Ticket, level: Level) -> Ticket:
    """Does what a sounding clock asks for: remind, turn general, lapse, raise, supervise (SRQ-010, 022, 060, 090).

    Raises `NotAllowed` for anybody but the clock.
    """
    if not actor.is_system:
        raise NotAllowed
    state, class_code = ticket.matter.state, ticket.matter.class_code
    if level == Level.STEP and state == AWAITING_RATING:
        _lapse(actor, ticket)
    elif level == Level.RESUMED:
        _resumed(actor, ticket)
    elif level == Level.DUE and class_code == "S":
        _turn_general(actor, ticket)
    elif level == Level.DUE:
        _raise_level(actor, ticket)
    elif level == Level.SUPERVISION:
        _supervise(actor, ticket)
    elif level == Level.RECOUNTED:
        announce(actor, ticket, "recounted", {}, _reminders(ticket, level))
    else:
        announce(actor, ticket, "", {}, _reminders(ticket, level))
    return ticket


def _reminders(ticket: Ticket, level: Level) -> list[Message]:
    """The word to whoever has it in hand."""
    matter = ticket.matter
    what = {"what": matter.title, "level": LEVEL_WORDS[level]}
    title = _("%(level)s：%(what)s") % what
    due = matter.step_due_at if level == Level.STEP else matter.due_at
    words = _("到 %(due)s。") % {"due": say_moment(due)} if due else ""
    told = to_body(matter, matter.holder_body_id, title, words)
    if matter.holder_person_id is not None and matter.holder_body_id is None:
        told.append(Message("ticket", title, words, url=f"/tickets/{matter.uid}/",
                            person_id=matter.holder_person_id, subject=matter.uid))  # fmt: skip
    return told


def _lapse(actor: Actor, ticket: Ticket) -> None:
    """No answer within seven days: closed, not rated, never counted as content (SRQ-060)."""
    step(actor, ticket, "lapse", Change(verb="ticket.rating_lapsed", fields={"solved": "", "stars": None}))


def _resumed(actor: Actor, ticket: Ticket) -> None:
    """A pause ran out. What waited for an answer that did not come is put away; it may be taken up for 15 days."""
    question = ticket.questions.last()
    was_asked = question is not None and question.answered_at is None and question.answer_until <= actor.now
    if was_asked and ticket.matter.state in UNFINISHED and ticket.asked:
        step(actor, ticket, "withdraw", Change(verb="ticket.put_away"), rows={"state_before": ticket.matter.state},
             news="put_away")  # fmt: skip
        return
    announce(actor, ticket, "resumed", {}, _reminders(ticket, Level.RESUMED))


def _turn_general(actor: Actor, ticket: Ticket) -> None:
    """A small matter still open at its deadline is general from now on; the time gone by counts (SRQ-022)."""
    matter = ticket.matter
    charter = charter_of_ticket(ticket)
    into = charter.classes["S"].turns_into or "G"
    start = ticket.due_from_at or matter.opened_at
    change = Change(target=matter.state, due_at=finish_due_at(into, matter.opened_at, start, charter),
                    fields={"class_code": into}, verb="ticket.turned_general")  # fmt: skip
    rows: dict[str, Any] = {"size": "general"}
    if matter.state != SUBMITTED:
        rows["due_from_at"] = start
    step(actor, ticket, "adjust", change, rows=rows, news="turned_general", others=_reminders(ticket, Level.DUE))


def _raise_level(actor: Actor, ticket: Ticket) -> None:
    """Time is over: the desk and the level above see it; whoever has it keeps it (SRQ-032, SRQ-090)."""
    matter = ticket.matter
    others = _reminders(ticket, Level.DUE)
    if ticket.desk_body_id != matter.holder_body_id:
        others += to_body(matter, ticket.desk_body_id, _("超时了：%(what)s") % {"what": matter.title})
    others += _to_upper(ticket, _("超时了：%(what)s") % {"what": matter.title})
    telling = Telling("raised", audience=Audience.STAFF, figures={"level": min(ticket.level + 1, 4)})
    tell(actor, ticket, telling, others=others)


def _supervise(actor: Actor, ticket: Ticket) -> None:
    """More than five working days over: a supervision notice (督办) to the unit, the desk and the level above."""
    matter = ticket.matter
    title = _("督办：%(what)s") % {"what": matter.title}
    others = to_body(matter, matter.holder_body_id, title, urgent=True)
    if ticket.desk_body_id != matter.holder_body_id:
        others += to_body(matter, ticket.desk_body_id, title, urgent=True)
    others += _to_upper(ticket, title)
    put(ticket, supervised_at=actor.now)
    announce(actor, ticket, "supervised", {}, others)


def _to_upper(ticket: Ticket, title: str) -> list[Message]:
    """A message to the office above the report's desk."""
    place, kind = ticket.matter.place, UPPER.get(ticket.level)
    bodies = bodies_for(place, body_kind=kind) if place and kind else []
    return to_body(ticket.matter, bodies[0].pk, title) if bodies else []


@action
def remind_raters(*, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Reminds reporters who have not rated, after 24 and after 72 hours, twice and no more (SRQ-060).

    Raises `NotAllowed` for anybody but the clock.
    """
    if not actor.is_system:
        raise NotAllowed
    reminded = 0
    for ticket in tickets:
        count = ticket.rating_reminded
        mine = Ticket.objects.filter(pk=ticket.pk, rating_reminded=count, rounds=ticket.rounds)
        if not mine.update(rating_reminded=count + 1):
            continue
        tell(actor, ticket, Telling("rating_reminded", audience=Audience.STAFF), news="rating_reminder")
        reminded += 1
    return reminded


@action
def tell_unopened(*, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Tells whoever answers for the desk that a report lies unopened for two office hours; once for each (SRQ-010)."""
    if not actor.is_system:
        raise NotAllowed
    told = 0
    for ticket in tickets:
        if not Ticket.objects.filter(pk=ticket.pk, left_unopened_at=None).update(left_unopened_at=actor.now):
            continue
        title = _("两个办公小时没有人打开：%(what)s") % {"what": ticket.matter.title}
        url = f"/tickets/{ticket.matter.uid}/"
        others = [
            Message("ticket", title, url=url, person_id=person_id, subject=ticket.matter.uid)
            for person_id in supervisors_of(ticket, day_of(actor.now))
        ]
        tell(actor, ticket, Telling("left_unopened", audience=Audience.STAFF), others=others)
        told += 1
    return told
