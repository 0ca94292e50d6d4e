"""Clocks that stand still or move: asking the reporter, pausing, extending, the meeting (SRQ-040, SRQ-041)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.core.actor import Actor
from linli.core.errors import BadInput, WrongState
from linli.core.flow import action
from linli.core.times import end_of_day, say_day
from linli.matters.actions import Change, Telling, pause_matter, resume_matter
from linli.matters.states import Audience
from linli.tickets import permissions
from linli.tickets.actions._steps import (
    announce,
    charter_of_ticket,
    need,
    permit,
    reason_of,
    settle,
    step,
    tell,
    to_body,
)
from linli.tickets.models import Question, Ticket
from linli.tickets.rules import times
from linli.tickets.states import ACCEPTED, AWAITING_REPORTER, IN_PROGRESS

PAUSE_REFUSALS = {
    "never": gettext_lazy("这一类的事不能停，要一直办到好。"),
    "past": gettext_lazy("请写一个以后的日子，到那天自动接着办。"),
    "too_long": gettext_lazy("加起来停得超过六十天了，要停更久请交给议事会定。"),
}


@action
def ask_reporter(*, actor: Actor, ticket: Ticket, words: str) -> Question:
    """Asks the reporter for what is missing; the clocks wait once, for five working days at most (SRQ-040).

    For matters that never pause the question goes out and the clocks run on.
    Raises `NotAllowed`, `WrongState`, `BadInput` without a question.
    """
    permit(actor, ticket, permissions.may_ask)
    charter = charter_of_ticket(ticket)
    asked = need(words, "words")[:1000]
    until = times.answer_until(actor.now, charter)
    facts = {"note": asked, "until": until}
    if times.pause_refusal(ticket.matter.class_code, until, actor.now, timedelta(0), charter):
        telling = Telling("asked", asked, audience=Audience.PARTIES)
        tell(actor, ticket, telling, rows={"asked": ticket.asked + 1}, news="asked", facts=facts)
    elif ticket.asked:
        raise WrongState(_("已经停下来问过一次了。请打电话问，问到了记一笔，接着办。"))
    else:
        reason = times.NEED_INFO
        entry = pause_matter(actor=actor, matter=ticket.matter, reason=reason, until=until, note=asked, move="ask")
        settle(actor, ticket, entry, {"asked": 1})
        announce(actor, ticket, "asked", facts)
    return Question.objects.create(ticket=ticket, words=asked, asked_at=actor.now, answer_until=until)


@action
def answer_question(*, actor: Actor, ticket: Ticket, words: str) -> Ticket:
    """Takes down the reporter's answer; what waited for it goes on. Raises `NotAllowed`, `WrongState`, `BadInput`."""
    permit(actor, ticket, permissions.may_answer)
    answer = need(words, "words")[:2000]
    question = ticket.questions.filter(answered_at=None).last()
    if question is None:
        raise WrongState(_("现在没有要您回答的问题。有话想补充，可以催一下或者打社区电话。"))
    Question.objects.filter(pk=question.pk).update(answer=answer, answered_at=actor.now)
    matter = ticket.matter
    told = to_body(matter, matter.holder_body_id, _("回话了：%(what)s") % {"what": matter.title}, answer)
    if matter.state == AWAITING_REPORTER:
        entry = resume_matter(actor=actor, matter=matter, note=answer, move="answer")
        settle(actor, ticket, entry, None)
        announce(actor, ticket, "", {}, told)
    else:
        tell(actor, ticket, Telling("answered", answer, audience=Audience.PARTIES), others=told)
    return ticket


@action
def pause_ticket(*, actor: Actor, ticket: Ticket, reason: str, until: datetime, note: str) -> Ticket:
    """Stops both clocks for a reason of the closed list until a day, sixty days in all at most (SRQ-040, SRQ-041).

    Raises `NotAllowed` for all but a supervisor, `WrongState` for what never pauses, `BadInput`.
    """
    permit(actor, ticket, permissions.may_pause)
    charter = charter_of_ticket(ticket)
    why = reason_of(charter, "pause", reason)
    if why.code == times.NEED_INFO:
        raise BadInput({"reason": [_("要问反映的人，请用“问一句”。")]})
    matter = ticket.matter
    paused = timedelta(minutes=matter.paused_minutes)
    refusal = times.pause_refusal(matter.class_code, until, actor.now, paused, charter)
    if refusal:
        raise WrongState(PAUSE_REFUSALS[refusal])
    entry = pause_matter(actor=actor, matter=matter, reason=why.code, until=until, note=need(note))
    settle(actor, ticket, entry, None)
    announce(actor, ticket, "paused", {"reason": why.words, "note": note, "until": until})
    return ticket


@action
def resume_ticket(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Takes a paused report up again with the time it had left (R04). Raises `NotAllowed`, `WrongState`."""
    permit(actor, ticket, permissions.may_resume)
    entry = resume_matter(actor=actor, matter=ticket.matter, note=note)
    settle(actor, ticket, entry, None)
    announce(actor, ticket, "resumed", {})
    return ticket


@action
def extend_ticket(*, actor: Actor, ticket: Ticket, until: datetime, reason: str, note: str) -> Ticket:
    """Gives a report more time, as often and as far as its class allows, and tells the reporter (B.3.2).

    Raises `NotAllowed`, `WrongState` where no extension is left, `BadInput` beyond the limit.
    """
    permit(actor, ticket, permissions.may_extend)
    charter = charter_of_ticket(ticket)
    why = reason_of(charter, "extend", reason)
    matter = ticket.matter
    limit = None
    if matter.due_at is not None:
        limit = times.extension_limit(matter.class_code, matter.due_at, ticket.extensions, charter)
    if limit is None or matter.due_at is None:
        raise WrongState(_("这件事不能再延了。办不完请说明原因，或交给上一级。"))
    if not matter.due_at < until <= limit:
        raise BadInput(
            {"until": [_("最晚只能延到 %(day)s。") % {"day": say_day((limit - timedelta(seconds=1)).date())}]}
        )
    change = Change(note=need(note), note_audience=Audience.PARTIES, target=matter.state, due_at=until,
                    verb="ticket.extended", figures={"reason": why.code, "until": until.isoformat()})  # fmt: skip
    rows = {"extensions": ticket.extensions + 1}
    step(actor, ticket, "adjust", change, rows=rows, news="extended", facts={"note": note})
    return ticket


@action
def send_to_meeting(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Puts a big matter on the table of the next fixed meeting day, with 24 hours' notice (000-34, DLB-020, R11).

    Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    permit(actor, ticket, permissions.may_send_to_meeting)
    charter = charter_of_ticket(ticket)
    if not charter.meeting_days:
        raise WrongState(_("章程里还没有定议事日，请先定下来。"))
    day = charter.next_meeting_day(actor.now)
    change = Change(
        note=need(note), note_audience=Audience.PARTIES, due_at=end_of_day(day), figures={"day": day.isoformat()},
        fields={"is_for_table": True, "table_on": day, "class_code": "B"},
    )  # fmt: skip
    rows = {"size": "big", "due_from_at": ticket.due_from_at or actor.now}
    step(actor, ticket, "send_to_meeting", change, rows=rows, news="to_meeting", facts={"day": say_day(day)})
    return ticket


@action
def bring_back(*, actor: Actor, ticket: Ticket, note: str, due_at: datetime) -> Ticket:
    """Takes a matter back from the table with what was agreed and by when (B.3.2, class B).

    Raises `NotAllowed`, `WrongState`, `BadInput` for a day that is past.
    """
    permit(actor, ticket, permissions.may_bring_back)
    if due_at <= actor.now:
        raise BadInput({"due_at": [_("请写一个以后的日子。")]})
    matter = ticket.matter
    has_unit = matter.holder_body_id is not None and matter.holder_body_id != ticket.desk_body_id
    change = Change(
        note=need(note), note_audience=Audience.PUBLIC, target=IN_PROGRESS if has_unit else ACCEPTED, due_at=due_at,
        fields={"is_for_table": False}, verb="ticket.brought_back",
    )  # fmt: skip
    step(actor, ticket, "bring_back", change, news="from_meeting", facts={"note": note})
    return ticket
