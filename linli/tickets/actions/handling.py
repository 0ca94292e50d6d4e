"""Doing it: speaking with the reporter, parts and pictures, finishing with evidence, the check by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from linli.core.actor import Actor
from linli.core.errors import BadInput
from linli.core.flow import action
from linli.matters.actions import Change, Telling
from linli.matters.states import Audience
from linli.tickets import permissions
from linli.tickets.actions._pictures import add_pictures
from linli.tickets.actions._steps import charter_of_ticket, need, permit, step, tell, to_body
from linli.tickets.actions.drafts import Proof
from linli.tickets.models import Assignment, Cost, Photo, Promise, Ticket
from linli.tickets.states import UNDER_REVIEW


@action
def contact_reporter(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Notes that the reporter was spoken to; the first time is the response time (SRQ-002, SRQ-080).

    Raises `NotAllowed`, `WrongState`.
    """
    permit(actor, ticket, permissions.may_contact)
    fields = {} if ticket.matter.contacted_at else {"contacted_at": actor.now}
    tell(actor, ticket, Telling("contacted", note, fields=fields))
    return ticket


@action
def add_cost(*, actor: Actor, ticket: Ticket, what: str, amount_fen: int, quantity: Decimal = Decimal(1)) -> Cost:
    """Adds a part or a piece of work with its price. Raises `NotAllowed`, `BadInput`."""
    permit(actor, ticket, permissions.may_add_cost)
    if amount_fen < 0 or quantity <= 0:
        raise BadInput({"amount": [_("金额和数量不能小于零。")]})
    cost = Cost.objects.create(ticket=ticket, what=need(what, "what")[:120], amount_fen=amount_fen, quantity=quantity,
                               payer="", added_at=actor.now)  # fmt: skip
    telling = Telling("costed", audience=Audience.STAFF, figures={"fen": amount_fen})
    tell(actor, ticket, telling, rows={"cost_fen": F("cost_fen") + amount_fen})
    ticket.refresh_from_db(fields=["cost_fen"])
    return cost


@action
def add_photos(*, actor: Actor, ticket: Ticket, uploads: Sequence[Any], kind: str) -> list[Photo]:
    """Adds cleaned pictures from the spot: before, after, or a proof. Raises `NotAllowed`, `BadInput`."""
    permit(actor, ticket, lambda a, t: permissions.may_note(a, t) or permissions.may_help(a, t))
    photos = add_pictures(actor, ticket, uploads, kind)
    telling = Telling("pictured", audience=Audience.STAFF, files=[photo.file.uid for photo in photos])
    tell(actor, ticket, telling)
    return photos


@action
def promise_ticket(*, actor: Actor, ticket: Ticket, words: str, due_at: datetime) -> Promise:
    """Writes down what was promised to the reporter, by whom and until when. Raises `NotAllowed`, `BadInput`."""
    permit(actor, ticket, permissions.may_promise)
    if due_at <= actor.now:
        raise BadInput({"due_at": [_("请写一个以后的时间。")]})
    row = Promise.objects.create(ticket=ticket, words=need(words, "words")[:400], body_id=actor.body_id,
                                 due_at=due_at, made_at=actor.now)  # fmt: skip
    tell(actor, ticket, Telling("promised", words, figures={"until": due_at.isoformat()}))
    return row


@action
def finish_ticket(*, actor: Actor, ticket: Ticket, proof: Proof) -> Ticket:
    """Reports that it is done, with words and pictures (处置反馈); somebody else will check it.

    Raises `NotAllowed`, `WrongState`, `LostRace`, `BadInput` without words.
    """
    permit(actor, ticket, permissions.may_finish)
    return _report_done(actor, ticket, proof, actor.person_id)


def _report_done(actor: Actor, ticket: Ticket, proof: Proof, handler_id: int | None) -> Ticket:
    """The step of what was done, by whom it was done where that is somebody of Linli's."""
    words = need(proof.words, "words")
    matter = ticket.matter
    add_pictures(actor, ticket, proof.before, "before")
    add_pictures(actor, ticket, proof.after, "after")
    on_time = "unknown" if matter.due_at is None else "yes" if actor.now <= matter.due_at else "no"
    charter = charter_of_ticket(ticket)
    change = Change(
        note=words, note_audience=Audience.PARTIES, step_due_at=charter.step_due_at("check", actor.now),
        is_step_working=True, fields={"on_time": on_time},
        figures={"fen": ticket.cost_fen, "photos": len(proof.before) + len(proof.after)},
    )  # fmt: skip
    rows = {"finished_at": actor.now, "handler_id": ticket.handler_id or handler_id,
            "taken_at": ticket.taken_at or actor.now}  # fmt: skip
    title = _("办好了，请核对：%(what)s") % {"what": matter.title}
    others = to_body(matter, ticket.desk_body_id, title, words)
    if ticket.order_code:
        # An errand is rated straight away (B.3.10): whoever ordered it saw it done.
        step(actor, ticket, "finish", change, rows=rows)
        _ask_rating(actor, ticket, "")
        return ticket
    step(actor, ticket, "finish", change, rows=rows, news="finished", facts={"note": words}, others=others)
    Promise.objects.filter(ticket=ticket, kept_at=None).update(kept_at=actor.now)
    Assignment.objects.filter(ticket=ticket, ended_at=None, is_helper=True).update(ended_at=actor.now)
    return ticket


@action
def check_ticket(*, actor: Actor, ticket: Ticket, note: str = "") -> Ticket:
    """Confirms on the spot, as somebody else than who did it, that it is done; then the reporter is asked (SRQ-060).

    Where nobody can be asked it closes, not rated. Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    permit(actor, ticket, permissions.may_check)
    _ask_rating(actor, ticket, note)
    return ticket


def _ask_rating(actor: Actor, ticket: Ticket, note: str) -> None:
    """Ask for the rating, or close where nobody can be asked."""
    charter = charter_of_ticket(ticket)
    rows = {"checked_at": actor.now, "rounds": ticket.rounds + 1, "rating_reminded": 0}
    can_ask = bool(ticket.reporter_id or ticket.reporter_phone or ticket.matter.voices > 1)
    if not can_ask:
        step(actor, ticket, "close", Change(note=note), rows=rows, news="closed")
        return
    change = Change(note=note, step_due_at=charter.step_due_at("rating", actor.now))
    step(actor, ticket, "check", change, rows=rows, news="checked")


@action
def fail_check(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Finds on the spot that it is not done: back to the same unit, counted as a rework.

    Raises `NotAllowed`, `WrongState`, `LostRace`, `BadInput` without words.
    """
    permit(actor, ticket, permissions.may_fail_check)
    change = Change(note=need(note), fields={"on_time": ""}, verb="ticket.check_failed")
    told = to_body(
        ticket.matter, ticket.matter.holder_body_id, _("还没好：%(what)s") % {"what": ticket.matter.title}, note
    )
    step(actor, ticket, "fail_check", change, rows={"reworks": ticket.reworks + 1, "finished_at": None}, others=told)
    return ticket


@action
def explain_ticket(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Closes with a published reason what is lawful but cannot be done (解释结案); one review may be asked for.

    After a review only a supervisor who did not handle it may. Raises `NotAllowed`, `WrongState`, `BadInput`.
    """
    may = permissions.may_review if ticket.matter.state == UNDER_REVIEW else permissions.may_explain
    permit(actor, ticket, may)
    rows = {"state_before": ticket.matter.state, "finished_at": actor.now}
    change = Change(note=need(note), is_note_public=True, fields={"is_for_table": False})
    step(actor, ticket, "explain", change, rows=rows, news="explained", facts={"note": note})
    return ticket
