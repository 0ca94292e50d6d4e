"""Reads: one's own inbox, and what still has to go out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from heapq import merge
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.core.actor import Actor
from linli.notices.models import Delivery, Notice, Reading
from linli.notices.permissions import may_see_undelivered
from linli.notices.rules import CODE_LIFE, CODES, CONTACT_LIFE, INBOX_LIFE, QUIET, UNREAD_LIFE, Reach
from linli.people.models import Person


def _mine(actor: Actor) -> list[Q]:
    """What is addressed to the actor: as a person, and as the wearer of a body's post."""
    mine = [Q(person_id=actor.person_id)] if actor.person_id is not None else []
    return [*mine, Q(body_id=actor.body_id)] if actor.body_id is not None else mine


def _read_by(actor: Actor) -> Exists:
    """Whether this actor has read a notice."""
    return Exists(Reading.objects.filter(notice=OuterRef("pk"), person_id=actor.person_id or 0))


def _shown(actor: Actor) -> QuerySet[Notice]:
    """Notices whose time has come, each with whether this actor has read it."""
    come = Q(not_before__isnull=True) | Q(not_before__lte=actor.now)
    return Notice.objects.filter(come).exclude(kind__in=CODES).annotate(is_read=_read_by(actor))


def notices_visible_to(actor: Actor) -> QuerySet[Notice]:
    """The actor's own inbox, newest first."""
    mine = _mine(actor)
    if not mine:
        return Notice.objects.none()
    return _shown(actor).filter(reduce(or_, mine)).order_by("-id")


def inbox_page(actor: Actor, before: str = "", size: int = 25) -> list[Notice]:
    """``size`` notices after the one called ``before``, and one more if there is one; each address by its own index."""
    shown = _shown(actor)
    if before:
        shown = shown.filter(id__lt=Notice.objects.filter(uid=before).values("id")[:1])
    parts = [list(shown.filter(mine).order_by("-id")[: size + 1]) for mine in _mine(actor)]
    found = {notice.pk: notice for notice in merge(*parts, key=lambda notice: notice.pk, reverse=True)}
    return list(found.values())[: size + 1]


def unread_notices(actor: Actor) -> QuerySet[Notice]:
    """What the actor has not read of the last ninety days."""
    return notices_visible_to(actor).filter(~_read_by(actor), at__gte=actor.now - UNREAD_LIFE)


def unread_count(actor: Actor) -> int:
    """How many notices of the last ninety days are unread; 100 means more than can be counted at a glance."""
    return unread_notices(actor).order_by()[:100].count()


def notices_to_expand(now: datetime) -> QuerySet[Notice]:
    """Outbox rows that have not yet been turned into deliveries."""
    come = Q(not_before__isnull=True) | Q(not_before__lte=now)
    return Notice.objects.filter(come, expanded_at__isnull=True).select_related("body").order_by("id")


def reaches_of(person_ids: Iterable[int]) -> dict[int, Reach]:
    """How these persons want to be told, by person."""
    found = Person.objects.filter(pk__in=set(person_ids), erased_at__isnull=True)
    return {
        person.pk: Reach(
            phone=person.phone,
            email=person.email,
            channels=tuple(person.channels),
            quiet=(person.quiet_from, person.quiet_to) if person.quiet_from and person.quiet_to else QUIET,
        )
        for person in found
    }


def deliveries_due(now: datetime) -> QuerySet[Delivery]:
    """Deliveries whose time has come, or whose deliverer let the lease run out."""
    return Delivery.objects.filter(next_at__lte=now).select_related("notice").order_by("next_at")


def undelivered_visible_to(actor: Actor) -> QuerySet[Delivery]:
    """Deliveries that were given up, newest first."""
    dead = Delivery.objects.filter(state="DEAD").select_related("notice").order_by("-id")
    return dead if may_see_undelivered(actor) else dead.none()


def outbox_age(now: datetime) -> float | None:
    """Seconds that the longest-waiting message is late; None when nothing waits."""
    notice = notices_to_expand(now).values_list("at", "not_before").first()
    delivery = Delivery.objects.filter(next_at__lte=now).order_by("next_at").values_list("next_at", flat=True).first()
    waiting = [max(filter(None, notice))] if notice else []
    waiting += [delivery] if delivery else []
    return (now - min(waiting)).total_seconds() if waiting else None


def notices_to_clear(now: datetime) -> QuerySet[Notice]:
    """Notices past their retention: codes after a day, the rest after a year."""
    return Notice.objects.filter(Q(at__lt=now - INBOX_LIFE) | Q(kind__in=CODES, at__lt=now - CODE_LIFE))


def notices_to_blank(now: datetime) -> QuerySet[Notice]:
    """Notices that were addressed to a bare telephone or mail address thirty days ago."""
    return Notice.objects.filter(at__lt=now - CONTACT_LIFE, has_contact=True)


def deliveries_to_blank(now: datetime) -> QuerySet[Delivery]:
    """Dead deliveries whose address is thirty days old; a sent one forgets its address at once."""
    return Delivery.objects.filter(state="DEAD", notice__at__lt=now - CONTACT_LIFE).exclude(to="")
