"""The reporter's word (评单): rating, urging, withdrawing, reopening, a second look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import BadInput, LostRace, TooMany, WrongState
from linli.core.flow import action
from linli.matters.actions import Change, Telling, resume_matter
from linli.matters.states import Audience
from linli.notices.rules import Message
from linli.tickets import permissions
from linli.tickets.actions._calls import ask_call_back
from linli.tickets.actions._steps import charter_of_ticket, need, permit, step, tell, to_body
from linli.tickets.actions.drafts import Answer
from linli.tickets.models import Rating, Ticket
from linli.tickets.rules.ratings import SOLVED, STARS, outcome_of
from linli.tickets.rules.times import finish_due_at, may_still_reopen, rework_due_at
from linli.tickets.states import ACCEPTED, AWAITING_RATING, CLOSED, IN_PROGRESS, MERGED

URGE_EVERY = timedelta(hours=1)
URGES_TO_SUPERVISOR = 3


@action
def rate_ticket(*, actor: Actor, ticket: Ticket, answer: Answer) -> Rating:
    """Takes the reporter's own rating; staff cannot give it (SRQ-060). "Not solved" is done again (SRQ-061).

    Raises `NotAllowed`, `WrongState`, `LostRace` where this reporter has rated already, `BadInput`.
    """
    permit(actor, ticket, permissions.may_rate)
    return _rate(actor, ticket, answer, is_by_phone=False)


@action
def follow_up_rating(*, actor: Actor, ticket: Ticket, answer: Answer) -> Rating:
    """Takes down by telephone what the reporter says; asked by somebody who did not handle it (SRQ-060).

    Raises `NotAllowed`, `WrongState`, `LostRace`, `BadInput`.
    """
    permit(actor, ticket, permissions.may_follow_up)
    return _rate(actor, ticket, answer, is_by_phone=True)


def _rate(actor: Actor, ticket: Ticket, answer: Answer, *, is_by_phone: bool) -> Rating:
    if answer.solved not in SOLVED or (answer.stars is not None and answer.stars not in STARS):
        raise BadInput({"solved": [_("请选：解决了、解决了一部分，还是没解决。")]})
    master = _master_of(ticket)
    if master.pk != ticket.pk and master.matter.state == CLOSED:
        _check_still_open(actor, master)
    else:
        _conclude(actor, master, answer, is_by_phone=is_by_phone)
    rating = Rating(
        ticket=master, voice=ticket, round=master.rounds, solved=answer.solved, stars=answer.stars,
        was_contacted=answer.was_contacted, words=answer.words[:1000], rated_at=actor.now, is_by_phone=is_by_phone,
        asked_by_id=actor.person_id if is_by_phone else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError as error:
        raise LostRace(_("您已经打过分了，谢谢。")) from error
    return rating


def _master_of(ticket: Ticket) -> Ticket:
    """The report that a merged one stands with; else itself."""
    if ticket.matter.state != MERGED:
        return ticket
    merge = ticket.merges.filter(ended_at=None).select_related("master__matter__holder_body").first()
    if merge is None:
        raise WrongState
    return merge.master


def _check_still_open(actor: Actor, master: Ticket) -> None:
    """Other voices may rate for as long as the rating was to be open, also after the first has closed it."""
    until = charter_of_ticket(master).step_due_at("rating", master.checked_at or actor.now)
    if until is None or actor.now > until:
        raise WrongState(_("打分的时间过了。要是又坏了，可以点“又坏了”。"))


def _conclude(actor: Actor, ticket: Ticket, answer: Answer, *, is_by_phone: bool) -> None:
    """The step that the answer leads to."""
    if ticket.matter.state != AWAITING_RATING:
        raise WrongState
    charter = charter_of_ticket(ticket)
    outcome = outcome_of(answer.solved, answer.stars, ticket.unhappy, charter.thresholds.get("rework_stars", 2))
    fields: dict[str, Any] = {"solved": answer.solved, "stars": answer.stars}
    figures: dict[str, Any] = {**fields, "by_phone": is_by_phone}
    if answer.was_contacted and ticket.matter.contacted_at is None:
        fields["contacted_at"] = ticket.taken_at or ticket.finished_at
    matter = ticket.matter
    if outcome == "close":
        step(actor, ticket, "rate", Change(fields=fields, figures=figures))
        return
    rows: dict[str, Any] = {"unhappy": ticket.unhappy + 1}
    if outcome == "rework":
        change = Change(fields={**fields, "on_time": ""}, figures=figures, verb="ticket.rework_begun",
                        due_at=rework_due_at(matter.class_code, actor.now, charter))  # fmt: skip
        title = _("没修好，请再办：%(what)s") % {"what": matter.title}
        rows |= {"reworks": ticket.reworks + 1, "finished_at": None}
        told = to_body(matter, matter.holder_body_id, title, answer.words, urgent=True)
        step(actor, ticket, "rework", change, rows=rows, news="rework", others=told)
        return
    change = Change(fields=fields, figures={**figures, "outcome": outcome}, verb="ticket.escalated")
    title = _("两次没办好，请换人到现场看：%(what)s") % {"what": matter.title}
    others = to_body(matter, ticket.desk_body_id, title, answer.words)
    step(actor, ticket, "escalate", change, rows=rows | {"state_before": ""}, news="review", others=others)


@action
def ask_review(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Asks once that somebody else looks again at a refusal, a transfer or an explanation (B.3.1).

    Raises `NotAllowed`, `WrongState` where it was looked at again already.
    """
    permit(actor, ticket, permissions.may_ask_review)
    if ticket.reviews:
        raise WrongState(_("已经重新看过一次了。不同意的话，可以打热线或走法律途径。"))
    rows = {"reviews": 1, "state_before": ticket.matter.state}
    change = Change(note=need(note), note_audience=Audience.STAFF, verb="ticket.review_asked")
    told = to_body(ticket.matter, ticket.desk_body_id, _("请重新看：%(what)s") % {"what": ticket.matter.title}, note)
    step(actor, ticket, "ask_review", change, rows=rows, others=told)
    return ticket


@action
def decide_review(
    *, actor: Actor, ticket: Ticket, verdict: Literal["uphold", "overturn", "rework"], note: str
) -> Ticket:
    """Decides a second look: the answer stands, the matter is taken up after all, or it is done again (SRQ-061).

    Raises `NotAllowed`, `WrongState`, `BadInput` without words.
    """
    permit(actor, ticket, permissions.may_review)
    words = need(note)
    charter = charter_of_ticket(ticket)
    facts = {"note": words}
    if verdict == "uphold":
        if not ticket.state_before:
            raise WrongState
        change = Change(note=words, note_audience=Audience.PARTIES, target=ticket.state_before,
                        verb="ticket.review_upheld")  # fmt: skip
        step(actor, ticket, "uphold", change, news="reviewed", facts=facts)
    elif verdict == "overturn":
        change = Change(note=words, note_audience=Audience.PARTIES, verb="ticket.review_overturned",
                        step_due_at=charter.step_due_at("dispatch", actor.now), is_step_working=True,
                        holder_body=ticket.desk_body_id, holder_person=None, due_at=None)  # fmt: skip
        rows = {"due_from_at": None, "accepted_at": ticket.accepted_at or actor.now}
        step(actor, ticket, "overturn", change, rows=rows, news="reviewed", facts=facts)
    else:
        due = rework_due_at(ticket.matter.class_code, actor.now, charter)
        change = Change(note=words, note_audience=Audience.PARTIES, due_at=due, fields={"on_time": ""},
                        verb="ticket.rework_begun")  # fmt: skip
        again: dict[str, Any] = {"reworks": ticket.reworks + 1, "finished_at": None}
        step(actor, ticket, "rework", change, rows=again, news="rework")
    return ticket


@action
def reopen_ticket(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Takes up again what broke again at the same place within fifteen days, by the same unit (SRQ-062).

    Raises `NotAllowed`, `WrongState` later than that: then it is a new report.
    """
    permit(actor, ticket, permissions.may_reopen)
    matter = ticket.matter
    charter = charter_of_ticket(ticket)
    if matter.closed_at is None or not may_still_reopen(matter.closed_at, actor.now, charter):
        raise WrongState(_("过了十五天，请重新反映一次，我们会把两件连起来。"))
    has_unit = ticket.dispatched_at is not None
    due = finish_due_at(matter.class_code, actor.now, actor.now, charter) if has_unit else None
    change = Change(
        note=need(note), note_audience=Audience.PARTIES, target=IN_PROGRESS if has_unit else ACCEPTED, due_at=due,
        fields={"on_time": "", "solved": "", "stars": None}, verb="ticket.reopened",
        step_due_at=None if has_unit else charter.step_due_at("dispatch", actor.now), is_step_working=True,
    )  # fmt: skip
    rows: dict[str, Any] = {"reopened": ticket.reopened + 1, "finished_at": None}
    told = to_body(matter, matter.holder_body_id, _("又坏了：%(what)s") % {"what": matter.title}, note)
    step(actor, ticket, "reopen", change, rows=rows, news="reopened", others=told)
    return ticket


@action
def urge_ticket(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Urges (催单): the unit is told; at the third time the desk too, and a supervisor rings back the same day.

    Raises `NotAllowed` once nothing is left to urge, `TooMany` within the hour.
    """
    permit(actor, ticket, permissions.may_urge)
    if ticket.urged_at is not None and actor.now < ticket.urged_at + URGE_EVERY:
        raise TooMany(_("刚刚催过，已经告诉在办的人了。过一个小时还没动静，再催一次。"))
    matter = ticket.matter
    urges = ticket.urges + 1
    title = _("催了第 %(count)s 次：%(what)s") % {"count": urges, "what": matter.title}
    others: list[Message] = to_body(matter, matter.holder_body_id, title, note, urgent=True)
    if urges >= URGES_TO_SUPERVISOR and matter.holder_body_id != ticket.desk_body_id:
        others += to_body(matter, ticket.desk_body_id, title, note, urgent=True)
    if matter.holder_person_id and matter.holder_body_id is None:
        others.append(Message("ticket", title, note, url=f"/tickets/{matter.uid}/", person_id=matter.holder_person_id,
                              subject=matter.uid, urgent=True))  # fmt: skip
    rows: dict[str, Any] = {"urges": urges, "urged_at": actor.now}
    if urges >= URGES_TO_SUPERVISOR:
        call_back, told = ask_call_back(actor, ticket, title)
        rows |= call_back
        others += told
    tell(actor, ticket, Telling("urged", note, figures={"count": urges}), rows=rows, others=others)
    return ticket


@action
def withdraw_ticket(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Takes one's own report back; it may be taken up again for fifteen days. Raises `NotAllowed`, `WrongState`."""
    permit(actor, ticket, permissions.may_withdraw)
    matter = ticket.matter
    if matter.paused_at is not None:
        resume_matter(actor=actor, matter=matter)
    told = to_body(matter, matter.holder_body_id, _("反映的人撤回了：%(what)s") % {"what": matter.title}, note)
    rows = {"state_before": matter.state}
    step(actor, ticket, "withdraw", Change(note=note, fields={"is_for_table": False}), rows=rows, others=told)
    return ticket
