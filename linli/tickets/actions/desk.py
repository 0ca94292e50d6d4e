"""The desk's decisions (接单): take it up, say why not, pass it on, put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.charters.rules import Charter
from linli.core.actor import Actor
from linli.core.errors import BadInput
from linli.core.flow import Phase, action
from linli.files.models import StoredFile
from linli.matters.actions import KEEP, Change, Telling, index_matter, link_matters
from linli.matters.actions.drafts import Keep
from linli.matters.models import Matter
from linli.matters.states import Audience
from linli.tickets import permissions
from linli.tickets.actions._opening import Ready, inner_words, ready, store
from linli.tickets.actions._steps import charter_of_ticket, need, permit, reason_of, step, tell
from linli.tickets.actions.drafts import Draft, Part
from linli.tickets.models import Photo, Ticket
from linli.tickets.rules.guard import (
    clean_words,
    for_everybody,
    homes_in,
    is_open_to_all,
    numbers_in,
    private_words_in,
)
from linli.tickets.rules.sizes import Facts, Size, class_after, size_of
from linli.tickets.rules.times import FROM_REPORT, finish_due_at


@action
def accept_ticket(*, actor: Actor, ticket: Ticket, facts: Facts | None = None, note: str = "") -> Ticket:
    """Takes a report up (受理) and judges whether it is small, general or big (SRQ-020..022).

    Raises `NotAllowed`, `WrongState`, `LostRace`.
    """
    permit(actor, ticket, permissions.may_accept)
    charter = charter_of_ticket(ticket)
    rows: dict[str, Any] = {"accepted_at": actor.now}
    change = Change(note=note, note_audience=Audience.PARTIES, is_step_working=True,
                    step_due_at=charter.step_due_at("dispatch", actor.now))  # fmt: skip
    if facts is not None:
        judgement = size_of(facts, charter.thresholds)
        rows |= {"size": judgement.size, "size_reasons": list(judgement.reasons), "is_size_overridden": False}
        change = _with_class(ticket.matter, change, class_after(ticket.matter.class_code, judgement.size), charter)
    step(actor, ticket, "accept", change, rows=rows, news="accepted")
    return ticket


def _with_class(matter: Matter, change: Change, class_code: str, charter: Charter) -> Change:
    """The change with a class, and the case clock where that class counts from the report."""
    counted = class_code in FROM_REPORT and class_code != "B"
    due = finish_due_at(class_code, matter.opened_at, matter.opened_at, charter) if counted else None
    return replace(change, fields={**change.fields, "class_code": class_code}, due_at=due)


@action
def refuse_ticket(*, actor: Actor, ticket: Ticket, reason: str, note: str) -> Ticket:
    """Says that it is not the community's to do, why, and where to go (SRQ-030; 北京市接诉即办工作条例第11条).

    Raises `NotAllowed`, `WrongState`, `BadInput` without a reason of the list and words.
    """
    permit(actor, ticket, permissions.may_refuse)
    why = reason_of(charter_of_ticket(ticket), "refuse", reason)
    change = Change(note=need(note), note_audience=Audience.PARTIES, figures={"reason": why.code}, holder_person=None)
    facts = {"reason": why.words, "next": why.next_step, "note": note}
    step(actor, ticket, "refuse", change, rows={"state_before": ticket.matter.state}, news="refused", facts=facts)
    return ticket


@action
def transfer_ticket(*, actor: Actor, ticket: Ticket, to: str, note: str) -> Ticket:
    """Passes a report to the department whose duty it is, outside Linli, and tells the reporter which (SRQ-030).

    Raises `NotAllowed`, `WrongState`, `BadInput` without the department's name and words.
    """
    permit(actor, ticket, permissions.may_transfer)
    whom = need(to, "to")
    change = Change(note=need(note), note_audience=Audience.PARTIES, figures={"to": whom}, holder_person=None)
    rows = {"state_before": ticket.matter.state}
    step(actor, ticket, "transfer", change, rows=rows, news="transferred", facts={"to": whom, "note": note})
    return ticket


@action
def override_size(*, actor: Actor, ticket: Ticket, size: Size, reason: str, note: str) -> Ticket:
    """Sets the size against the rules' judgement, with a reason; such cases are sampled each month (SRQ-022).

    Raises `NotAllowed`, `WrongState`, `BadInput` without a reason.
    """
    permit(actor, ticket, permissions.may_override)
    why = reason_of(charter_of_ticket(ticket), "override", reason)
    matter = ticket.matter
    class_code = class_after(matter.class_code, size)
    due = _due_of_class(ticket, class_code, actor)
    change = Change(note=need(note), target=matter.state, verb="ticket.resized", fields={"class_code": class_code},
                    figures={"size": size, "was": ticket.size, "reason": why.code}, due_at=due,
                    audience=Audience.PUBLIC)  # fmt: skip
    rows = {"size": size, "size_reasons": ["desk_says"], "is_size_overridden": True}
    step(actor, ticket, "adjust", change, rows=rows)
    return ticket


@action
def reclassify_ticket(*, actor: Actor, ticket: Ticket, category_code: str, note: str) -> Ticket:
    """Puts the category right, and with it class and time; a shorter time never turns past.

    Raises `NotAllowed`, `WrongState`, `BadInput` for an unknown category or without words.
    """
    permit(actor, ticket, permissions.may_reclassify)
    charter = charter_of_ticket(ticket)
    category = charter.categories.get(category_code)
    if category is None:
        raise BadInput({"category_code": [_("没有这一类。请重新选。")]})
    matter = ticket.matter
    level = matter.place.level if matter.place else ""
    is_public = is_open_to_all(category, level, is_secret=ticket.is_secret)
    place = matter.place.label if matter.place else ""
    fields = {
        "category_code": category.code,
        "class_code": category.class_code,
        "title": f"{place} {category.words.zh}".strip()[:120],
        "audience": Audience.PUBLIC if is_public else Audience.PARTIES,
    }
    change = Change(note=need(note), target=matter.state, verb="ticket.reclassified", fields=fields,
                    figures={"category": category.code, "was": matter.category_code},
                    due_at=_due_of_class(ticket, category.class_code, actor))  # fmt: skip
    step(actor, ticket, "adjust", change, rows={"family": category.family})
    words = inner_words(ticket.words, ticket.where, place, is_about_unit=ticket.about_body_id is not None)
    index_matter(actor=actor, matter=matter, words=words, public_words=f"{place} {ticket.public_words}")
    return ticket


def _due_of_class(ticket: Ticket, class_code: str, actor: Actor) -> datetime | Keep | None:
    """The case clock under another class: none before the first dispatch unless the class counts from the report."""
    matter = ticket.matter
    if matter.phase != Phase.OPEN:
        return KEEP
    start = ticket.due_from_at
    if start is None and (class_code not in FROM_REPORT or class_code == "B"):
        return None
    due = finish_due_at(class_code, matter.opened_at, start or matter.opened_at, charter_of_ticket(ticket))
    return max(due, actor.now) if due else None


@action
def note_ticket(*, actor: Actor, ticket: Ticket, words: str, is_for_reporter: bool = False) -> Ticket:
    """Notes something in the story, for colleagues or for the reporter too. Raises `NotAllowed`, `BadInput`."""
    permit(actor, ticket, lambda a, t: permissions.may_note(a, t) or permissions.may_help(a, t))
    audience = Audience.PARTIES if is_for_reporter else Audience.STAFF
    tell(actor, ticket, Telling("noted", need(words, "words"), note_audience=audience, audience=audience))
    return ticket


@action
def release_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    words: str,
    photos: Sequence[tuple[Photo, StoredFile]] = (),
    is_guard_seen: bool = False,
) -> Ticket:
    """Makes words and pictures of a report public, as the desk has read, changed and covered them (PRV-038).

    Each picture comes with the copy that everybody may see. Raises `NotAllowed`, and `BadInput` while numbers of
    persons stand in the words, or private words and flats that nobody has said yes to.
    """
    permit(actor, ticket, permissions.may_release)
    public = clean_words(words)
    if numbers_in(public):
        raise BadInput({"words": [_("里面像是有证件号、卡号或电话，请去掉再公开。")]})
    if (private_words_in(public) or homes_in(public)) and not is_guard_seen:
        told = _("里面像是写了门牌，或是哪个民族、信什么教。建议这样写：%(words)s") % {"words": for_everybody(public)}
        raise BadInput({"words": [told]})
    ticket.photos.update(is_released=False, public_file=None)
    for photo, copy in photos:
        Photo.objects.filter(ticket=ticket, pk=photo.pk).update(is_released=True, public_file=copy)
    matter = ticket.matter
    inner = f"{ticket.words} {ticket.where} {matter.place.label if matter.place else ''}"
    index_matter(actor=actor, matter=matter, words=inner, public_words=f"{matter.subject} {public}")
    rows = {"released_at": actor.now, "public_words": public}
    tell(actor, ticket, Telling("released", audience=Audience.STAFF), rows=rows)
    return ticket


@action
def split_ticket(*, actor: Actor, ticket: Ticket, parts: Sequence[Part]) -> list[Ticket]:
    """Makes a child report of each part that another body must do; they stay parts of this one (B.3.2, E1).

    Raises `NotAllowed`, `WrongState`, `BadInput`.
    """
    permit(actor, ticket, permissions.may_split)
    if len(parts) < 1 or ticket.matter.is_done:
        raise BadInput({"parts": [_("请至少写一件要分出去的事。")]})
    batch: list[Ready] = []
    for part in parts:
        place = part.place or ticket.matter.place
        if place is None:
            raise BadInput({"place": [_("请选一个地方。")]})
        draft = Draft(
            place=place, words=part.words, category_code=part.category_code,
            source=ticket.source, wants_reply=False, is_guard_seen=True, language=ticket.language,
        )  # fmt: skip
        one = ready(actor.at(actor.now), draft)
        one.ticket.reporter_id = None
        one.opening = replace(one.opening, followers=())
        batch.append(one)
    children = store(actor, batch)
    for child in children:
        link_matters(actor=actor, source=ticket.matter, target=child.matter, kind="part_of")
    return children
