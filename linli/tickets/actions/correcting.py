"""Putting right the place, the body, an ending (SRQ-033), and taking back the step just taken (撤回).

Time on a wrong path is the sender's; what is taken back within thirty seconds nobody was told of.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.charters.rules import working_minutes_between
from linli.core.actor import Actor
from linli.core.errors import BadInput, NotFound, WrongState
from linli.core.flow import action
from linli.matters.actions import Change, index_matter
from linli.matters.rules.clocks import due_after, left_of
from linli.matters.states import Audience
from linli.notices.actions import recall_notices
from linli.places.models import Place
from linli.tickets import permissions
from linli.tickets.actions._steps import announce, charter_of_ticket, need, permit, put, step, to_body
from linli.tickets.actions.drafts import Sending
from linli.tickets.actions.sending import dispatch_ticket
from linli.tickets.models import Assignment, Ticket
from linli.tickets.queries.standing import Standing, last_entry
from linli.tickets.rules.guard import is_open_to_all
from linli.tickets.rules.times import TAKE_BACK_WITHIN
from linli.tickets.states import ACCEPTED, IN_PROGRESS, WITH_UNIT


@action
def relocate_ticket(*, actor: Actor, ticket: Ticket, place: Place, note: str) -> Ticket:
    """Puts the place right, within the desk's own area; both clocks stay.

    Raises `NotAllowed`, `NotFound` for a place that is not the desk's, `WrongState`, `BadInput` without a reason.
    """
    permit(actor, ticket, permissions.may_relocate)
    if place.closed_on is not None or not permissions.may_file_for_others(actor, place):
        raise NotFound
    matter = ticket.matter
    before = matter.place.label if matter.place else ""
    what = matter.title.removeprefix(before).strip()
    category = charter_of_ticket(ticket).categories.get(matter.category_code)
    is_public = bool(category and is_open_to_all(category, place.level, is_secret=ticket.is_secret))
    fields: dict[str, Any] = {
        "place": place,
        "subject": place.label[:80],
        "title": f"{place.label} {what}".strip()[:120],
        "audience": Audience.PUBLIC if is_public else Audience.PARTIES,
    }
    change = Change(note=need(note), target=matter.state, verb="ticket.relocated", fields=fields)
    step(actor, ticket, "adjust", change, rows={"latitude": None, "longitude": None}, news="relocated")
    matter.place = place
    words = f"{ticket.words} {ticket.where} {place.label}"
    index_matter(actor=actor, matter=matter, words=words, public_words=f"{place.label} {ticket.public_words}")
    return ticket


@action
def redirect_ticket(*, actor: Actor, ticket: Ticket, sending: Sending) -> Ticket:
    """Takes a report from a body that should never have had it and gives it to another (SRQ-033).

    The right body has the whole time of the class; what went by is charged to the desk that sent it wrong.
    Raises `NotAllowed`, `WrongState`, `LostRace`, `BadInput` for the same body or without a reason.
    """
    permit(actor, ticket, permissions.may_redirect)
    matter = ticket.matter
    if matter.state not in WITH_UNIT:
        raise WrongState
    need(sending.note)
    wrong = matter.holder_body_id
    if sending.body is not None and sending.body.pk == wrong:
        raise BadInput({"body": [_("现在就在它手里，请选别的单位。")]})
    charter = charter_of_ticket(ticket)
    spent = working_minutes_between(ticket.dispatched_at or actor.now, actor.now, charter.hours, charter.calendar)
    lead = Assignment.objects.filter(ticket=ticket, is_helper=False, ended_at=None)
    lead.update(ended_at=actor.now, was_wrong=True, charged_minutes=max(spent, 0))
    put(ticket, due_from_at=None)
    dispatch_ticket(actor=actor, ticket=ticket, sending=sending)
    title = _("派错了，不用你们办：%(what)s") % {"what": matter.title}
    announce(actor, ticket, "", {}, to_body(matter, wrong, title, sending.note))
    return ticket


@action
def reinstate_ticket(*, actor: Actor, ticket: Ticket, note: str) -> Ticket:
    """Takes up again what was closed, refused or passed on by mistake, with the time that was left then (SRQ-033).

    The time between is charged to whoever closed it. Raises `NotAllowed`, `WrongState`, `LostRace`, `BadInput`.
    """
    permit(actor, ticket, permissions.may_reinstate)
    matter = ticket.matter
    if matter.closed_at is None:
        raise WrongState
    charter = charter_of_ticket(ticket)
    has_unit = ticket.dispatched_at is not None
    lost = working_minutes_between(matter.closed_at, actor.now, charter.hours, charter.calendar)
    change = Change(
        note=need(note), note_audience=Audience.PARTIES, target=IN_PROGRESS if has_unit else ACCEPTED,
        due_at=due_after(left_of(matter.due_at, matter.closed_at, charter), actor.now, charter),
        step_due_at=None if has_unit else charter.step_due_at("dispatch", actor.now), is_step_working=True,
        fields={"on_time": "", "solved": "", "stars": None}, verb="ticket.reinstated",
        figures={"charged_minutes": max(lost, 0)},
    )  # fmt: skip
    rows: dict[str, Any] = {"finished_at": None, "state_before": "", "accepted_at": ticket.accepted_at or actor.now}
    told = to_body(matter, matter.holder_body_id, _("结错了，接着办：%(what)s") % {"what": matter.title}, note)
    step(actor, ticket, "reinstate", change, rows=rows, news="reinstated", facts={"note": note}, others=told)
    return ticket


@action
def take_back_step(*, actor: Actor, ticket: Ticket, before: Standing) -> Ticket:
    """Puts a report back to where it stood before one's own last step; its notices never leave.

    The story keeps both lines. Raises `NotAllowed`, `NotFound` for another's step, `WrongState` when it is too late.
    """
    permit(actor, ticket, permissions.may_take_back)
    entry = last_entry(ticket)
    if entry is None or entry.at != before.at or entry.person_uid != actor.person_uid:
        raise NotFound
    if actor.now > before.at + TAKE_BACK_WITHIN:
        raise WrongState
    voices = ticket.voices.filter(ended_at=None).values_list("child__matter__uid", flat=True)
    recall_notices(actor=actor, queued_at=before.at, subjects=[ticket.matter.uid, *voices])
    made = Assignment.objects.filter(ticket=ticket)
    made.filter(assigned_at=before.at).delete()
    made.filter(ended_at=before.at).update(ended_at=None)
    matter = dict(before.matter)
    change = Change(
        target=matter.pop("state"), holder_body=matter.pop("holder_body_id"),
        holder_person=matter.pop("holder_person_id"), due_at=matter.pop("due_at"),
        step_due_at=matter.pop("step_due_at"), is_step_working=True, fields=matter, verb="ticket.taken_back",
    )  # fmt: skip
    step(actor, ticket, "take_back", change, rows=before.ticket)
    return ticket
