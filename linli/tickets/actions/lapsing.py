"""Forgetting: contact data first, words later, a person at their wish (PRV-030, PRV-035; PIPL 19, 47)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from linli.audit.actions import record_act
from linli.core.actor import Actor
from linli.core.errors import NotAllowed
from linli.core.flow import action
from linli.files.actions import drop_files
from linli.matters.actions import blank_notes
from linli.matters.models import Follower, SearchText
from linli.tickets.models import Photo, Question, Rating, Ticket

NO_CONTACT: dict[str, Any] = {"reporter_name": "", "reporter_phone": "", "phone_index": "", "reporter": None}
NO_WHERE: dict[str, Any] = {"where": "", "latitude": None, "longitude": None}


@action
def blank_contacts(*, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Blanks who reported, ninety days after closing (PRV-030). Raises `NotAllowed` for all but the clock."""
    if not actor.is_system:
        raise NotAllowed
    return _blank_contacts(actor, tickets, "tickets.contact_blanked")


def _blank_contacts(actor: Actor, tickets: Sequence[Ticket], verb: str) -> int:
    if not tickets:
        return 0
    ids = [ticket.pk for ticket in tickets]
    Ticket.objects.filter(pk__in=ids).update(
        **NO_CONTACT, receipt_digest="", draft_key=None, filed_by=None, contact_blanked_at=actor.now
    )
    Follower.objects.filter(matter__in=ids, role="reporter").delete()
    record_act(actor=actor, verb=verb, detail={"count": len(ids)})
    return len(ids)


@action
def shrink_words(*, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Shrinks reports three years after closing to place, category, dates and figures (PRV-030).

    Raises `NotAllowed` for all but the clock.
    """
    if not actor.is_system:
        raise NotAllowed
    if tickets:
        _shrink_words(actor, tickets)
    return len(tickets)


def _shrink_words(actor: Actor, tickets: Sequence[Ticket]) -> None:
    ids = [ticket.pk for ticket in tickets]
    Ticket.objects.filter(pk__in=ids).update(words="", public_words="", **NO_WHERE, words_blanked_at=actor.now)
    Question.objects.filter(ticket__in=ids).update(words="", answer="")
    Rating.objects.filter(voice__in=ids).update(words="")
    _drop(actor, Photo.objects.filter(ticket__in=ids, kind="reported"))
    SearchText.objects.filter(matter__in=ids).update(inner_tokens="")
    blank_notes(actor=actor, matters=[ticket.matter for ticket in tickets])
    record_act(actor=actor, verb="tickets.words_blanked", detail={"count": len(ids)})


def _drop(actor: Actor, photos: QuerySet[Photo]) -> None:
    """The pictures' rows and their files."""
    uids = {uid for pair in photos.values_list("file__uid", "public_file__uid") for uid in pair if uid}
    photos.delete()
    if uids:
        drop_files(actor=actor, uids=sorted(uids))


def _forget_originals(actor: Actor, photos: QuerySet[Photo]) -> int:
    """Of released pictures only the covered copies stay."""
    covered = photos.filter(public_file__isnull=False).exclude(public_file=F("file"))
    uids = list(covered.values_list("file__uid", flat=True))
    covered.update(file=F("public_file"))
    if uids:
        drop_files(actor=actor, uids=uids)
    return len(uids)


@action
def forget_originals(*, actor: Actor, photos: QuerySet[Photo]) -> int:
    """Removes what lay under the boxes of released pictures, a week later (PRV-038).

    Raises `NotAllowed` for all but the clock.
    """
    if not actor.is_system:
        raise NotAllowed
    gone = _forget_originals(actor, photos)
    record_act(actor=actor, verb="tickets.originals_dropped", detail={"count": gone})
    return gone


@action
def erase_reporter(*, actor: Actor, tickets: Sequence[Ticket]) -> int:
    """Takes a person out of their own reports at their wish (PIPL 47); place, category and work stay.

    Raises `NotAllowed` for anybody but that person, an administrator or the clock.
    """
    for ticket in tickets:
        is_own = actor.person_id is not None and actor.person_id == ticket.reporter_id
        if not (is_own or actor.is_system or actor.holds("administrator")):
            raise NotAllowed
    if not tickets:
        return 0
    ids = [ticket.pk for ticket in tickets]
    Question.objects.filter(ticket__in=ids).update(answer="")
    Rating.objects.filter(voice__in=ids).update(words="")
    Ticket.objects.filter(pk__in=ids).update(words="", **NO_WHERE, words_blanked_at=actor.now)
    _drop(actor, Photo.objects.filter(ticket__in=ids, kind="reported", is_released=False))
    _forget_originals(actor, Photo.objects.filter(ticket__in=ids))
    SearchText.objects.filter(matter__in=ids).update(inner_tokens="")
    return _blank_contacts(actor, tickets, "tickets.reporter_erased")
