"""The sheet that goes along to the place: what, where, by when, and lines for what was done; no telephone number."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.charters.rules import Charter
from linli.charters.rules.spans import say_span
from linli.core.actor import Actor
from linli.core.secret import mask_name
from linli.files.models import StoredFile
from linli.files.queries import path_of
from linli.matters.queries import Line, story_of
from linli.papers.prints.paper import Paper
from linli.places.queries import label_of
from linli.tickets.models import Ticket
from linli.tickets.permissions import may_see_reporter
from linli.tickets.queries import charter_for

SHOWN_PICTURES = 3
SHOWN_LINES = 9
PICTURES = ("reported", "before")
BLANK_COSTS = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report on paper, as far as its reader may know it."""

    ticket: Ticket
    what: str
    where: str
    by_class: str
    reporter: str
    finish_test: str
    evidence: str
    pictures: list[str]
    lines: list[Line]
    blanks: range
    url: str


def sheet_of(actor: Actor, ticket: Ticket, paper: Paper) -> Sheet:
    """The sheet of a report read with its rows, for who may print it (`may_print_ticket`)."""
    matter, charter = ticket.matter, charter_for(ticket.matter)
    category = charter.categories.get(matter.category_code)
    path = reverse("work-ticket", args=[matter.uid])
    return Sheet(
        ticket=ticket,
        what=str(category.words) if category else matter.title,
        where=label_of(matter.place) if matter.place else "",
        by_class=_by_class(charter, matter.class_code),
        reporter=_reporter(actor, ticket),
        finish_test=str(category.finish_test) if category else "",
        evidence=str(category.evidence) if category else "",
        pictures=_pictures(ticket),
        lines=story_of(matter, actor)[-SHOWN_LINES:],
        blanks=range(max(1, BLANK_COSTS - len(ticket.costs.all()))),
        url=paper.url(path) or paper.trial_url(path),
    )


def _by_class(charter: Charter, class_code: str) -> str:
    """``一般的事：5个工作日``."""
    found = charter.classes.get(class_code)
    if found is None:
        return ""
    if found.finish is None:
        return str(found.words)
    span = say_span(found.finish, get_language() or "zh")
    return _("%(words)s：%(span)s") % {"words": found.words, "span": span}


def _reporter(actor: Actor, ticket: Ticket) -> str:
    """Who reported it, masked: paper is left lying about."""
    if not may_see_reporter(actor, ticket):
        return ""
    name = ticket.reporter_name or (ticket.reporter.display_name if ticket.reporter else "")
    return mask_name(name) if name else ""


def _pictures(ticket: Ticket) -> list[str]:
    """The first pictures as they stand in the paper itself: it must be whole without a network."""
    chosen = [photo.file for photo in ticket.photos.all() if photo.kind in PICTURES and photo.file.kind == "image"]
    return [picture for file in chosen[:SHOWN_PICTURES] if (picture := _embedded(file))]


def _embedded(file: StoredFile) -> str:
    try:
        content = path_of(file.thumb_sha256 or file.sha256).read_bytes()
    except OSError:
        return ""
    return f"data:{file.mime};base64,{base64.b64encode(content).decode()}"


def facts_of(sheet: Sheet) -> list[tuple[Any, Any]]:
    """The head of the sheet, line by line."""
    ticket, matter = sheet.ticket, sheet.ticket.matter
    facts: list[tuple[Any, Any]] = [(_("具体在哪里"), ticket.where)] if ticket.where else []
    if matter.holder_body or matter.holder_person:
        names = [matter.holder_body.name if matter.holder_body else "", str(_name(matter.holder_person))]
        facts.append((_("谁在办"), " ".join(filter(None, names))))
    if sheet.reporter:
        facts.append((_("反映的人"), sheet.reporter))
    return facts


def _name(person: Any) -> str:
    return person.display_name if person is not None else ""
